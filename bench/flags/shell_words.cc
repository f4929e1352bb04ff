#include "flags/shell_words.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>

#include "results/results_error.h"

namespace hybrid {
namespace {

bool IsPlain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("-_./:,=+@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string Quote(const std::string& text) {
  if (std::all_of(text.begin(), text.end(), IsPlain)) return text;
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!in_quotes && c == ' ') {
      if (word) words.push_back(*std::exchange(word, std::nullopt));
      continue;
    }
    if (!word) word.emplace();
    if (c == '\'') {
      in_quotes = !in_quotes;
    } else if (!in_quotes && c == '\\' && i + 1 < text.size()) {
      *word += text[++i];
    } else {
      *word += c;
    }
  }
  if (in_quotes) throw ResultsError("a quote is never closed");
  if (word) words.push_back(*word);
  return words;
}

}  // namespace hybrid
