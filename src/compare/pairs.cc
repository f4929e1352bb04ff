#include "compare/pairs.h"

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
  std::string text = DisturbanceText(before);
  return text.empty() ? DisturbanceText(after) : text;
}

/// What stands last for each configuration, which is the last attempt.
std::map<Key, const Row*> LastOf(std::span<const Row> rows) {
  std::map<Key, const Row*> last;
  for (const auto& [key, its_rows] : GroupByKey(rows)) {
    last[key] = its_rows.back();
  }
  return last;
}

/// The times of each benchmark that ran.
std::map<std::string_view, const std::vector<double>*> TimesOf(
    const BenchmarkRun& run) {
  std::map<std::string_view, const std::vector<double>*> times;
  for (const MeasuredBenchmark& one : run.benchmarks) {
    if (!one.real_times_s.empty()) times[one.name] = &one.real_times_s;
  }
  return times;
}

double Fastest(const std::vector<double>& times) {
  return *std::min_element(times.begin(), times.end());
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

std::map<Key, PairsByTime> PairRows(RowRounds baseline, RowRounds now) {
  std::map<Key, PairsByTime> all;
  for (std::size_t i = 0; i < std::min(baseline.size(), now.size()); ++i) {
    const std::map<Key, const Row*> after = LastOf(now[i]);
    for (const auto& [key, row] : LastOf(baseline[i])) {
      const auto partner = after.find(key);
      if (partner == after.end() || !TellsRatio(*row, *partner->second)) {
        continue;
      }
      const Row& other = *partner->second;
      Pair pair = {i + 1, TimeOf(*row), TimeOf(other),
                   DisturbanceOf(*row, other)};
      PairsByTime& pairs = all[key];
      pairs.median.push_back(pair);
      if (TellsFastest(*row) && TellsFastest(other)) {
        pair.baseline_s = *row->batch_min_s;
        pair.now_s = *other.batch_min_s;
      }
      pairs.fastest.push_back(std::move(pair));
    }
  }
  return all;
}

std::map<std::string, PairsByTime> PairBenchmarks(
    std::span<const BenchmarkRun> baseline, std::span<const BenchmarkRun> now) {
  std::map<std::string, PairsByTime> all;
  for (std::size_t i = 0; i < std::min(baseline.size(), now.size()); ++i) {
    const auto after = TimesOf(now[i]);
    for (const auto& [name, times] : TimesOf(baseline[i])) {
      const auto partner = after.find(name);
      if (partner == after.end()) continue;
      const std::vector<double>& others = *partner->second;
      PairsByTime& pairs = all[std::string(name)];
      pairs.fastest.push_back({i + 1, Fastest(*times), Fastest(others)});
      pairs.median.push_back({i + 1, *Median(*times), *Median(others)});
    }
  }
  return all;
}

}  // namespace hybrid
