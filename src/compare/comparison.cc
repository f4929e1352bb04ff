#include "compare/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/noise_floor.h"
#include "compare/axes.h"
#include "compare/key_rows.h"
#include "compare/run_scatter.h"
#include "compare/side_differences.h"
#include "key/key.h"
#include "results/row.h"
#include "statistics/benjamini_hochberg.h"
#include "statistics/bootstrap.h"
#include "statistics/mann_whitney.h"

namespace hybrid {
namespace {

using ByConfiguration = std::map<Key, ComparedConfiguration>;

/// The largest noise floor on record for the hosts and n of `rows`.
std::optional<double> RecordedFloor(std::span<const Row* const> rows,
                                    std::span<const NoiseFloor> floors) {
  std::optional<double> largest;
  const std::string* host = nullptr;
  for (const Row* const row : rows) {
    if (host != nullptr && *host == row->host) continue;
    host = &row->host;
    if (const auto floor = FloorFor(floors, row->host, row->n)) {
      largest = std::max(largest.value_or(0), floor->floor);
    }
  }
  return largest;
}

/// Pools the rows of one side into that `side` of its configurations, and
/// raises their `floor` to the noise floor on its record.
void AddSide(std::span<const Row> rows, PooledRows ComparedConfiguration::*side,
             ByConfiguration& all) {
  const std::vector<NoiseFloor> floors = FindNoiseFloors(rows);
  for (const auto& [key, its_rows] : GroupByKey(rows)) {
    ComparedConfiguration& compared = all[key];
    compared.key = key;
    compared.*side = PoolRows(its_rows);
    if (const auto floor = RecordedFloor(its_rows, floors)) {
      compared.floor = std::max(compared.floor.value_or(0), *floor);
    }
  }
}

/// Sets `threshold`. The noise floor says how far apart two launches may be:
/// where every repetition was a launch of its own the test sees that by itself,
/// and better, for this configuration and not for another one of the same n.
void SetThreshold(const CompareSettings& settings,
                  ComparedConfiguration& compared) {
  if (compared.baseline.launched_anew && compared.now.launched_anew) {
    compared.floor.reset();
  }
  compared.threshold = std::max(settings.threshold, compared.floor.value_or(0));
}

bool BothCompleted(const ComparedConfiguration& compared) {
  return compared.baseline.status == PooledStatus::kOk &&
         compared.now.status == PooledStatus::kOk;
}

/// Sets `ratio` where both sides completed, and `interval` where both have
/// several samples.
void MeasureRatio(RatioBootstrap& bootstrap, ComparedConfiguration& compared) {
  if (!BothCompleted(compared)) return;
  const PooledRows& before = compared.baseline;
  const PooledRows& after = compared.now;
  compared.ratio = *after.median_s / *before.median_s;
  if (before.samples.size() < 2 || after.samples.size() < 2) return;
  compared.interval = bootstrap(before.runs, after.runs);
}

/// Sets the p-values of all configurations that a test can tell anything of,
/// and returns how many these are. The others do not make their tests stricter,
/// as R. E. Tarone proposed: "A modified Bonferroni method for discrete data",
/// Biometrics 46 (1990), 515-522.
std::size_t TestTimes(std::vector<ComparedConfiguration>& all, double alpha) {
  std::vector<ComparedConfiguration*> tested;
  std::vector<double> p_values;
  for (ComparedConfiguration& compared : all) {
    const PooledRows& before = compared.baseline;
    const PooledRows& after = compared.now;
    if (!BothCompleted(compared) ||
        SmallestMannWhitneyP(before.samples.size(), after.samples.size()) >
            alpha) {
      continue;
    }
    compared.p_value = MannWhitney(before.samples, after.samples);
    if (!compared.p_value) continue;
    tested.push_back(&compared);
    p_values.push_back(*compared.p_value);
  }
  p_values = BenjaminiHochberg(p_values);
  for (std::size_t i = 0; i < tested.size(); ++i) {
    tested[i]->adjusted_p = p_values[i];
  }
  return tested.size();
}

/// The smaller, the worse: by change, then by how far apart the medians are.
std::tuple<Change, double> RankOf(const ComparedConfiguration& c) {
  return {c.change, -std::abs(std::log(c.ratio.value_or(1)))};
}

void SortWorstFirst(std::vector<ComparedConfiguration>& all) {
  std::stable_sort(
      all.begin(), all.end(),
      [](const ComparedConfiguration& a, const ComparedConfiguration& b) {
        return RankOf(a) < RankOf(b);
      });
}

bool IsOfTypedBlis(const Key& key) { return key.blas == kFormerBlas; }

/// How to measure what compares with a baseline of blis-typed alone, as all are
/// that were recorded before there was a choice; empty for others.
std::string TypedBlisAdvice(const std::vector<Key>& before,
                            const std::vector<Key>& after) {
  const bool is_former =
      std::all_of(before.begin(), before.end(), IsOfTypedBlis) &&
      std::none_of(after.begin(), after.end(), IsOfTypedBlis);
  return is_former ? fmt::format("; measure with --blas={}", kFormerBlas) : "";
}

}  // namespace

std::size_t Comparison::Count(Change change) const {
  return static_cast<std::size_t>(
      std::count_if(configurations.begin(), configurations.end(),
                    [=](const auto& c) { return c.change == change; }));
}

std::size_t Comparison::in_common() const {
  return configurations.size() - Count(Change::kOnlyInBaseline) -
         Count(Change::kOnlyInNew);
}

bool Comparison::refused() const {
  return !differences.empty() && differences.front().weight == Weight::kRefused;
}

Comparison Compare(std::span<const Row> baseline, std::span<const Row> now,
                   const CompareSettings& settings) {
  Comparison comparison;
  comparison.settings = settings;
  comparison.baseline = IdentityOf(baseline);
  comparison.now = IdentityOf(now);
  ByConfiguration by_configuration;
  AddSide(baseline, &ComparedConfiguration::baseline, by_configuration);
  AddSide(now, &ComparedConfiguration::now, by_configuration);
  auto& all = comparison.configurations;
  RatioBootstrap bootstrap;
  for (auto& [key, compared] : by_configuration) {
    SetThreshold(settings, compared);
    MeasureRatio(bootstrap, compared);
    comparison.completed +=
        compared.baseline.completed + compared.now.completed;
    comparison.disturbed +=
        compared.baseline.disturbed + compared.now.disturbed;
    all.push_back(std::move(compared));
  }
  comparison.tests = TestTimes(all, settings.alpha);
  comparison.needed = NeededRepetitions(
      settings.alpha, static_cast<std::size_t>(std::count_if(
                          all.begin(), all.end(), BothCompleted)));
  const Jury jury{settings, comparison.tests, comparison.needed,
                  FindRunScatter(all)};
  for (ComparedConfiguration& compared : all) Judge(jury, compared);
  comparison.differences = FindDifferences(comparison.baseline, comparison.now);
  AddKernelDifferences(all, comparison.differences);
  SortWorstFirst(all);
  comparison.best_splits = FindBestSplitChanges(baseline, now, settings);
  return comparison;
}

std::string NothingInCommonText(const Comparison& comparison) {
  std::vector<Key> before;
  std::vector<Key> after;
  for (const ComparedConfiguration& c : comparison.configurations) {
    if (c.baseline.status != PooledStatus::kMissing) {
      before.push_back(c.key);
    }
    if (c.now.status != PooledStatus::kMissing) after.push_back(c.key);
  }
  if (before.empty() || after.empty()) {
    return fmt::format("the {} hold no results to compare",
                       before.empty() ? "baseline's files" : "new files");
  }
  return fmt::format("the files have no configuration in common: {}{}",
                     DifferingAxesText(before, after),
                     TypedBlisAdvice(before, after));
}

}  // namespace hybrid
