#include "base/placeholders.h"

#include <fmt/format.h>

#include <cstddef>
#include <stdexcept>

namespace hybrid {
namespace {

/// `word` with what `value_of(name)` gives for each placeholder.
template <typename ValueOf>
std::string Replace(std::string_view word, ValueOf value_of) {
  std::string filled;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (c != '{' && c != '}') {
      filled += c;
      continue;
    }
    if (i + 1 < word.size() && word[i + 1] == c) {
      filled += c;
      ++i;
      continue;
    }
    const std::size_t end = c == '{' ? word.find('}', i) : word.npos;
    if (end == word.npos) {
      throw std::invalid_argument(fmt::format(
          "'{0}' stands alone in '{1}': a brace is written {0}{0}", c, word));
    }
    filled += value_of(word.substr(i + 1, end - i - 1));
    i = end;
  }
  return filled;
}

}  // namespace

std::string Fill(std::string_view word, const PlaceholderValues& values) {
  return Replace(word, [&values](std::string_view name) {
    const auto value = values.find(name);
    if (value == values.end()) {
      throw std::invalid_argument(
          fmt::format("there is no placeholder {{{}}}", name));
    }
    return value->second;
  });
}

std::vector<std::string> PlaceholdersIn(std::string_view word) {
  std::vector<std::string> names;
  Replace(word, [&names](std::string_view name) {
    names.emplace_back(name);
    return std::string();
  });
  return names;
}

}  // namespace hybrid
