#include "compare/why.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "compare/measure_times.h"
#include "compare/pairs.h"
#include "statistics/bootstrap.h"

namespace hybrid {
namespace {

/// The conditions under which a cap is a difference, if one side was capped.
Conditions CapConditionsOf(const ComparedConfiguration& c) {
  const bool now_capped = c.now.status == PooledStatus::kCapped;
  const ComparedSide& capped = now_capped ? c.now : c.baseline;
  const ComparedSide& completed = now_capped ? c.baseline : c.now;
  if (capped.status != PooledStatus::kCapped || capped.left_out() ||
      completed.status != PooledStatus::kOk) {
    return {};
  }
  return CapConditions(capped, completed, c.threshold);
}

std::optional<double> PairDeviation(const WeighedPairs& paired) {
  std::vector<double> ratios;
  for (const double logarithm : LogRatios(paired.pairs)) {
    ratios.push_back(std::exp(logarithm));
  }
  return FindVarianceComponents(std::array{Runs{std::move(ratios)}})
      .within_runs;
}

}  // namespace

Why Explain(const Comparison& comparison, const ComparedConfiguration& compared,
            std::vector<SideRun> baseline, std::vector<SideRun> now) {
  Why why;
  why.compared = compared;
  why.jury = comparison.jury();
  why.baseline.runs = std::move(baseline);
  why.now.runs = std::move(now);
  const std::array sides = {compared.baseline.runs, compared.now.runs};
  why.baseline.variance = FindVarianceComponents(std::span(&sides[0], 1));
  why.now.variance = FindVarianceComponents(std::span(&sides[1], 1));
  why.variance = FindVarianceComponents(sides);
  if (compared.paired) {
    why.pair_deviation = PairDeviation(*compared.paired);
    why.conditions = FindPairConditions(why.jury.settings, compared);
  } else if (AreCompared(compared)) {
    why.conditions = FindConditions(why.jury, compared);
  } else {
    why.cap_conditions = CapConditionsOf(compared);
  }
  const auto best =
      std::find_if(comparison.best_times.begin(), comparison.best_times.end(),
                   [&](const BestTime& one) {
                     return compared.name.empty() && one.before == one.now &&
                            one.times.key == compared.key;
                   });
  if (best != comparison.best_times.end()) why.best = *best;
  return why;
}

std::optional<double> ErrorOfRatio(const Why& why, double more_runs,
                                   double more_samples) {
  double squares = 0;
  for (const WhySide* const side : {&why.baseline, &why.now}) {
    const auto runs = static_cast<double>(side->variance.runs);
    const auto samples = static_cast<double>(side->variance.samples);
    if (runs == 0) return std::nullopt;
    const std::optional<double> error = why.variance.ErrorOfMean(
        runs * more_runs, samples / runs * more_samples);
    if (!error) return std::nullopt;
    squares += *error * *error;
  }
  return std::sqrt(squares);
}

}  // namespace hybrid
