#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "search/course.h"
#include "search/long_batch.h"
#include "search/round_order.h"
#include "statistics/race.h"

namespace hybrid {
namespace {

const double kLogGain = std::log1p(kWorthwhileGain);

}  // namespace

void Course::RunRace() {
  while (!IsOver()) {
    if (!RunRound(NextRacers())) return;
    ++rounds_;
    Judge();
  }
}

void Course::Judge() {
  race_ = JudgeRace(racers_);
  chances_.assign(count_, 0.0);
  chance_ = 0;
  if (!race_) return;
  for (std::size_t i = 0; i < count_; ++i) {
    if (!race_->behind[i]) continue;
    chances_[i] = ChanceFaster(*race_->behind[i], kLogGain);
    chance_ += chances_[i];
  }
}

bool Course::IsOver() {
  if (!race_) {
    end_ = SearchEnd::kNothingEnded;
    return true;
  }
  const bool is_alone =
      std::none_of(race_->behind.begin(), race_->behind.end(),
                   [](const auto& behind) { return behind.has_value(); });
  const std::size_t fewest = std::min(kFewestRounds, group_.most_rounds);
  if (group_.is_grid) {
    const bool is_over = rounds_ >= group_.most_rounds || GridRacers().empty();
    if (!is_over) {
      end_ = SearchEnd::kOutOfTime;
    } else if (is_alone || chance_ <= kStopAtChance) {
      end_ = SearchEnd::kUnlikelyMissed;
    } else {
      end_ = SearchEnd::kRoundsUsedUp;
    }
    return is_over;
  }
  if (is_alone || (rounds_ >= fewest && chance_ <= kStopAtChance)) {
    end_ = SearchEnd::kUnlikelyMissed;
    return true;
  }
  end_ = rounds_ >= group_.most_rounds ? SearchEnd::kRoundsUsedUp
                                       : SearchEnd::kOutOfTime;
  return end_ == SearchEnd::kRoundsUsedUp;
}

std::vector<std::size_t> Course::GridRacers() const {
  std::vector<std::size_t> racers;
  for (std::size_t i = 0; i < count_; ++i) {
    if (racers_[i].at_least) continue;
    const std::size_t most = group_.most_rounds + 1;
    const double first_s = std::exp(*racers_[i].logs[0]);
    const std::size_t due =
        group_.spares_long ? RepetitionsDue(most, first_s) : most;
    if (rounds_ + 1 < due) racers.push_back(i);
  }
  return racers;
}

std::vector<std::size_t> Course::NextRacers() const {
  if (group_.is_grid) return GridRacers();
  const double leaves = kMostChanceMissed / (2 * static_cast<double>(count_));
  std::vector<std::size_t> racers{race_->leader};
  for (std::size_t i = 0; i < count_; ++i) {
    if (race_->behind[i] && chances_[i] > leaves) racers.push_back(i);
  }
  if (racers.size() > 1) return racers;
  // The runner-up, if possible one with a time: a leader that was lucky once
  // would otherwise win.
  std::optional<std::size_t> runner_up;
  const auto is_nearer = [this](std::size_t a, std::size_t b) {
    const bool a_ended = !racers_[a].at_least;
    const bool b_ended = !racers_[b].at_least;
    if (a_ended != b_ended) return a_ended;
    return chances_[a] > chances_[b];
  };
  for (std::size_t i = 0; i < count_; ++i) {
    if (!race_->behind[i]) continue;
    if (!runner_up || is_nearer(i, *runner_up)) runner_up = i;
  }
  racers.push_back(*runner_up);
  return racers;
}

bool Course::RunRound(const std::vector<std::size_t>& racers) {
  std::vector<std::size_t> order = racers;
  ShuffleRound(group_.key, rounds_ + 1, order);
  const double cap_s = group_.cut_off.For(std::exp(race_->leader_mean));
  std::vector<const Launch*> launches;
  for (const std::size_t split : order) {
    const Launch* const launch = Take(split, Stage::kRace, rounds_ + 1, cap_s);
    if (launch == nullptr) return false;
    launches.push_back(launch);
  }
  // Only now: a round that lacks somebody says nothing.
  for (Racer& racer : racers_) racer.logs.emplace_back();
  for (std::size_t i = 0; i < order.size(); ++i) {
    Racer& racer = racers_[order[i]];
    const Launch& launch = *launches[i];
    // Cut off, it takes at least that long, be it the leader: without this,
    // who is lucky once would stay ahead.
    racer.logs.back() = std::log(launch.capped ? launch.cap_s : launch.value_s);
    racer.at_least.reset();
    counted_[order[i]].push_back(&launch);
  }
  return true;
}

}  // namespace hybrid
