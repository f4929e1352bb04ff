#ifndef HYBRID_KERNELS_SPEED_H_
#define HYBRID_KERNELS_SPEED_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernels/catalog.h"
#include "key/precision.h"

namespace hybrid {

/// How fast one sub-configuration is.
struct KernelsSpeed {
  Kernels kernels;
  double gflops = 0;  ///< in its best turns
  /// Seconds per batch in each round that it took part in; nothing where others
  /// took its CPU time.
  std::vector<std::optional<double>> turns_s{};
};

/// With fewer undisturbed turns nothing is known of kernels.
inline constexpr std::size_t kFewestTurns = 3;

/// How many of its turns were undisturbed.
std::size_t UndisturbedTurns(const KernelsSpeed& speed);

/// What the speed of kernels depends on.
struct KernelsPlace {
  std::uint64_t n = 0;
  std::uint64_t blas_threads = 1;
  Precision precision = Precision::kDouble;

  auto operator<=>(const KernelsPlace&) const = default;
};

/// What a contest of kernels brought.
struct SpeedContest {
  std::vector<KernelsSpeed> speeds;
  std::vector<UnusableKernels> failed;  ///< twice, and why
  /// Others took so much CPU time that even what looks undisturbed may have
  /// shared a cache, a memory bus or a core's other half with them.
  bool beside_others = false;
};

/// Measures `all` kernels with one worker at `place`, operands in cache where
/// they fit. The workers of all are alive together and take turns, so that a
/// disturbance meets all alike. Of a turn the shortest undisturbed batch
/// counts, and of all turns the best ones, because disturbances only ever add.
/// Who is far behind after several turns drops out, but never `library`, with
/// which the winner has to be compared. Takes about `budget_s`, twice that
/// where others are at work, but at least kFewestTurns rounds of one task. A
/// worker that fails gets one successor. Throws PoolInterrupted.
SpeedContest MeasureSpeeds(std::span<const Kernels> all,
                           const std::string& library,
                           const KernelsPlace& place,
                           const SettingsFor& settings_for, double budget_s,
                           const std::string& blas = "blis");

}  // namespace hybrid

#endif  // HYBRID_KERNELS_SPEED_H_
