#include "base/json.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
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
  return boost::json::parse(text, {}, options);
}

}  // namespace hybrid
