#ifndef HYBRID_REPORT_CELL_TEXT_H_
#define HYBRID_REPORT_CELL_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "analysis/split_result.h"

namespace hybrid {

/// What a cell shows for which there is no value.
inline constexpr std::string_view kNothing = "–";

/// `value` as `format` writes it, or kNothing.
std::string CellText(const std::optional<double>& value,
                     std::string (*format)(double));

/// The median time of `split`, or how it ended where it has none: "capped after
/// 1.03 s", "failed", "not run".
std::string TimeText(const SplitResult& split);

/// "9.50 ms to 9.80 ms"; kNothing where an end of the range is missing.
std::string RangeText(const std::optional<double>& low_s,
                      const std::optional<double>& high_s);

}  // namespace hybrid

#endif  // HYBRID_REPORT_CELL_TEXT_H_
