#ifndef HYBRID_COMPARE_SIDE_H_
#define HYBRID_COMPARE_SIDE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/noise_floor.h"
#include "results/row.h"
#include "statistics/bootstrap.h"

namespace hybrid {

/// How one side's repetitions of a configuration ended.
enum class SideStatus {
  kMissing,  ///< it has none
  kOk,       ///< all completed
  kCapped,   ///< one or more were stopped at the time limit, none failed
  kFailed,   ///< one or more failed
};

/// What one side knows of a configuration. Times are seconds per batch.
struct Side {
  SideStatus status = SideStatus::kMissing;
  /// wall_s of the completed repetitions that nothing else disturbed, by run.
  Runs runs;
  std::vector<double> samples;  ///< the same of all runs together
  /// Of the samples; of all completed repetitions if none was undisturbed.
  std::optional<double> median_s;
  std::optional<double> fastest_s;  ///< of all completed repetitions
  std::size_t completed = 0;        ///< repetitions, disturbed ones included
  std::size_t disturbed = 0;        ///< of them left out of the samples
  /// Every repetition had workers of its own, so that the samples scatter as
  /// launches do. Within one launch they scatter less.
  bool launched_anew = false;
  std::string disturbance;  ///< what disturbed these and the rest together
  /// Times until the cap took effect: the batch takes longer.
  std::vector<double> capped_s;
  std::string capped_disturbance;  ///< what disturbed the first capped one
  std::string error;               ///< the first error of a failed side
  std::string kernels;             ///< that ran; of several "zen3, haswell"
  std::string blis_threading;      ///< likewise
  /// GFLOP/s that all cores reached beside the repetitions, measured by
  /// bench's own multiply-adds: no part of what is compared. A median.
  std::optional<double> core_speed;
};

/// Pools the rows of one configuration; none is a missing side.
Side PoolSide(std::span<const Row* const> rows);

/// The largest noise floor on record for the hosts and n of `rows`.
std::optional<double> RecordedFloor(std::span<const Row* const> rows,
                                    std::span<const NoiseFloor> floors);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_SIDE_H_
