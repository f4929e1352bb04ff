#ifndef HYBRID_ANALYSIS_NOISY_H_
#define HYBRID_ANALYSIS_NOISY_H_

#include <span>
#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// Half the range beyond this share of the median is too wide for a verdict:
/// it is as far as a tie may reach (kTieMargin).
inline constexpr double kWideSpread = 0.10;
/// A first repetition this much slower than the slowest other one was still
/// warming something up.
inline constexpr double kSlowFirst = 0.10;
/// Steal beyond this share of the CPU time that the split could use: a
/// hypervisor that is not overcommitted takes none.
inline constexpr double kMuchSteal = 0.01;
/// Foreign load beyond this share: below it are a desktop's and a system's
/// ordinary daemons, and the kernel counts in ticks of 10 ms.
inline constexpr double kMuchForeign = 0.05;

/// Cores that reach less than this share of their peak were slowed down: below
/// it is more than a clock's ordinary ups and downs.
inline constexpr double kSlowCores = 0.85;
/// The kernel counts both in ticks of 10 ms (USER_HZ): a few of them in a short
/// sample may be no more than where the ticks fell.
inline constexpr double kTickS = 0.01;
inline constexpr double kFewestTicks = 3;

/// What made the measurement of one configuration in one attempt unreliable,
/// each a short phrase with its figure such as "spread ±23 %"; empty if
/// nothing did.
std::vector<std::string> NoiseWarnings(std::span<const Row> rows);

/// Whether there are such warnings.
bool IsNoisy(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_NOISY_H_
