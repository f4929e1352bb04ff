#include "compare/named_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compare/compared_side.h"
#include "compare/judge_all.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

ComparedSide PoolNamed(const NamedSamples& named) {
  ComparedSide side;
  side.runs = named.runs;
  side.samples = AllSamples(named.runs);
  side.completed = side.whole = side.samples.size();
  side.error = named.error;
  if (!side.samples.empty()) {
    side.fastest_s =
        *std::min_element(side.samples.begin(), side.samples.end());
  }
  if (!side.error.empty()) {
    side.status = PooledStatus::kFailed;
  } else if (!side.samples.empty()) {
    side.status = PooledStatus::kOk;
    side.median_s = Median(side.samples);
    side.spread = RelativeSpread(side.samples);
    side.low_s = side.fastest_s;
    side.high_s = *std::max_element(side.samples.begin(), side.samples.end());
  }
  return side;
}

/// Why a name has nothing on one side, by name.
using NotRun = std::map<std::string_view, std::string_view>;

NotRun NotRunIn(const NamedSide& side) {
  NotRun reasons;
  for (const NamedSamples& named : side.samples) {
    if (!named.not_run.empty()) reasons.emplace(named.name, named.not_run);
  }
  return reasons;
}

/// Says of what is on one side only why the other has nothing.
void ExplainNotRun(const NotRun& before, const NotRun& after,
                   ComparedConfiguration& c) {
  const bool is_gone = c.change == Change::kOnlyInBaseline;
  if (!is_gone && c.change != Change::kOnlyInNew) return;
  const NotRun& reasons = is_gone ? after : before;
  const auto reason = reasons.find(c.name);
  if (reason == reasons.end()) return;
  c.reason +=
      fmt::format("{}skipped in {}: {}", c.reason.empty() ? "" : "; ",
                  is_gone ? "the new results" : "the baseline", reason->second);
}

}  // namespace

Comparison CompareNamed(const NamedSide& baseline, const NamedSide& now,
                        std::vector<Difference> differences,
                        const CompareSettings& settings) {
  Comparison comparison;
  comparison.settings = settings;
  comparison.baseline = baseline.identity;
  comparison.now = now.identity;
  comparison.differences = std::move(differences);
  SortByWeight(comparison.differences);
  auto& all = comparison.configurations;
  std::map<std::string_view, std::size_t> places;
  const auto add = [&](const NamedSide& side,
                       ComparedSide ComparedConfiguration::*member) {
    for (const NamedSamples& named : side.samples) {
      const auto [place, is_new] = places.try_emplace(named.name, all.size());
      if (is_new) all.emplace_back().name = named.name;
      all[place->second].*member = PoolNamed(named);
    }
  };
  add(baseline, &ComparedConfiguration::baseline);
  add(now, &ComparedConfiguration::now);
  JudgeAll(comparison);
  const NotRun before = NotRunIn(baseline);
  const NotRun after = NotRunIn(now);
  for (ComparedConfiguration& c : all) ExplainNotRun(before, after, c);
  SortWorstFirst(all);
  return comparison;
}

}  // namespace hybrid
