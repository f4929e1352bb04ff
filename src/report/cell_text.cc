#include "report/cell_text.h"

#include "analysis/counted_rows.h"
#include "analysis/format_units.h"
#include "base/enum_names.h"

namespace hybrid {

std::string CellText(const std::optional<double>& value,
                     std::string (*format)(double)) {
  return value ? format(*value) : std::string(kNothing);
}

std::string TimeText(const SplitResult& split) {
  if (split.median_s) return FormatSeconds(*split.median_s);
  if (split.status == PooledStatus::kSkipped) return "not run";
  const std::string ending(Name(split.status));
  return split.status == PooledStatus::kCapped && split.capped_s
             ? ending + " after " + FormatSeconds(*split.capped_s)
             : ending;
}

std::string RangeText(const std::optional<double>& low_s,
                      const std::optional<double>& high_s) {
  return low_s && high_s
             ? FormatSeconds(*low_s) + " to " + FormatSeconds(*high_s)
             : std::string(kNothing);
}

}  // namespace hybrid
