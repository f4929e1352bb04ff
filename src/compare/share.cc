#include "compare/share.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "base/parse_number.h"

namespace hybrid {

double ParseShare(std::string_view flag, std::string_view text) {
  std::string_view number = text;
  const bool percent = !number.empty() && number.back() == '%';
  if (percent) {
    number.remove_suffix(1);
    if (!number.empty() && number.back() == ' ') number.remove_suffix(1);
  }
  const double whole = percent ? 100 : 1;
  const std::optional<double> value = ParseNumber<double>(number);
  if (!value || !std::isfinite(*value) || *value < 0 || *value >= whole) {
    throw std::runtime_error(fmt::format(
        "{}: '{}' is no share such as 3% or 0.03 (without % it is a part of 1)",
        flag, text));
  }
  return *value / whole;
}

}  // namespace hybrid
