#ifndef HYBRID_COMPARE_OUTPUT_PARTS_H_
#define HYBRID_COMPARE_OUTPUT_PARTS_H_

#include <cstddef>
#include <optional>
#include <string>

#include "compare/comparison.h"

namespace hybrid {

/// The short text of its key, or its name.
std::string NameText(const ComparedConfiguration& compared);

/// "1 configuration", "36 configurations".
std::string ConfigurationsText(std::size_t count);

/// The same of what `comparison` compares: "36 benchmarks".
std::string ComparedText(const Comparison& comparison, std::size_t count);

/// The ratio and its interval: "1.12× [1.10, 1.15]"; "> 3.9×" if the new side
/// was capped, "< 0.26×" if the baseline was; "-" without a ratio.
std::string ChangeRatioText(const ComparedConfiguration& compared);

/// The median time of one side, "9.61 ms", or why it has none: "capped",
/// "stopped" of a launch, "not run", "disturbed", "failed"; "-" if the side
/// lacks the configuration.
std::string SideText(const ComparedSide& side);

/// A p-value: "< 0.0001", "0.032"; "-" for none.
std::string ProbabilityText(const std::optional<double>& p_value);

/// How far a ratio of that logarithm is from 1: "12.3 %", "-0.3 %" below it.
std::string DistanceText(double logarithm);

/// The verdict's reason and the note in one line, "REASON; NOTE"; empty if
/// there is neither.
std::string ReasonText(const ComparedConfiguration& compared);

/// The configurations that a verdict on all is about: "36 configurations", or
/// "30 of 36 configurations" where of the others nothing can be told.
std::string DecidedText(const Comparison& comparison);

/// The groups of whose best split something can be told: "6 groups", or "5 of 6
/// groups"; empty if there is none.
std::string DecidedBestsText(const Comparison& comparison);

/// What launches can't tell of the configurations that are counted, and of
/// others: "28 of these were stopped, left out, or of no more interest to a
/// search on one side; 6 more configurations were measured on neither side: of
/// none is said that it is slower or faster"; empty if there are none.
std::string LeftOutText(const Comparison& comparison);

/// How many configurations have which verdict, without what none has: "2
/// slower, 1 faster, 30 same, 3 can't tell".
std::string CountsText(const Comparison& comparison);

/// "12 of 720 repetitions left out, since something other than the program
/// disturbed them (such as: steal 6.2 % of its CPU time)"; empty if none was.
std::string DisturbedText(const Comparison& comparison);

/// What differences were judged by: "threshold 3.0 %, or the noise floor on
/// record where that is larger (up to 6.7 %); false discovery rate 5.0 % over
/// 36 tests".
std::string ThresholdText(const Comparison& comparison);

/// One side's runs, days, hosts and commits in one line: "2 runs, 2026-11-22,
/// vm, commit 22d66a3".
std::string IdentityText(const Identity& identity);

/// Why the comparison is refused, in one line: "not comparable: BLAS version:
/// 0.9.0 in the baseline, 1.0 in the new results".
std::string RefusalText(const Comparison& comparison);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_OUTPUT_PARTS_H_
