#include "report/json.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace hybrid {
namespace {

/// Integers below are exact in JavaScript.
constexpr double kMostExact = 1e15;

constexpr std::string_view kLineSeparator = "\xE2\x80\xA8";
constexpr std::string_view kParagraphSeparator = "\xE2\x80\xA9";

}  // namespace

Json JsonNumber(double value) {
  if (!std::isfinite(value)) return nullptr;
  const double rounded =
      std::strtod(fmt::format("{:.6g}", value).c_str(), nullptr);
  // "0" is shorter than "0.0", and there are many.
  if (std::abs(rounded) < kMostExact && std::trunc(rounded) == rounded) {
    return static_cast<std::int64_t>(rounded);
  }
  return rounded;
}

Json JsonNumber(const std::optional<double>& value) {
  if (!value) return nullptr;
  return JsonNumber(*value);
}

std::string ScriptSafeText(const Json& value) {
  const std::string plain =
      value.dump(-1, ' ', false, Json::error_handler_t::replace);
  const std::string_view text = plain;
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      safe += "\\u003c";
    } else if (text.substr(i, 3) == kLineSeparator) {
      safe += "\\u2028";
      i += 2;
    } else if (text.substr(i, 3) == kParagraphSeparator) {
      safe += "\\u2029";
      i += 2;
    } else {
      safe += text[i];
    }
  }
  return safe;
}

}  // namespace hybrid
