#include "analysis/evidence.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "statistics/samples.h"

namespace hybrid {
namespace {

/// value / base, if both were measured.
std::optional<double> Over(const std::optional<double>& value,
                           const std::optional<double>& base) {
  if (!value || !base || *base <= 0) return std::nullopt;
  return *value / *base;
}

/// The median of `value`, a column or a function of a row, over the rows that
/// have it.
template <typename Value>
std::optional<double> MedianOverRows(std::span<const Row* const> rows,
                                     Value value) {
  std::vector<double> values;
  for (const Row* const row : rows) {
    const std::optional<double> one = std::invoke(value, *row);
    if (one && std::isfinite(*one)) values.push_back(*one);
  }
  return Median(values);
}

std::optional<double> PeakFractionOf(const Row& row) {
  if (!row.peak_fraction) return std::nullopt;
  return *row.peak_fraction * ByItsBatch(row);
}

/// The median share of wall time that `column` is.
std::optional<double> ShareOfWall(std::span<const Row* const> rows,
                                  MeasuredColumn column) {
  return MedianOverRows(
      rows, [column](const Row& row) { return Over(row.*column, row.wall_s); });
}

/// The median share that `column` is of the CPU time that the split could use.
std::optional<double> ShareOfCpuTime(std::span<const Row* const> rows,
                                     MeasuredColumn column) {
  return MedianOverRows(rows, [column](const Row& row) {
    return Over(Over(row.*column, row.wall_s), UsedCores(row));
  });
}

std::optional<double> NetworkShare(const Row& row) {
  if (!row.gate_s || !row.report_s) return std::nullopt;
  return Over(*row.gate_s + *row.report_s, row.wall_s);
}

std::optional<double> RunDelayPerThread(const Row& row) {
  return Over(Over(row.run_delay_s, row.wall_s), ThreadsOf(row.split()));
}

std::optional<double> GflopsPerThread(const Row& row) {
  return Over(row.gflops, ThreadsOf(row.split()));
}

std::optional<double> ThreadsSeenIn(const Row& row) {
  if (!row.threads_seen) return std::nullopt;
  return static_cast<double>(*row.threads_seen);
}

std::optional<double> InvoluntaryPerSecond(const Row& row) {
  if (!row.involuntary_switches || !row.wall_s) return std::nullopt;
  return Over(static_cast<double>(*row.involuntary_switches),
              BatchesOf(row) * *row.wall_s);
}

}  // namespace

bool IsPositive(const std::optional<double>& value) {
  return value && std::isfinite(*value) && *value > 0;
}

bool HasTime(const Row& row) { return IsPositive(row.wall_s); }

double BatchesOf(const Row& row) {
  // A capped row may say no iteration: it is of the one batch.
  return static_cast<double>(std::max<std::uint64_t>(row.iterations, 1));
}

double ByItsBatch(const Row& row) {
  return HasTime(row) ? *row.wall_s / TimeOf(row) : 1;
}

double TimeOf(const Row& row) {
  const bool has_median = row.is_launch() && row.status == Status::kOk &&
                          IsPositive(row.batch_median_s);
  return has_median ? *row.batch_median_s : *row.wall_s;
}

double ThreadsOf(const Split& split) {
  return static_cast<double>(split.host_count) *
         static_cast<double>(split.workers) *
         static_cast<double>(split.blas_threads);
}

double CoresOf(const Split& split, std::uint64_t usable_cores) {
  return static_cast<double>(split.host_count) *
         static_cast<double>(usable_cores);
}

double UsedCores(const Split& split, std::uint64_t usable_cores) {
  const double threads = ThreadsOf(split);
  return usable_cores > 0 ? std::min(threads, CoresOf(split, usable_cores))
                          : threads;
}

double UsedCores(const Row& row) {
  return UsedCores(row.split(), row.usable_cores);
}

std::vector<const Row*> RowPointers(std::span<const Row> rows) {
  std::vector<const Row*> pointers;
  pointers.reserve(rows.size());
  for (const Row& row : rows) pointers.push_back(&row);
  return pointers;
}

Evidence PoolEvidence(std::span<const Row* const> rows) {
  Evidence evidence;
  evidence.load_share = ShareOfWall(rows, &Row::load_s);
  evidence.operate_share = ShareOfWall(rows, &Row::operate_s);
  evidence.idle_share = ShareOfWall(rows, &Row::idle_s);
  evidence.idle_s = MedianOverRows(rows, &Row::idle_s);
  evidence.start_s = MedianOverRows(rows, &Row::start_s);
  evidence.imbalance = MedianOverRows(rows, &Row::imbalance);
  evidence.run_delay = MedianOverRows(rows, RunDelayPerThread);
  evidence.threads_seen = MedianOverRows(rows, ThreadsSeenIn);
  evidence.involuntary_per_s = MedianOverRows(rows, InvoluntaryPerSecond);
  evidence.task_p50_s = MedianOverRows(rows, &Row::task_p50_s);
  evidence.task_p99_s = MedianOverRows(rows, &Row::task_p99_s);
  evidence.peak_fraction = MedianOverRows(rows, PeakFractionOf);
  evidence.gflops_per_thread = MedianOverRows(rows, GflopsPerThread);
  evidence.gate_s = MedianOverRows(rows, &Row::gate_s);
  evidence.report_s = MedianOverRows(rows, &Row::report_s);
  evidence.starved_s = MedianOverRows(rows, &Row::starved_s);
  evidence.ranges = MedianOverRows(rows, &Row::ranges);
  evidence.network_share = MedianOverRows(rows, NetworkShare);
  evidence.starved_share = ShareOfWall(rows, &Row::starved_s);
  evidence.steal_share = ShareOfCpuTime(rows, &Row::steal_s);
  evidence.foreign_share = ShareOfCpuTime(rows, &Row::foreign_cpu_s);
  evidence.speed = MedianOverRows(rows, &Row::speed_fraction);
  evidence.throttled_share = ShareOfCpuTime(rows, &Row::throttled_s);
  if (evidence.throttled_share) {
    // It counts each CPU apart, and a quota makes more of them stand still than
    // it leaves cores to use.
    *evidence.throttled_share = std::min(*evidence.throttled_share, 1.0);
  }
  return evidence;
}

}  // namespace hybrid
