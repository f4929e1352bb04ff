#include "base/duration.h"

#include <cmath>

#include "base/parse_number.h"

namespace hybrid {

std::optional<double> ParseDuration(std::string_view text) {
  constexpr double kMinuteS = 60;
  constexpr double kHourS = 3600;
  double unit_s = 1;
  if (text.ends_with('s') || text.ends_with('m') || text.ends_with('h')) {
    if (text.ends_with('m')) unit_s = kMinuteS;
    if (text.ends_with('h')) unit_s = kHourS;
    text.remove_suffix(1);
  }
  const std::optional<double> units = ParseNumber<double>(text);
  if (!units || !(*units > 0) || !std::isfinite(*units * unit_s)) {
    return std::nullopt;
  }
  return *units * unit_s;
}

}  // namespace hybrid
