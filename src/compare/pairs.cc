#include "compare/pairs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "analysis/disturbance.h"
#include "analysis/evidence.h"
#include "compare/key_rows.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

bool HasEnded(const Row& row) {
  return row.status == Status::kOk || row.status == Status::kCapped;
}

/// Whether the ratio of both times, or the bound that it is, tells anything.
bool TellsRatio(const Row& before, const Row& after) {
  if (!HasEnded(before) || !HasEnded(after) || !HasTime(before) ||
      !HasTime(after)) {
    return false;
  }
  const bool before_capped = before.status == Status::kCapped;
  const bool after_capped = after.status == Status::kCapped;
  if (before_capped && after_capped) return false;
  const bool is_slower = TimeOf(after) > TimeOf(before);
  return !(before_capped && is_slower) && !(after_capped && !is_slower);
}

/// What disturbed either; empty if nothing did.
std::string DisturbanceOf(const Row& before, const Row& after) {
  for (const Row* const row : {&before, &after}) {
    const Disturbance found = FindDisturbance(std::span(row, 1));
    if (found.any()) {
      return fmt::format("{}", fmt::join(DisturbanceTexts(found), ", "));
    }
  }
  return "";
}

/// What stands last for each configuration, which is the last attempt.
std::map<Key, const Row*> LastOf(std::span<const Row> rows) {
  std::map<Key, const Row*> last;
  for (const auto& [key, its_rows] : GroupByKey(rows)) {
    last[key] = its_rows.back();
  }
  return last;
}

/// The time of each benchmark that ran.
std::map<std::string_view, double> TimesOf(const BenchmarkRun& run,
                                           PairTime time) {
  std::map<std::string_view, double> times;
  for (const MeasuredBenchmark& one : run.benchmarks) {
    const std::vector<double>& all = one.real_times_s;
    if (all.empty()) continue;
    times[one.name] = time == PairTime::kFastest
                          ? *std::min_element(all.begin(), all.end())
                          : *Median(all);
  }
  return times;
}

bool TellsFastest(const Row& row) {
  return row.status == Status::kOk && IsPositive(row.batch_min_s);
}

}  // namespace

double Pair::log_ratio() const { return std::log(now_s / baseline_s); }

std::vector<double> LogRatios(const Pairs& pairs) {
  std::vector<double> ratios;
  for (const Pair& pair : pairs) {
    if (pair.disturbance.empty()) ratios.push_back(pair.log_ratio());
  }
  return ratios;
}

std::size_t DisturbedIn(const Pairs& pairs) {
  return static_cast<std::size_t>(std::count_if(
      pairs.begin(), pairs.end(),
      [](const Pair& pair) { return !pair.disturbance.empty(); }));
}

std::map<Key, Pairs> PairRows(RowRounds baseline, RowRounds now,
                              PairTime time) {
  std::map<Key, Pairs> pairs;
  for (std::size_t i = 0; i < std::min(baseline.size(), now.size()); ++i) {
    const std::map<Key, const Row*> after = LastOf(now[i]);
    for (const auto& [key, row] : LastOf(baseline[i])) {
      const auto partner = after.find(key);
      if (partner == after.end() || !TellsRatio(*row, *partner->second)) {
        continue;
      }
      const Row& other = *partner->second;
      const bool by_fastest = time == PairTime::kFastest &&
                              TellsFastest(*row) && TellsFastest(other);
      pairs[key].push_back({i + 1,
                            by_fastest ? *row->batch_min_s : TimeOf(*row),
                            by_fastest ? *other.batch_min_s : TimeOf(other),
                            DisturbanceOf(*row, other)});
    }
  }
  return pairs;
}

std::map<std::string, Pairs> PairBenchmarks(
    std::span<const BenchmarkRun> baseline, std::span<const BenchmarkRun> now,
    PairTime time) {
  std::map<std::string, Pairs> pairs;
  for (std::size_t i = 0; i < std::min(baseline.size(), now.size()); ++i) {
    const auto after = TimesOf(now[i], time);
    for (const auto& [name, time_s] : TimesOf(baseline[i], time)) {
      const auto partner = after.find(name);
      if (partner == after.end()) continue;
      pairs[std::string(name)].push_back({i + 1, time_s, partner->second});
    }
  }
  return pairs;
}

}  // namespace hybrid
