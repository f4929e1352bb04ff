#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "search/course.h"
#include "statistics/race.h"
#include "statistics/samples.h"

namespace hybrid {

Statement Course::Conclude() const {
  Statement statement;
  statement.rounds = rounds_;
  statement.end = missing_ ? SearchEnd::kOutOfTime : end_;
  for (std::size_t i = 0; i < count_; ++i) {
    statement.splits.push_back(Describe(i));
  }
  for (const Split& split : table_.failed()) {
    statement.splits.push_back(
        {.split = split, .outcome = SearchOutcome::kFailed});
  }
  if (!race_) return statement;
  statement.best = race_->leader;
  statement.launch_spread = race_->spread;
  if (statement.Count(SearchOutcome::kUnmeasured) > 0) return statement;
  statement.chance = std::min(chance_, 1.0);
  if (const auto gain = GainMissed(*race_, kMostChanceMissed)) {
    statement.gain_missed = std::expm1(*gain);
  }
  return statement;
}

SearchedSplit Course::Describe(std::size_t split) const {
  SearchedSplit searched{.split = table_.splits()[split],
                         .bound_s = bounds_[split]};
  const std::vector<const Launch*>& launches = counted_[split];
  std::vector<double> times;
  for (const Launch* const launch : launches) {
    if (!launch->capped) times.push_back(launch->value_s);
  }
  searched.launches = launches.size();
  searched.whole_launches = times.size();
  searched.median_s = Median(times);
  searched.spread = RelativeSpread(times);

  if (is_bounded_[split]) {
    searched.outcome = SearchOutcome::kBound;
  } else if (launches.empty()) {
    searched.outcome = SearchOutcome::kUnmeasured;
  } else if (race_ && split == race_->leader) {
    searched.outcome = SearchOutcome::kBest;
  } else if (launches.back()->capped) {
    searched.outcome = SearchOutcome::kStopped;
  } else {
    searched.outcome = SearchOutcome::kSlower;
  }
  if (race_ && race_->behind[split]) {
    const Behind& behind = *race_->behind[split];
    searched.slowdown = std::exp(behind.mean);
    searched.chance = chances_[split];
    if (!racers_[split].at_least) {
      searched.p_value = std::min(1.0, 2 * ChanceFaster(behind, 0));
    }
    if (searched.outcome == SearchOutcome::kSlower &&
        TiesWithLeader(*race_, split)) {
      searched.outcome = SearchOutcome::kTie;
    }
  }
  return searched;
}

}  // namespace hybrid
