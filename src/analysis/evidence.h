#ifndef HYBRID_ANALYSIS_EVIDENCE_H_
#define HYBRID_ANALYSIS_EVIDENCE_H_

#include <optional>
#include <span>

#include "results/row.h"

namespace hybrid {

/// What repetitions tell of why they took their time: each value the median
/// over the repetitions that have it, absent if none has. Shares are of 1.
struct Evidence {
  std::optional<double> load_share;     // of wall time, mean over workers
  std::optional<double> operate_share;  // likewise
  std::optional<double> idle_share;     // likewise
  std::optional<double> idle_s;         // per batch
  std::optional<double> start_s;
  std::optional<double> imbalance;
  // Seconds per second that one BLAS thread waited for a CPU.
  std::optional<double> run_delay;
  std::optional<double> involuntary_per_s;  // per second of sampled time
  std::optional<double> task_p50_s;
  std::optional<double> task_p99_s;
  std::optional<double> peak_fraction;
  std::optional<double> gflops_per_thread;
  // Of the CPU time that the split could use: wall time × used cores.
  std::optional<double> steal_share;
  std::optional<double> foreign_share;
  std::optional<double> throttled_share;  // at most 1
  /// How fast the cores ran before and after, as a share of the peak.
  std::optional<double> speed;
};

/// Whether `row` has a wall time that can be one.
bool HasTime(const Row& row);

/// BLAS threads that can run at once: no more than there are usable cores.
double UsedCores(const Row& row);

/// Pools rows of one split that all ended the same way: completed or capped.
Evidence PoolEvidence(std::span<const Row* const> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_EVIDENCE_H_
