#include "base/pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <regex>
#include <string_view>

namespace hybrid {
namespace {

/// Far beyond what a filter needs. The library follows an expression by calls
/// that nest as deep as it is long, counted repetitions written out.
constexpr std::size_t kMostSize = 2000;

/// The largest number in the braces that begin at `text`; 1 where they count
/// nothing.
std::size_t CountIn(std::string_view text) {
  std::size_t most = 1;
  std::size_t number = 0;
  for (const char c : text.substr(1, text.find('}'))) {
    const bool is_digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    number = is_digit
                 ? std::min(10 * number + static_cast<std::size_t>(c - '0'),
                            kMostSize)
                 : 0;
    most = std::max(most, number);
  }
  return most;
}

/// At least what `expression` comes to with its counted repetitions written
/// out, as if they all were nested.
std::size_t SizeOf(std::string_view expression) {
  std::size_t size = expression.size();
  for (std::size_t i = 0; i < expression.size() && size <= kMostSize; ++i) {
    if (expression[i] == '{') size *= CountIn(expression.substr(i));
  }
  return size;
}

std::regex Compile(const std::string& expression, Pattern::Grammar grammar) {
  auto syntax = grammar == Pattern::Grammar::kExtended
                    ? std::regex_constants::extended
                    : std::regex_constants::ECMAScript;
#ifdef __GLIBCXX__
  // Otherwise it tries every way in which nested repetitions can divide a text,
  // which are more than anybody can wait for.
  syntax |= std::regex_constants::__polynomial;
#endif
  return std::regex(expression, syntax);
}

}  // namespace

struct Pattern::Impl {
  std::regex regex;
};

Pattern::Pattern(const std::string& expression, Grammar grammar) {
  if (SizeOf(expression) > kMostSize) {
    throw PatternError(fmt::format(
        "is too large: {} characters are the most, repetitions such as {{8}} "
        "written out",
        kMostSize));
  }
  try {
    impl_ = std::make_shared<const Impl>(Impl{Compile(expression, grammar)});
  } catch (const std::regex_error& error) {
    throw PatternError(
        error.code() == std::regex_constants::error_complexity
            ? std::string("has back-references, which are not taken")
            : fmt::format("is no regular expression ({})", error.what()));
  }
}

bool Pattern::FoundIn(const std::string& text) const {
  return std::regex_search(text, impl_->regex);
}

}  // namespace hybrid
