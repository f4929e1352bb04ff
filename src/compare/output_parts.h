#ifndef HYBRID_COMPARE_OUTPUT_PARTS_H_
#define HYBRID_COMPARE_OUTPUT_PARTS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "compare/comparison.h"

namespace hybrid {

/// "1 configuration", "36 configurations".
std::string ConfigurationsText(std::size_t count);

/// "1.12× [1.10, 1.15]"; "> 3.9×" where one side was capped.
std::string ChangeRatioText(const ComparedConfiguration& compared);

/// "9.61 ms", "capped", "failed", or "-".
std::string SideText(const PooledRows& side);

/// "< 0.0001", "0.032", or "-".
std::string ProbabilityText(const std::optional<double>& p_value);

/// The verdict's reason and the note, if any.
std::string ReasonText(const ComparedConfiguration& compared);

/// "2 slower, 1 faster, 30 same, 3 can't tell", without what is none.
std::string CountsText(const Comparison& comparison);

/// "12 of 720 repetitions were left out: something else disturbed them (steal
/// …)"; empty if none was.
std::string DisturbedText(const Comparison& comparison);

/// "threshold 3.0 %, or the noise floor on record where that is larger (up to
/// 6.7 %)", and by which level of significance.
std::string ThresholdText(const Comparison& comparison);

/// "2 runs, 2026-11-22, vm, commit 22d66a3".
std::string IdentityText(const Identity& identity);

/// Why the comparison is refused, in one line.
std::string RefusalText(const Comparison& comparison);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_OUTPUT_PARTS_H_
