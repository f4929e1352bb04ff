#include "base/shell_words.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <utility>

namespace hybrid {
namespace {

bool IsPlain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("-_./:,=+@%").find(c) != std::string_view::npos;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// Reads a text as words, a character or an escaped one at a time.
class WordSplitter {
 public:
  explicit WordSplitter(std::string_view text) : text_(text) {}

  std::vector<std::string> Split() {
    while (next_ < text_.size()) Take(text_[next_++]);
    if (quote_ != '\0') {
      throw std::invalid_argument("a quote is never closed");
    }
    End();
    return std::move(words_);
  }

 private:
  void Take(char c) {
    if (quote_ == '\0' && IsBlank(c)) return End();
    if (!word_) word_.emplace();
    if (c == quote_) {
      quote_ = '\0';
    } else if (quote_ == '\0' && (c == '\'' || c == '"')) {
      quote_ = c;
    } else if (c == '\\' && Escapes()) {
      // A line that ends in a backslash goes on with the next.
      if (text_[next_] != '\n') *word_ += text_[next_];
      ++next_;
    } else {
      *word_ += c;
    }
  }

  /// Whether a backslash takes its meaning from what follows it.
  bool Escapes() const {
    if (quote_ == '\'' || next_ == text_.size()) return false;
    return quote_ == '\0' || std::string_view("$`\"\\\n").find(text_[next_]) !=
                                 std::string_view::npos;
  }

  void End() {
    if (word_) words_.push_back(*std::exchange(word_, std::nullopt));
  }

  std::string_view text_;
  std::size_t next_ = 0;
  char quote_ = '\0';  ///< that is open; 0: none
  std::optional<std::string> word_;
  std::vector<std::string> words_;
};

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
  return WordSplitter(text).Split();
}

}  // namespace hybrid
