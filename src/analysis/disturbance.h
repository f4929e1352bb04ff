#ifndef HYBRID_ANALYSIS_DISTURBANCE_H_
#define HYBRID_ANALYSIS_DISTURBANCE_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

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

/// What something other than the program did to repetitions, told by columns
/// that do not depend on how fast the program is. Absent: nothing beyond the
/// ordinary. Shares are of 1.
struct Disturbance {
  std::optional<double> throttled_s;    // by the control group, in total
  std::optional<double> steal_share;    // of the CPU time it could use
  std::optional<double> foreign_share;  // likewise, taken by other programs
  std::optional<double> slowest_speed;  // of the cores, as a share of the peak

  bool any() const {
    return throttled_s || steal_share || foreign_share || slowest_speed;
  }
};

/// Of `rows` together, which are of one configuration; or of a single one.
Disturbance FindDisturbance(std::span<const Row> rows);
Disturbance FindDisturbance(std::span<const Row* const> rows);

/// Those of `rows`, which are of one configuration, that nothing disturbed.
/// Each is judged alone; and since the kernel's ticks are too coarse for a
/// short one, those of each run that are left together: if others took more
/// than kMuchForeign of their CPU time, none of the run is.
std::vector<const Row*> Undisturbed(std::span<const Row* const> rows);

/// Each as a short phrase with its figure: "steal 6.2 % of its CPU time".
std::vector<std::string> DisturbanceTexts(const Disturbance& disturbance);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_DISTURBANCE_H_
