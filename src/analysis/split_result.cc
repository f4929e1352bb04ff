#include "analysis/split_result.h"

#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/statistics.h"

namespace hybrid {
namespace {

bool IsPositive(const std::optional<double>& value) {
  return value && std::isfinite(*value) && *value > 0;
}

/// Why `row` fails its split, or nothing.
std::string FailureOf(const Row& row) {
  if (row.status == kStatusCapped) return {};
  if (row.status == kStatusOk) {
    return IsPositive(row.wall_s) ? "" : "a completed repetition has no time";
  }
  if (row.status != kStatusError) return "unknown status " + row.status;
  return row.error.empty() ? "error without a message" : row.error;
}

/// Tasks per second, derived if the column is empty.
std::optional<double> RateOf(const Row& row) {
  if (IsPositive(row.tasks_per_s)) return row.tasks_per_s;
  if (!IsPositive(row.wall_s)) return std::nullopt;
  const bool completed = row.status == kStatusOk;
  const double rate =
      static_cast<double>(completed ? row.batch : row.tasks_done.value_or(0)) /
      *row.wall_s;
  return IsPositive(rate) ? std::optional(rate) : std::nullopt;
}

}  // namespace

SplitResult PoolRows(std::span<const Row* const> rows) {
  SplitResult result;
  result.split = {rows.front()->workers, rows.front()->blas_threads};
  result.status = SplitStatus::kOk;
  std::vector<double> completed_rates;
  std::vector<double> completed_gflops;
  std::vector<double> capped_gflops;
  std::vector<double> capped_times;
  for (const Row* const row : rows) {
    result.oversubscribed |= row->oversubscribed;
    const std::string failure = FailureOf(*row);
    if (!failure.empty()) {
      if (result.status != SplitStatus::kFailed) result.error = failure;
      result.status = SplitStatus::kFailed;
      continue;
    }
    const bool completed = row->status == kStatusOk;
    if (!completed && result.status == SplitStatus::kOk) {
      result.status = SplitStatus::kCapped;
    }
    if (completed) result.samples.push_back(*row->wall_s);
    if (!completed && row->wall_s) capped_times.push_back(*row->wall_s);
    if (const auto rate = RateOf(*row)) {
      (completed ? completed_rates : result.rates).push_back(*rate);
    }
    if (IsPositive(row->gflops)) {
      (completed ? completed_gflops : capped_gflops).push_back(*row->gflops);
    }
  }
  if (result.status == SplitStatus::kOk) {
    result.median_s = Median(result.samples);
    result.spread = RelativeSpread(result.samples);
    result.tasks_per_s = Median(completed_rates);
    result.gflops = Median(completed_gflops);
  } else if (result.status == SplitStatus::kCapped) {
    result.verdict = Verdict::kCapped;
    result.tasks_per_s = Median(result.rates);
    result.gflops = Median(capped_gflops);
    result.capped_s = Median(capped_times);
  }
  return result;
}

}  // namespace hybrid
