#ifndef HYBRID_ANALYSIS_DISTURBANCE_H_
#define HYBRID_ANALYSIS_DISTURBANCE_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/row.h"

namespace hybrid {

/// Steal that takes more than this share of the CPU time that the split could
/// use disturbs it: a hypervisor that is not overcommitted takes none.
inline constexpr double kMuchSteal = 0.01;
/// Other programs that take more than this share of the CPU time that the split
/// could use disturb it: below are a desktop's and a system's ordinary daemons,
/// and the kernel counts in ticks of 10 ms.
inline constexpr double kMuchForeign = 0.05;
/// Cores that reach less than this share of their peak were slowed down: below
/// it is more than a clock's ordinary ups and downs.
inline constexpr double kSlowCores = 0.85;
/// The tick in which the kernel counts CPU time in /proc/stat (USER_HZ).
inline constexpr double kCpuTick_s = 0.01;
/// Steal or other programs' CPU time of no more than this many ticks is none:
/// in a short sample it may be no more than where the ticks fell.
inline constexpr double kFewestTicks = 3;

/// What something other than the program did to repetitions, told by columns
/// that do not depend on how fast the program is. Absent: nothing beyond the
/// ordinary. Shares are of 1.
struct Disturbance {
  std::optional<double> throttled_s;  ///< by the control group, in total
  /// Of the CPU time that the split could use, what the hypervisor took.
  std::optional<double> steal_share;
  /// Of the CPU time that the split could use, what other programs took.
  std::optional<double> foreign_share;
  /// The lowest speed of the cores, as a share of their peak.
  std::optional<double> slowest_speed;

  /// Whether anything disturbed the repetitions.
  bool any() const {
    return throttled_s || steal_share || foreign_share || slowest_speed;
  }
};

/// What disturbed `rows`, one or several repetitions of one configuration,
/// taken together.
Disturbance FindDisturbance(std::span<const Row> rows);

/// What disturbed `rows`, one or several repetitions of one configuration,
/// taken together.
Disturbance FindDisturbance(std::span<const Row* const> rows);

/// Those of `rows`, which are of one configuration, that nothing disturbed, run
/// by run. Each is judged alone; and since the kernel's ticks are too coarse
/// for a short one, what is left of each run is judged together: if the
/// hypervisor or other programs took more than kMuchForeign of its CPU time,
/// all of the run is left out.
std::vector<const Row*> Undisturbed(std::span<const Row* const> rows);

/// Everything that disturbed, each as a short phrase with its figure: "steal
/// 6.2 % of its CPU time". Empty if nothing did.
std::vector<std::string> DisturbanceTexts(const Disturbance& disturbance);

/// All that disturbed one repetition, in a line; empty if nothing did.
std::string DisturbanceText(const Row& row);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_DISTURBANCE_H_
