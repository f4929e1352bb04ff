#include "statistics/variance_components.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "statistics/bootstrap.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// The sums of an analysis of variance, to which sides add theirs.
struct Sums {
  double between = 0;          ///< squares of runs about their side's mean
  double within = 0;           ///< squares of samples about their run's mean
  double between_freedom = 0;  ///< runs but one a side
  double within_freedom = 0;   ///< samples but one a run
  /// Of the variance between runs so much is in `between`.
  double between_weight = 0;
};

std::vector<double> LogsOf(const std::vector<double>& samples) {
  std::vector<double> logs;
  logs.reserve(samples.size());
  for (const double sample : samples) logs.push_back(std::log(sample));
  return logs;
}

void AddSums(const Runs& runs, Sums& sums) {
  const std::vector<double> all = LogsOf(AllSamples(runs));
  if (all.empty()) return;
  const double mean = Mean(all);
  const auto count = static_cast<double>(all.size());
  double squared_counts = 0;
  for (const std::vector<double>& run : runs) {
    const std::vector<double> logs = LogsOf(run);
    const double run_mean = Mean(logs);
    const auto run_count = static_cast<double>(run.size());
    squared_counts += run_count * run_count;
    sums.between += run_count * (run_mean - mean) * (run_mean - mean);
    for (const double log : logs) {
      sums.within += (log - run_mean) * (log - run_mean);
    }
  }
  sums.between_freedom += static_cast<double>(runs.size()) - 1;
  sums.within_freedom += count - static_cast<double>(runs.size());
  sums.between_weight += count - squared_counts / count;
}

}  // namespace

std::optional<double> VarianceComponents::ErrorOfMean(
    double of_runs, double samples_per_run) const {
  if (!between_runs || !within_runs) return std::nullopt;
  return std::sqrt(*between_runs * *between_runs / of_runs +
                   *within_runs * *within_runs / (of_runs * samples_per_run));
}

VarianceComponents FindVarianceComponents(std::span<const Runs> sides) {
  VarianceComponents components;
  Sums sums;
  for (const Runs& runs : sides) {
    components.runs += runs.size();
    components.samples += AllSamples(runs).size();
    AddSums(runs, sums);
  }
  if (sums.within_freedom > 0) {
    const double within = sums.within / sums.within_freedom;
    components.within_runs = std::sqrt(within);
    if (sums.between_freedom > 0) {
      const double between =
          (sums.between - sums.between_freedom * within) / sums.between_weight;
      components.between_runs = std::sqrt(std::max(between, 0.0));
    }
  } else if (sums.between_freedom > 0) {
    components.undivided = std::sqrt(sums.between / sums.between_freedom);
  }
  return components;
}

}  // namespace hybrid
