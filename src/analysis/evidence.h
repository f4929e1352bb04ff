#ifndef HYBRID_ANALYSIS_EVIDENCE_H_
#define HYBRID_ANALYSIS_EVIDENCE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// What repetitions tell of why they took their time: each value the median
/// over the repetitions that have it, absent if none has. Shares are of 1.
struct Evidence {
  std::optional<double> load_share;     ///< of wall time, mean over workers
  std::optional<double> operate_share;  ///< of wall time, mean over workers
  std::optional<double> idle_share;     ///< of wall time, mean over workers
  std::optional<double> idle_s;         ///< per batch, mean over workers
  std::optional<double> start_s;        ///< from launch until all were ready
  /// Busy time of the slowest worker over that of the median one.
  std::optional<double> imbalance;
  /// Seconds per second that one BLAS thread waited for a CPU.
  std::optional<double> run_delay;
  /// Threads of a worker that were at work, of the worker with the fewest.
  std::optional<double> threads_seen;
  /// Threads that were pushed off their CPU, per second of sampled time.
  std::optional<double> involuntary_per_s;
  std::optional<double> task_p50_s;  ///< median latency of a task
  std::optional<double> task_p99_s;  ///< 99th percentile of a task's latency
  /// Of the measured peak of all hosts.
  std::optional<double> peak_fraction;
  std::optional<double> gflops_per_thread;  ///< of wall time, idle or not
  /// Of the slowest of several hosts, per batch, as the columns of these names;
  /// nothing where the workers were bench's own.
  std::optional<double> gate_s;
  std::optional<double> report_s;
  std::optional<double> starved_s;
  std::optional<double> ranges;
  /// Of wall time, what the way to that host and back took: gate_s + report_s.
  std::optional<double> network_share;
  std::optional<double> starved_share;  ///< of wall time
  /// What the hypervisor took of the CPU time that the split could use: of wall
  /// time × used cores.
  std::optional<double> steal_share;
  /// CPU time of other programs, on whatever core, over the CPU time that the
  /// split could use: over wall time × used cores.
  std::optional<double> foreign_share;
  std::optional<double> throttled_share;  // at most 1
  /// How fast the cores ran before and after, as a share of the peak.
  std::optional<double> speed;
};

/// Seconds per batch that stand for `row`, which has a time: of a launch the
/// median of its batches, which no odd one moves, else their mean.
double TimeOf(const Row& row);

/// How many times as fast `row` was by TimeOf as by the mean of its batches, of
/// which its rates are; 1 without a time.
double ByItsBatch(const Row& row);

/// A column of what was measured, which may be empty.
using MeasuredColumn = std::optional<double> Row::*;

/// Whether `value` was measured and can be a time or a rate: finite, above 0.
bool IsPositive(const std::optional<double>& value);

/// Whether `row` has a wall time that can be one: finite, above 0.
bool HasTime(const Row& row);

/// The batches that were measured for `row`: those that its times are means of.
/// At least 1.
double BatchesOf(const Row& row);

/// The BLAS threads of all of the split's workers, on all its hosts.
double ThreadsOf(const Split& split);

/// The cores of all hosts of `split`, of which each has `usable_cores`.
double CoresOf(const Split& split, std::uint64_t usable_cores);

/// The BLAS threads of `split` that can run at once: no more than there are
/// usable cores on its hosts, if their number is known (not 0).
double UsedCores(const Split& split, std::uint64_t usable_cores);

/// The BLAS threads of the row's split that can run at once: no more than there
/// are usable cores on its hosts.
double UsedCores(const Row& row);

/// Pointers to all of `rows`, in their order.
std::vector<const Row*> RowPointers(std::span<const Row> rows);

/// Pools rows of one split that all ended the same way: completed or capped.
Evidence PoolEvidence(std::span<const Row* const> rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_EVIDENCE_H_
