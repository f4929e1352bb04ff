#include "compare/best_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/launches.h"
#include "analysis/split_result.h"
#include "compare/measure_times.h"
#include "key/key_text.h"
#include "search/statement.h"
#include "statistics/known_spread.h"
#include "statistics/race.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

bool IsOfLaunches(const Answer& answer) {
  return answer.launched || answer.best()->launched_anew;
}

/// What `split` of the group is among `all`; null if it is not.
const ComparedConfiguration* Find(std::span<const ComparedConfiguration> all,
                                  const GroupKey& group, const Split& split) {
  const Key key = GroupOf(group);
  const auto place =
      std::find_if(all.begin(), all.end(), [&](const ComparedConfiguration& c) {
        return c.key.split() == split && GroupOf(c.key) == key;
      });
  return place == all.end() ? nullptr : &*place;
}

/// Standard deviation of the logarithms of several samples.
double OwnSpread(const std::vector<double>& samples) {
  const auto count = static_cast<double>(samples.size());
  double sum = 0;
  for (const double sample : samples) sum += std::log(sample);
  double squares = 0;
  for (const double sample : samples) {
    const double rest = std::log(sample) - sum / count;
    squares += rest * rest;
  }
  return std::sqrt(squares / (count - 1));
}

/// Of `side`, whose launches have the spread of their race, but their own where
/// that is far larger, as the race has it.
SpreadMedian MedianOf(const ComparedSide& side, const Answer& answer) {
  const auto others = static_cast<double>(side.samples.size() - 1);
  SpreadMedian median{.median = *side.median_s,
                      .count = side.samples.size(),
                      .spread = answer.launched->statement.launch_spread,
                      .freedom = kPriorFreedom + others};
  if (side.samples.size() < kFewestSamples) return median;
  const double own = OwnSpread(side.samples);
  if (own > kOwnSpreadFactor * median.spread) {
    median.spread = own;
    median.freedom = others;
  }
  return median;
}

/// The floor of what was not launched anew on both sides.
std::optional<double> FloorOf(const GroupPartners& group) {
  std::optional<double> floor;
  for (const Answer* const answer : {group.baseline, group.now}) {
    if (answer->noise_floor) {
      floor = std::max(floor.value_or(0), answer->noise_floor->floor);
    }
  }
  return floor;
}

/// Both races know the spread of their launches.
bool HaveSpreads(const GroupPartners& group) {
  const auto has = [](const Answer& answer) {
    return answer.launched && answer.launched->statement.launch_spread > 0;
  };
  return has(*group.baseline) && has(*group.now);
}

/// The times of both bests, which are among `all`, without a verdict.
BestTime TimesOfBests(const GroupPartners& group,
                      std::span<const ComparedConfiguration> all,
                      const Jury& jury, RatioBootstrap& bootstrap) {
  BestTime best;
  best.key = group.now->key;
  best.before = group.baseline->best()->split;
  best.now = group.now->best()->split;
  const ComparedConfiguration* const before =
      Find(all, group.baseline->key, best.before);
  const ComparedConfiguration* const after =
      Find(all, group.now->key, best.now);
  ComparedConfiguration& times = best.times;
  if (after != nullptr) {
    times.key = after->key;
    times.now = after->now;
  }
  if (before != nullptr) times.baseline = before->baseline;
  times.floor = FloorOf(group);
  SetThreshold(jury.settings, times);
  MeasureRatio(bootstrap, times);
  if (!times.ratio || !HaveSpreads(group)) return best;
  const SpreadRatio ratio =
      RatioByKnownSpread(MedianOf(times.baseline, *group.baseline),
                         MedianOf(times.now, *group.now));
  times.by_known_spread = true;
  times.interval = ratio.interval;
  times.p_value = ratio.p_value;
  return best;
}

/// The verdict on the configuration that is the best on both sides; null where
/// there is none, or too few launches for the test by which it was judged.
const ComparedConfiguration* SameBest(
    const BestTime& best, std::span<const ComparedConfiguration> all) {
  if (best.before != best.now) return nullptr;
  const ComparedConfiguration* const c = Find(all, best.key, best.now);
  const bool tested = c != nullptr && !c->left_out && !c->lacks_repetitions;
  return tested ? c : nullptr;
}

}  // namespace

std::vector<BestTime> FindBestTimes(
    std::span<const GroupPartners> groups,
    std::span<const ComparedConfiguration> configurations, const Jury& jury) {
  std::vector<BestTime> bests;
  std::vector<ComparedConfiguration*> tested;
  RatioBootstrap bootstrap;
  for (const GroupPartners& group : groups) {
    const Answer& before = *group.baseline;
    const Answer& now = *group.now;
    if (before.best() == nullptr || now.best() == nullptr ||
        before.ranked_by_rate || now.ranked_by_rate ||
        (!IsOfLaunches(before) && !IsOfLaunches(now))) {
      continue;
    }
    bests.push_back(TimesOfBests(group, configurations, jury, bootstrap));
  }
  tested.reserve(bests.size());
  for (BestTime& best : bests) tested.push_back(&best.times);
  Jury own = jury;
  own.tests = TestTimes(tested, jury.settings.alpha);
  own.needed = NeededRepetitions(jury.settings.alpha, bests.size());
  for (BestTime& best : bests) {
    if (const auto* const same = SameBest(best, configurations)) {
      best.times = *same;
    } else {
      Judge(own, best.times);
    }
  }
  return bests;
}

std::string GroupText(const BestTime& best) {
  return KeyText(GroupOf(best.key), KeyStyle::kGroup);
}

std::string BestsText(const BestTime& best) {
  const std::string now = SplitText(best.now);
  return best.before == best.now
             ? now
             : fmt::format("{} -> {}", SplitText(best.before), now);
}

}  // namespace hybrid
