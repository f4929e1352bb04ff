#include "base/text.h"

#include <algorithm>

namespace hybrid {

std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while ((begin = text.find_first_not_of(' ', begin)) !=
         std::string_view::npos) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

std::string Wrapped(const std::string& label,
                    const std::vector<std::string>& words, std::size_t columns,
                    std::string_view between) {
  const std::size_t indent = Columns(label);
  std::string text = label;
  std::size_t width = indent;
  const auto trim = [&text] { text.erase(text.find_last_not_of(' ') + 1); };
  for (const std::string& word : words) {
    const bool first = width == indent;
    if (!first && width + Columns(between) + Columns(word) > columns) {
      trim();
      text += '\n' + std::string(indent, ' ');
      width = indent;
    } else if (!first) {
      text += between;
      width += Columns(between);
    }
    text += word;
    width += Columns(word);
  }
  trim();
  return text + '\n';
}

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; },
      ' ');
  return line;
}

}  // namespace hybrid
