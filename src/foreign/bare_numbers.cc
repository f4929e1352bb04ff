#include "foreign/bare_numbers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace hybrid {
namespace {

constexpr std::array<std::string_view, 4> kBareNumbers = {
    "NaN", "-NaN", "Infinity", "-Infinity"};

/// The bare number that `text` begins with; empty if it begins otherwise.
std::string_view BareNumberAt(std::string_view text) {
  for (const std::string_view number : kBareNumbers) {
    if (text.starts_with(number)) return number;
  }
  return {};
}

}  // namespace

std::string WithoutBareNumbers(std::string_view text) {
  std::string json;
  json.reserve(text.size());
  bool in_string = false;
  while (!text.empty()) {
    const std::string_view number =
        in_string ? std::string_view() : BareNumberAt(text);
    if (!number.empty()) {
      json += "null";
      text.remove_prefix(number.size());
      continue;
    }
    // In a string what follows a backslash is no end of it.
    const std::size_t length = in_string && text.starts_with('\\') ? 2 : 1;
    if (text.front() == '"') in_string = !in_string;
    json += text.substr(0, length);
    text.remove_prefix(std::min(length, text.size()));
  }
  return json;
}

}  // namespace hybrid
