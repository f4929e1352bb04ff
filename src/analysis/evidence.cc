#include "analysis/evidence.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "statistics/samples.h"

namespace hybrid {
namespace {

double Threads(const Row& row) {
  return static_cast<double>(row.workers) *
         static_cast<double>(row.blas_threads);
}

/// value / base, if both were measured.
std::optional<double> Over(const std::optional<double>& value,
                           const std::optional<double>& base) {
  if (!value || !base || *base <= 0) return std::nullopt;
  return *value / *base;
}

/// The median of what `value` gives for each row.
template <typename Value>
std::optional<double> MedianOf(std::span<const Row* const> rows, Value value) {
  std::vector<double> values;
  for (const Row* const row : rows) {
    const std::optional<double> one = value(*row);
    if (one && std::isfinite(*one)) values.push_back(*one);
  }
  return Median(values);
}

std::optional<double> InvoluntaryPerSecond(const Row& row) {
  if (!row.involuntary_switches || !row.wall_s) return std::nullopt;
  // A capped row may say no iteration: it is of the one batch.
  const auto batches =
      static_cast<double>(std::max<std::uint64_t>(row.iterations, 1));
  return Over(static_cast<double>(*row.involuntary_switches),
              batches * *row.wall_s);
}

}  // namespace

bool HasTime(const Row& row) {
  return row.wall_s && std::isfinite(*row.wall_s) && *row.wall_s > 0;
}

double UsedCores(const Row& row) {
  const auto usable = static_cast<double>(row.usable_cores);
  return usable > 0 ? std::min(Threads(row), usable) : Threads(row);
}

Evidence PoolEvidence(std::span<const Row* const> rows) {
  const auto of_wall = [&](std::optional<double> Row::*field) {
    return MedianOf(rows,
                    [&](const Row& r) { return Over(r.*field, r.wall_s); });
  };
  const auto of_cpu = [&](std::optional<double> Row::*field) {
    return MedianOf(rows, [&](const Row& r) {
      return Over(Over(r.*field, r.wall_s), UsedCores(r));
    });
  };
  const auto per_thread = [&](auto value) {
    return MedianOf(rows,
                    [&](const Row& r) { return Over(value(r), Threads(r)); });
  };
  const auto plain = [&](std::optional<double> Row::*field) {
    return MedianOf(rows, [&](const Row& r) { return r.*field; });
  };
  Evidence evidence;
  evidence.load_share = of_wall(&Row::load_s);
  evidence.operate_share = of_wall(&Row::operate_s);
  evidence.idle_share = of_wall(&Row::idle_s);
  evidence.idle_s = plain(&Row::idle_s);
  evidence.start_s = plain(&Row::start_s);
  evidence.imbalance = plain(&Row::imbalance);
  evidence.run_delay =
      per_thread([](const Row& r) { return Over(r.run_delay_s, r.wall_s); });
  evidence.involuntary_per_s = MedianOf(rows, InvoluntaryPerSecond);
  evidence.task_p50_s = plain(&Row::task_p50_s);
  evidence.task_p99_s = plain(&Row::task_p99_s);
  evidence.peak_fraction = plain(&Row::peak_fraction);
  evidence.gflops_per_thread =
      per_thread([](const Row& r) { return r.gflops; });
  evidence.steal_share = of_cpu(&Row::steal_s);
  evidence.foreign_share = of_cpu(&Row::foreign_cpu_s);
  evidence.speed = plain(&Row::speed_fraction);
  evidence.throttled_share = of_cpu(&Row::throttled_s);
  if (evidence.throttled_share) {
    // It counts each CPU apart, and a quota makes more of them stand still than
    // it leaves cores to use.
    *evidence.throttled_share = std::min(*evidence.throttled_share, 1.0);
  }
  return evidence;
}

}  // namespace hybrid
