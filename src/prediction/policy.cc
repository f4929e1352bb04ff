#include "prediction/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "analysis/split_result.h"
#include "prediction/measured_times.h"
#include "prediction/predict.h"
#include "prediction/prediction_error.h"

namespace hybrid {
namespace {

/// The most n × batches: looking for the fewest rules takes time.
constexpr std::size_t kMostSizes = 256;

/// The cores of as many hosts as any split is spread over: batches that tell of
/// each other there do so everywhere.
std::uint64_t MostCores(std::span<const PolicyPoint> points,
                        const GroupKey& key) {
  std::uint64_t hosts = 1;
  for (const PolicyPoint& point : points) {
    hosts = std::max(hosts, point.split.host_count);
  }
  return hosts * std::max<std::uint64_t>(key.usable_cores, 1);
}

/// The largest whole number that is nearer to `low` than to `high`, as a
/// factor; below `high`, which is above `low`.
std::uint64_t LastNear(std::uint64_t low, std::uint64_t high) {
  // Rounded down, but not from what is whole but for an error of rounding.
  constexpr double kRounding = 1 + 1e-12;
  const double mean = std::sqrt(static_cast<double>(low)) *
                      std::sqrt(static_cast<double>(high)) * kRounding;
  // Numbers that large are no longer whole as a double.
  if (mean >= static_cast<double>(high)) return high - 1;
  return std::max(low, static_cast<std::uint64_t>(mean));
}

/// What `prediction` says of its size, as if that had been measured.
Answer AsAnswer(const Prediction& prediction, const GroupKey& key,
                const TaskSize& size) {
  Answer answer;
  answer.key = key;
  answer.key.n = size.n;
  answer.key.batch = size.batch;
  const double best = prediction.times.front().seconds;
  for (const PredictedTime& time : prediction.times) {
    SplitResult& split = answer.splits.emplace_back();
    split.split = time.split;
    split.status = PooledStatus::kOk;
    split.median_s = time.seconds;
    split.slowdown = time.seconds / best;
    split.oversubscribed = time.is_second_choice;
    split.verdict = answer.splits.size() == 1            ? Verdict::kBest
                    : *split.slowdown <= kPredictedAlike ? Verdict::kTie
                                                         : Verdict::kLoser;
  }
  return answer;
}

/// The answers for all sizes that are known, measured or predicted.
struct KnownAnswers {
  std::vector<const Answer*> measured;
  std::vector<Answer> predicted;
};

KnownAnswers FindKnown(const Grid& grid) {
  std::set<std::uint64_t> orders;
  std::set<std::uint64_t> batches;
  for (const Answer* const answer : grid.way.answers) {
    orders.insert(answer->key.n);
    batches.insert(answer->key.batch);
  }
  if (orders.size() * batches.size() > kMostSizes) {
    throw PredictionError(fmt::format(
        "{} n × {} batches are more than the {} sizes that a policy is for: "
        "take part of them with --filter, such as --filter=batch:{}/",
        orders.size(), batches.size(), kMostSizes, *batches.rbegin()));
  }
  const MeasuredTimes times = TimesOf(grid.way.answers);
  KnownAnswers known;
  for (const std::uint64_t batch : batches) {
    for (const std::uint64_t n : orders) {
      const Answer* const answer = grid.Find({n, batch});
      if (answer != nullptr && IsDecided(*answer)) {
        known.measured.push_back(answer);
      } else if (const auto prediction = Predict(times, {n, batch})) {
        known.predicted.push_back(
            AsAnswer(*prediction, grid.key(), {n, batch}));
      }
    }
  }
  return known;
}

/// The points of `known`, by batch and n.
std::vector<PolicyPoint> PointsOf(const KnownAnswers& known) {
  std::vector<const Answer*> answers = known.measured;
  for (const Answer& answer : known.predicted) answers.push_back(&answer);
  std::vector<PolicyPoint> points;
  const Advice advice = FewestRules(answers);
  for (const AdviceRule& rule : advice.rules) {
    for (const Answer* const group : rule.groups) {
      const bool measured =
          std::find(known.measured.begin(), known.measured.end(), group) !=
          known.measured.end();
      points.push_back({{group->key.n, group->key.batch},
                        rule.split,
                        group->Find(rule.split)->median_s,
                        measured});
    }
  }
  std::sort(points.begin(), points.end(),
            [](const PolicyPoint& a, const PolicyPoint& b) {
              return std::pair(a.size.batch, a.size.n) <
                     std::pair(b.size.batch, b.size.n);
            });
  return points;
}

/// A split, and the n that it is for.
struct PolicyRun {
  MeasuredRange n;
  Split split;
};

/// The runs of the points of one batch.
std::vector<PolicyRun> RunsOf(std::span<const PolicyPoint> points) {
  std::vector<PolicyRun> runs;
  for (const PolicyPoint& point : points) {
    const std::uint64_t n = point.size.n;
    if (!runs.empty() && runs.back().split == point.split) {
      runs.back().n.high = n;
      continue;
    }
    std::uint64_t low = n;
    if (!runs.empty()) {
      runs.back().n.high = LastNear(runs.back().n.high, n);
      low = runs.back().n.high + 1;
    }
    runs.push_back({{low, n}, point.split});
  }
  return runs;
}

/// The batches that each of `measured` speaks for.
std::map<std::uint64_t, MeasuredRange> BatchRanges(
    const std::set<std::uint64_t>& measured, std::uint64_t cores) {
  std::map<std::uint64_t, MeasuredRange> ranges;
  std::uint64_t former = 0;  // that tells of the next one; 0: none
  for (const std::uint64_t batch : measured) {
    MeasuredRange& range = ranges[batch];
    range = {batch, batch};
    // The least batch that any other tells of.
    if (!BatchTellsOf(kAnyBatch, batch, cores)) continue;
    range.high = kAnyBatch;
    range.low = 2 * cores;
    if (former > 0) {
      ranges[former].high = LastNear(former, batch);
      range.low = ranges[former].high + 1;
    }
    former = batch;
  }
  return ranges;
}

std::vector<PolicyRule> RulesOf(std::span<const PolicyPoint> points,
                                std::uint64_t cores) {
  std::map<std::uint64_t, std::vector<PolicyPoint>> by_batch;
  std::set<std::uint64_t> batches;
  for (const PolicyPoint& point : points) {
    by_batch[point.size.batch].push_back(point);
    batches.insert(point.size.batch);
  }
  std::vector<PolicyRule> rules;
  for (const auto& batch : BatchRanges(batches, cores)) {
    const MeasuredRange& range = batch.second;
    for (const PolicyRun& run : RunsOf(by_batch.at(batch.first))) {
      const auto same =
          std::find_if(rules.begin(), rules.end(), [&](const PolicyRule& rule) {
            return rule.split == run.split && rule.n == run.n &&
                   rule.batch.high + 1 == range.low;
          });
      if (same != rules.end()) {
        same->batch.high = range.high;
      } else {
        rules.push_back({run.n, range, run.split});
      }
    }
  }
  return rules;
}

}  // namespace

const PolicyRule* Policy::Find(const TaskSize& size) const {
  const auto rule =
      std::find_if(rules.begin(), rules.end(), [&size](const PolicyRule& one) {
        return one.n.Holds(size.n) && one.batch.Holds(size.batch);
      });
  return rule == rules.end() ? nullptr : &*rule;
}

Policy MakePolicy(const Grid& grid) {
  Policy policy;
  policy.key = grid.key();
  policy.machine_id = grid.machine_id;
  policy.conditions = grid.way.conditions;
  policy.days = grid.first_day == grid.last_day
                    ? grid.first_day
                    : fmt::format("{} to {}", grid.first_day, grid.last_day);
  policy.not_run = grid.not_run.size();
  policy.points = PointsOf(FindKnown(grid));
  if (policy.points.empty()) {
    throw PredictionError("no two splits were measured at any n and batch");
  }
  policy.rules = RulesOf(policy.points, MostCores(policy.points, policy.key));
  policy.n = policy.rules.front().n;
  for (const PolicyRule& rule : policy.rules) {
    policy.n.low = std::min(policy.n.low, rule.n.low);
    policy.n.high = std::max(policy.n.high, rule.n.high);
  }
  policy.left_out = TryLeftOut(grid, {.n = policy.n.low != policy.n.high,
                                      .batch = policy.n.low == policy.n.high});
  return policy;
}

}  // namespace hybrid
