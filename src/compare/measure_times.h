#ifndef HYBRID_COMPARE_MEASURE_TIMES_H_
#define HYBRID_COMPARE_MEASURE_TIMES_H_

#include <cstddef>
#include <span>

#include "compare/judge.h"
#include "statistics/bootstrap.h"

namespace hybrid {

/// Sets `threshold`. The noise floor says how far apart two launches may be:
/// where every repetition was a launch of its own the test sees that by itself,
/// and better, for this configuration and not for another one of the same n.
void SetThreshold(const CompareSettings& settings,
                  ComparedConfiguration& compared);

/// Whether both sides completed, and often enough where they were launched
/// anew: only then their times are compared.
bool AreCompared(const ComparedConfiguration& compared);

/// Sets `ratio` where AreCompared, and `interval` where both sides have several
/// samples.
void MeasureRatio(RatioBootstrap& bootstrap, ComparedConfiguration& compared);

/// Sets the p-values of all that a test can tell anything of, but for those
/// that are there, and adjusts them; returns how many these are. The others do
/// not make their tests stricter, as R. E. Tarone proposed: "A modified
/// Bonferroni method for discrete data", Biometrics 46 (1990), 515-522.
std::size_t TestTimes(std::span<ComparedConfiguration* const> all,
                      double alpha);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_MEASURE_TIMES_H_
