#ifndef HYBRID_BASE_TEXT_H_
#define HYBRID_BASE_TEXT_H_

#include <concepts>
#include <string>
#include <string_view>

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

/// `text` with what would break a line replaced by blanks.
std::string OneLine(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_BASE_TEXT_H_
