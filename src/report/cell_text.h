#ifndef HYBRID_REPORT_CELL_TEXT_H_
#define HYBRID_REPORT_CELL_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "analysis/split_result.h"

namespace hybrid {

/// What stands in a cell for which there is nothing.
inline constexpr std::string_view kNothing = "–";

/// `format` of a value, or kNothing.
std::string CellText(const std::optional<double>& value,
                     std::string (*format)(double));

/// A split's median, or what stands in its place: "capped after 1.03 s".
std::string TimeText(const SplitResult& split);

/// "9.50 ms to 9.80 ms".
std::string RangeText(const std::optional<double>& low_s,
                      const std::optional<double>& high_s);

}  // namespace hybrid

#endif  // HYBRID_REPORT_CELL_TEXT_H_
