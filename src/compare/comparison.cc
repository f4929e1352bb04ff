#include "compare/comparison.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/answer.h"
#include "analysis/noise_floor.h"
#include "compare/axes.h"
#include "compare/group_partners.h"
#include "compare/judge_all.h"
#include "compare/key_rows.h"
#include "compare/side_differences.h"
#include "key/key.h"
#include "key/key_text.h"
#include "results/row.h"

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
void AddSide(std::span<const Row> rows,
             ComparedSide ComparedConfiguration::*side, ByConfiguration& all) {
  const std::vector<NoiseFloor> floors = FindNoiseFloors(rows);
  for (const auto& [key, its_rows] : GroupByKey(rows)) {
    ComparedConfiguration& compared = all[key];
    compared.key = key;
    compared.*side = PoolSide(its_rows);
    if (const auto floor = RecordedFloor(its_rows, floors)) {
      compared.floor = std::max(compared.floor.value_or(0), *floor);
    }
  }
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

/// The names that one side alone has, as far as a line takes them.
std::string NamesText(const Comparison& comparison, Change only_in) {
  constexpr std::size_t kMostNames = 3;
  std::vector<std::string> names;
  for (const ComparedConfiguration& c : comparison.configurations) {
    if (c.change == only_in) names.push_back(c.name);
  }
  const bool more = names.size() > kMostNames;
  if (more) names.resize(kMostNames);
  return fmt::format("{}{}", fmt::join(names, ", "), more ? ", …" : "");
}

std::string NoNameInCommonText(const Comparison& comparison) {
  return fmt::format(
      "the files have no {} in common: {} in the baseline and {} in the new "
      "results",
      comparison.noun(), NamesText(comparison, Change::kOnlyInBaseline),
      NamesText(comparison, Change::kOnlyInNew));
}

}  // namespace

std::size_t Comparison::Count(Change change) const {
  return static_cast<std::size_t>(
      std::count_if(configurations.begin(), configurations.end(),
                    [=](const auto& c) { return c.change == change; }));
}

std::size_t Comparison::slower_bests() const {
  return static_cast<std::size_t>(std::count_if(
      best_times.begin(), best_times.end(), [this](const BestTime& best) {
        if (best.times.change != Change::kSlower) return false;
        return std::none_of(
            configurations.begin(), configurations.end(), [&](const auto& c) {
              return c.change == Change::kSlower && c.key == best.times.key;
            });
      }));
}

std::size_t Comparison::decided_bests() const {
  return static_cast<std::size_t>(
      std::count_if(best_times.begin(), best_times.end(),
                    [](const BestTime& best) { return best.is_decided(); }));
}

std::size_t Comparison::left_out() const {
  return static_cast<std::size_t>(
      std::count_if(configurations.begin(), configurations.end(),
                    [](const auto& c) { return c.left_out; }));
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
  all.reserve(by_configuration.size());
  for (auto& [key, compared] : by_configuration) {
    all.push_back(std::move(compared));
  }
  JudgeAll(comparison);
  comparison.differences = FindDifferences(comparison.baseline, comparison.now);
  AddKernelDifferences(all, comparison.differences);
  AddLaunchDifference(all, comparison.differences);
  const std::vector<Answer> before = FindAnswers(baseline);
  const std::vector<Answer> after = FindAnswers(now);
  const std::vector<GroupPartners> groups = FindGroupPartners(before, after);
  comparison.best_splits = FindBestSplitChanges(groups, settings);
  comparison.best_times = FindBestTimes(groups, all, comparison.jury());
  SortWorstFirst(all);
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
  if (comparison.has_names()) return NoNameInCommonText(comparison);
  for (const ComparedConfiguration& c : comparison.configurations) {
    if (!c.left_out) continue;
    return fmt::format(
        "the files have no configuration in common that both measured, and no "
        "group with a best split on both sides: {} was {}",
        KeyText(c.key, KeyStyle::kShort), c.reason);
  }
  return fmt::format("the files have no configuration in common: {}{}",
                     DifferingAxesText(before, after),
                     TypedBlisAdvice(before, after));
}

}  // namespace hybrid
