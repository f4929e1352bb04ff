#include "base/text_file.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

#include "base/unique_fd.h"

namespace hybrid::text_file {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view Trim(std::string_view text, std::string_view leading) {
  const std::size_t begin = text.find_first_not_of(leading);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find_last_not_of(kBlanks);
  if (end == std::string_view::npos || end < begin) return {};
  return text.substr(begin, end - begin + 1);
}

}  // namespace

std::optional<std::string> Read(const std::string& path) {
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return std::nullopt;
  std::string text;
  std::array<char, 8192> part;
  for (;;) {
    const ssize_t size = read(file.get(), part.data(), part.size());
    if (size == 0) return text;
    if (size > 0) {
      text.append(part.data(), static_cast<std::size_t>(size));
    } else if (errno != EINTR) {
      return std::nullopt;
    }
  }
}

std::vector<std::string_view> Parts(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = text.find_first_not_of(kBlanks);
  while (begin != std::string_view::npos) {
    const std::size_t end = text.find_first_of(kBlanks, begin);
    words.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) break;
    begin = text.find_first_not_of(kBlanks, end);
  }
  return words;
}

std::vector<std::string_view> StatFields(std::string_view stat) {
  // The command's name stands in parentheses and may hold anything, blanks and
  // parentheses too.
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string_view::npos) return {};
  return Words(stat.substr(name_end + 1));
}

std::optional<std::string_view> FindField(std::string_view text,
                                          std::string_view key) {
  for (const std::string_view line : Parts(text, '\n')) {
    if (!line.starts_with(key)) continue;
    const std::string_view rest = line.substr(key.size());
    // Otherwise the line's key only begins with ours.
    if (rest.empty() ||
        std::string_view(" \t:").find(rest.front()) == std::string_view::npos) {
      continue;
    }
    return Trim(rest, " \t:");
  }
  return std::nullopt;
}

}  // namespace hybrid::text_file
