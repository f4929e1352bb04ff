#include "base/json.h"

#include <fmt/format.h>

#include <boost/json/error.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/json/parser.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace hybrid {
namespace {

/// Integers below are exact in JavaScript.
constexpr double kMostExact = 1e15;

/// Boost's own limit is 32, and charts may nest theirs deeper.
constexpr std::size_t kMostNested = 1000;

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

Json ParseJson(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kMostNested;
  boost::json::parser parser({}, options);
  boost::json::error_code error;
  // Unlike write() it tells how far it came.
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (error) throw JsonError(error.message(), read);
  if (read < text.size()) throw JsonError("extra data", read);
  return parser.release();
}

}  // namespace hybrid
