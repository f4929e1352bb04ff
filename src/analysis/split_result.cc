#include "analysis/split_result.h"

#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/noisy.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

bool IsPositive(const std::optional<double>& value) {
  return value && std::isfinite(*value) && *value > 0;
}

/// Why `row` fails its split, or nothing.
std::string FailureOf(const Row& row) {
  if (row.status == Status::kCapped) return {};
  if (row.status == Status::kOk) {
    return IsPositive(row.wall_s) ? "" : "a completed repetition has no time";
  }
  return row.error.empty() ? "error without a message" : row.error;
}

/// Tasks per second, derived if the column is empty.
std::optional<double> RateOf(const Row& row) {
  if (IsPositive(row.tasks_per_s)) return row.tasks_per_s;
  if (!IsPositive(row.wall_s)) return std::nullopt;
  const bool completed = row.status == Status::kOk;
  const double rate =
      static_cast<double>(completed ? row.batch : row.tasks_done.value_or(0)) /
      *row.wall_s;
  return IsPositive(rate) ? std::optional(rate) : std::nullopt;
}

void PoolKernels(std::span<const Row* const> rows, SplitResult& result) {
  std::vector<double> gains;
  const auto take = [](const std::string& value, std::string& first) {
    if (first.empty()) first = value;
  };
  for (const Row* const row : rows) {
    take(row->kernels, result.kernels);
    take(row->blis_threading, result.blis_threading);
    take(row->blis_arch_type, result.blis_arch_type);
    take(row->library_kernels, result.library_kernels);
    if (IsPositive(row->kernels_gain)) gains.push_back(*row->kernels_gain);
  }
  result.kernels_gain = Median(gains);
}

/// The warnings of each run's rows: what is too wide is the spread of one
/// launch, not what differs between launches.
std::vector<std::string> Warnings(std::span<const Row* const> rows) {
  std::map<std::string, std::vector<Row>> runs;
  for (const Row* const row : rows) runs[row->run_id].push_back(*row);
  std::vector<std::string> all;
  for (const auto& [run_id, run_rows] : runs) {
    for (std::string& warning : NoiseWarnings(run_rows)) {
      all.push_back(std::move(warning));
    }
  }
  return all;
}

}  // namespace

SplitResult PoolRows(std::span<const Row* const> rows) {
  SplitResult result;
  result.split = rows.front()->split();
  result.status = SplitStatus::kOk;
  std::vector<double> completed_rates;
  std::vector<double> completed_gflops;
  std::vector<double> capped_gflops;
  std::vector<double> capped_times;
  std::vector<const Row*> completed_rows;
  std::vector<const Row*> capped_rows;
  for (const Row* const row : rows) {
    result.oversubscribed |= row->oversubscribed;
    const std::string failure = FailureOf(*row);
    if (!failure.empty()) {
      if (result.status != SplitStatus::kFailed) result.error = failure;
      result.status = SplitStatus::kFailed;
      continue;
    }
    const bool completed = row->status == Status::kOk;
    if (!completed && result.status == SplitStatus::kOk) {
      result.status = SplitStatus::kCapped;
    }
    (completed ? completed_rows : capped_rows).push_back(row);
    if (completed) result.samples.push_back(*row->wall_s);
    if (!completed && row->wall_s) capped_times.push_back(*row->wall_s);
    if (const auto rate = RateOf(*row)) {
      (completed ? completed_rates : result.rates).push_back(*rate);
    }
    if (IsPositive(row->gflops)) {
      (completed ? completed_gflops : capped_gflops).push_back(*row->gflops);
    }
  }
  PoolKernels(rows, result);
  if (result.status == SplitStatus::kFailed) return result;
  const bool all_completed = result.status == SplitStatus::kOk;
  result.evidence = PoolEvidence(all_completed ? completed_rows : capped_rows);
  result.warnings = Warnings(rows);
  if (all_completed) {
    result.median_s = Median(result.samples);
    result.spread = RelativeSpread(result.samples);
    result.tasks_per_s = Median(completed_rates);
    result.gflops = Median(completed_gflops);
  } else {
    result.verdict = Verdict::kCapped;
    result.tasks_per_s = Median(result.rates);
    result.gflops = Median(capped_gflops);
    result.capped_s = Median(capped_times);
  }
  return result;
}

}  // namespace hybrid
