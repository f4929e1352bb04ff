#include "compare/measure_times.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analysis/pooled_rows.h"
#include "statistics/benjamini_hochberg.h"
#include "statistics/mann_whitney.h"

namespace hybrid {
namespace {

/// Of the Mann-Whitney test, where that can tell anything.
std::optional<double> PValue(const ComparedConfiguration& c, double alpha) {
  if (c.p_value) return c.p_value;
  const std::vector<double>& before = c.baseline.samples;
  const std::vector<double>& after = c.now.samples;
  if (!AreCompared(c) ||
      SmallestMannWhitneyP(before.size(), after.size()) > alpha) {
    return std::nullopt;
  }
  return MannWhitney(before, after);
}

}  // namespace

void SetThreshold(const CompareSettings& settings,
                  ComparedConfiguration& compared) {
  if (compared.baseline.of_launches && compared.now.of_launches) {
    compared.floor.reset();
  }
  compared.threshold = std::max(settings.threshold, compared.floor.value_or(0));
}

bool AreCompared(const ComparedConfiguration& compared) {
  return compared.baseline.status == PooledStatus::kOk &&
         compared.now.status == PooledStatus::kOk &&
         compared.baseline.has_launches() && compared.now.has_launches();
}

void MeasureRatio(RatioBootstrap& bootstrap, ComparedConfiguration& compared) {
  if (!AreCompared(compared)) return;
  const ComparedSide& before = compared.baseline;
  const ComparedSide& after = compared.now;
  compared.ratio = *after.median_s / *before.median_s;
  if (before.samples.size() < 2 || after.samples.size() < 2) return;
  compared.interval = bootstrap(before.runs, after.runs);
}

std::size_t TestTimes(std::span<ComparedConfiguration* const> all,
                      double alpha) {
  std::vector<ComparedConfiguration*> tested;
  std::vector<double> p_values;
  for (ComparedConfiguration* const compared : all) {
    compared->p_value = PValue(*compared, alpha);
    if (!compared->p_value) continue;
    tested.push_back(compared);
    p_values.push_back(*compared->p_value);
  }
  p_values = BenjaminiHochberg(p_values);
  for (std::size_t i = 0; i < tested.size(); ++i) {
    tested[i]->adjusted_p = p_values[i];
  }
  return tested.size();
}

}  // namespace hybrid
