#ifndef HYBRID_BASE_TEXT_FILE_H_
#define HYBRID_BASE_TEXT_FILE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parse_number.h"

/// The little parsing that the kernel's text files (/proc, cgroup) ask for.
/// Nothing here throws on what a file contains: these files vary between
/// kernels, and a missing figure is no reason to stop.
namespace hybrid::text_file {

/// The whole file, or nothing if it can't be opened or read: a process may end,
/// or a driver refuse, between the two.
std::optional<std::string> Read(const std::string& path);

/// The parts between separators, empty ones included; the last line's end
/// makes no part. Views into `text`.
std::vector<std::string_view> Parts(std::string_view text, char separator);

/// The parts between blanks, tabs and line ends. Views into `text`.
std::vector<std::string_view> Words(std::string_view text);

/// What follows `key` on the first line that starts with it, without the
/// colon and blanks around: `key value`, `key: value` and `key<tab>: value`.
std::optional<std::string_view> FindField(std::string_view text,
                                          std::string_view key);

/// What /proc/PID/stat says, from field 3 on (see proc(5)): the state, the
/// parent, … Empty if `stat` is not of that form. Views into `stat`.
std::vector<std::string_view> StatFields(std::string_view stat);

/// The number behind `key` on its line (see FindField), whatever unit follows.
template <typename Number>
std::optional<Number> FindNumber(std::string_view text, std::string_view key) {
  const auto field = FindField(text, key);
  if (!field) return std::nullopt;
  const std::vector<std::string_view> words = Words(*field);
  if (words.empty()) return std::nullopt;
  return ParseNumber<Number>(words.front());
}

/// The number that is the file's only word.
template <typename Integer>
std::optional<Integer> ReadInteger(const std::string& path) {
  const std::optional<std::string> text = Read(path);
  if (!text) return std::nullopt;
  const std::vector<std::string_view> words = Words(*text);
  if (words.size() != 1) return std::nullopt;
  return ParseNumber<Integer>(words.front());
}

}  // namespace hybrid::text_file

#endif  // HYBRID_BASE_TEXT_FILE_H_
