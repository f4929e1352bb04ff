#ifndef HYBRID_BASE_PARSE_NUMBER_H_
#define HYBRID_BASE_PARSE_NUMBER_H_

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace hybrid {

/// The number that is the whole of `text`: no blank, no plus sign, nothing
/// behind it, whatever the locale. Nothing for anything else and for what does
/// not fit.
template <typename Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace hybrid

#endif  // HYBRID_BASE_PARSE_NUMBER_H_
