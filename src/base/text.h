#ifndef HYBRID_BASE_TEXT_H_
#define HYBRID_BASE_TEXT_H_

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// `1 core`, `3 cores`.
template <std::integral Number>
std::string Counted(Number count, std::string_view noun) {
  return std::to_string(count).append(" ").append(noun).append(
      count == 1 ? "" : "s");
}

/// Gives `kept` the first of several values that is not empty.
inline void KeepFirst(const std::string& value, std::string& kept) {
  if (kept.empty()) kept = value;
}
/// Columns that UTF-8 `text` takes, where every character takes one.
std::size_t DisplayWidth(std::string_view text);

/// What a terminal of the usual size shows of a line.
inline constexpr std::size_t kScreenColumns = 80;

/// `text`, or its beginning and an ellipsis, in no more than `columns`.
std::string CutTo(std::string_view text, std::size_t columns);

/// What stands between blanks in `text`.
std::vector<std::string> WordsOf(std::string_view text);

/// `label` and `words`, with `between` between them, in lines of at most
/// `columns` that begin below each other. A word that is longer has a line of
/// its own.
std::string Wrapped(const std::string& label,
                    const std::vector<std::string>& words, std::size_t columns,
                    std::string_view between = " ");

/// `text` as Wrapped makes lines of its words, in kScreenColumns.
std::string Labelled(const std::string& label, std::string_view text);

/// `text` with what would break a line replaced by blanks.
std::string OneLine(std::string_view text);

/// `; it printed: Killed`: the end of `printed` on one line, at most 300 bytes
/// of it; empty if nothing was printed.
std::string ItPrinted(std::string_view printed);

}  // namespace hybrid

#endif  // HYBRID_BASE_TEXT_H_
