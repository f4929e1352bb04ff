#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace hybrid {
namespace {

/// In UTF-8.
bool BeginsCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

std::size_t DisplayWidth(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), BeginsCharacter));
}

std::string CutTo(std::string_view text, std::size_t columns) {
  if (DisplayWidth(text) <= columns) return std::string(text);
  if (columns == 0) return "";
  std::size_t size = 0;
  for (std::size_t seen = 0; size < text.size(); ++size) {
    // A character ends where the next one begins.
    if (BeginsCharacter(text[size]) && ++seen == columns) break;
  }
  return std::string(text.substr(0, size)) + "…";
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::size_t end = 0;
  while (true) {
    const std::size_t begin = text.find_first_not_of(' ', end);
    if (begin == std::string_view::npos) return words;
    end = std::min(text.find(' ', begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
  }
}

std::string Wrapped(const std::string& label,
                    const std::vector<std::string>& words, std::size_t columns,
                    std::string_view between) {
  const std::size_t indent = DisplayWidth(label);
  std::string text = label;
  std::size_t width = indent;
  const auto trim = [&text] { text.erase(text.find_last_not_of(' ') + 1); };
  for (const std::string& word : words) {
    const bool first = width == indent;
    if (!first &&
        width + DisplayWidth(between) + DisplayWidth(word) > columns) {
      trim();
      text += '\n' + std::string(indent, ' ');
      width = indent;
    } else if (!first) {
      text += between;
      width += DisplayWidth(between);
    }
    text += word;
    width += DisplayWidth(word);
  }
  trim();
  return text + '\n';
}

std::string Labelled(const std::string& label, std::string_view text) {
  return Wrapped(label, WordsOf(text), kScreenColumns);
}

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; },
      ' ');
  return line;
}

std::string ItPrinted(std::string_view printed) {
  constexpr std::size_t kMost = 300;
  while (!printed.empty() &&
         (printed.back() == '\n' || printed.back() == ' ')) {
    printed.remove_suffix(1);
  }
  if (printed.empty()) return "";
  const bool cut = printed.size() > kMost;
  if (cut) printed.remove_prefix(printed.size() - kMost);
  // No half of a character.
  while (cut && !printed.empty() && !BeginsCharacter(printed.front())) {
    printed.remove_prefix(1);
  }
  return fmt::format("; it printed: {}{}", cut ? "…" : "", OneLine(printed));
}

}  // namespace hybrid
