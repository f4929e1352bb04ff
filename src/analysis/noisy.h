#ifndef HYBRID_ANALYSIS_NOISY_H_
#define HYBRID_ANALYSIS_NOISY_H_

#include <span>
#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// A spread (half the range, as a share of the median) beyond this is too wide
/// for a verdict: it is as far as a tie may reach (kTieMargin).
inline constexpr double kWideSpread = 0.10;
/// A first repetition this much slower than the slowest other one was still
/// warming something up.
inline constexpr double kSlowFirst = 0.10;

/// What made the measurement of one configuration in one attempt unreliable,
/// each a short phrase with its figure such as "spread ±23 %"; empty if
/// nothing did.
std::vector<std::string> NoiseWarnings(std::span<const Row* const> rows);

/// Whether anything made the measurement of one configuration in one attempt
/// unreliable, as NoiseWarnings tells.
bool IsNoisy(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_NOISY_H_
