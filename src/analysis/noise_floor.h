#ifndef HYBRID_ANALYSIS_NOISE_FLOOR_H_
#define HYBRID_ANALYSIS_NOISE_FLOOR_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// One variant of the family Noise, which measures a configuration against
/// itself, A and B by turns: what differs between them is noise.
inline constexpr std::string_view kNoiseA = "A";
/// The other variant of the family Noise, which measures a configuration
/// against itself, A and B by turns: what differs between them is noise.
inline constexpr std::string_view kNoiseB = "B";

/// The difference below which none is claimed on `host` at `n`: 0.02 is 2 %.
struct NoiseFloor {
  std::string host;
  std::uint64_t n = 0;
  double floor = 0;
  bool operator==(const NoiseFloor&) const = default;
};

/// The wall times of a repetition of variant A and of its partner of variant B:
/// the same configuration, measured right before or after it.
struct NoisePair {
  double a_s = 0;  ///< seconds per batch
  double b_s = 0;  ///< seconds per batch
};

/// The difference of two medians, relative to the second, that chance alone
/// exceeds in 5 % of cases: the 95 % quantile of |median(A*) / median(B*) - 1|
/// over 2000 resamples of the pairs. Pairs are resampled, and not each side, so
/// that what drifts over a run moves both sides. A pure function: its random
/// numbers have a fixed seed. Nothing with fewer than kFewestSamples pairs.
///
/// B. Efron, "Bootstrap methods: another look at the jackknife", Annals of
/// Statistics 7 (1979), 1-26.
std::optional<double> BootstrapFloor(std::span<const NoisePair> pairs);

/// The floor of each host and n that rows of the family Noise tell, or launches
/// of grids and searches, in the order in which rows name them; the largest
/// where several configurations, groups or runs have one.
std::vector<NoiseFloor> FindNoiseFloors(std::span<const Row> rows);

/// The floor to judge results of `host` and `n` by: the one of this n, else the
/// host's largest; nothing if the host has none.
std::optional<NoiseFloor> FloorFor(std::span<const NoiseFloor> floors,
                                   const std::string& host, std::uint64_t n);

/// "4.4 % (n=768)"; without the n that nobody said of a command.
std::string FloorText(const NoiseFloor& floor);

/// What a run of the family `Noise` says at its end: the floor of each
/// configuration; empty if `rows` hold none of that family.
std::string NoiseText(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_NOISE_FLOOR_H_
