#include "flags/meaning.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <limits>
#include <optional>

#include "base/flag_error.h"
#include "base/parse_number.h"
#include "flags/min_time.h"
#include "sweep/axis.h"

namespace hybrid {
namespace {

std::string NormalList(const std::string& value) {
  const AxisRule any{.flag = "",
                     .max = std::numeric_limits<std::uint64_t>::max(),
                     .allows_auto = true};
  try {
    const Axis axis = ParseAxis(any, value);
    return axis.is_auto ? "auto"
                        : fmt::format("{}", fmt::join(axis.values, ","));
  } catch (const FlagError&) {
    return value;
  }
}

std::string NormalNumber(const std::string& value) {
  const std::optional<double> number = ParseNumber<double>(value);
  return number ? fmt::format("{}", *number) : value;
}

}  // namespace

std::string Normal(Meaning meaning, const std::string& value) {
  switch (meaning) {
    case Meaning::kText:
      return value;
    case Meaning::kList:
      return NormalList(value);
    case Meaning::kNumber:
      return NormalNumber(value);
    case Meaning::kMinTime: {
      const std::optional<MinTime> min_time = ParseMinTime(value);
      return min_time ? MinTimeText(*min_time) : value;
    }
    case Meaning::kBoolean:
      return MeansTrue(value) ? "true" : "false";
  }
  return value;
}

bool MeansTrue(std::string value) {
  std::transform(value.begin(), value.end(), value.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return value != "false" && value != "0" && value != "no" && value != "off" &&
         value != "f" && value != "n";
}

}  // namespace hybrid
