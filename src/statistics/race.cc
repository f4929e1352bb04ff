#include "statistics/race.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/policies/policy.hpp>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace hybrid {
namespace {

// A launch's spread on machines that nothing is known of. Its freedom is also
// that of a difference that was seen once.
constexpr double kPriorSpread = 0.04;
constexpr std::size_t kFewestForOwnSpread = 3;
constexpr double kTieP = 0.05;
const double kMostOfTie = std::log(1.1);
const double kMostGain = 3;  // e³ is about twenty
constexpr int kHalvings = 40;

/// P(T > t) with `freedom` degrees of freedom. In doubles, which Boost would
/// widen: a search asks for it thousands of times.
double StudentTail(double t, double freedom) {
  namespace policies = boost::math::policies;
  using Policy = policies::policy<policies::promote_double<false>>;
  const boost::math::students_t_distribution<double, Policy> student(freedom);
  return boost::math::cdf(boost::math::complement(student, t));
}

bool RanInAll(const Racer& racer) {
  return std::all_of(racer.logs.begin(), racer.logs.end(),
                     [](const auto& log) { return log.has_value(); });
}

/// Of those of its rounds in which it ran; not a number if it ran in none.
double MeanLog(const Racer& racer) {
  double sum = 0;
  double count = 0;
  for (const auto& log : racer.logs) {
    if (!log) continue;
    sum += *log;
    ++count;
  }
  return sum / count;
}

/// Those among whom the leader is: who ran in every round.
std::vector<std::size_t> Complete(std::span<const Racer> racers) {
  std::vector<std::size_t> complete;
  for (std::size_t i = 0; i < racers.size(); ++i) {
    if (!racers[i].logs.empty() && RanInAll(racers[i])) complete.push_back(i);
  }
  return complete;
}

struct Pooled {
  double spread = kPriorSpread;
  double freedom = kPriorFreedom;
};

/// Two-way residuals of `racers`, who ran in every round.
Pooled PoolSpread(std::span<const Racer* const> racers) {
  const std::size_t rounds = racers.empty() ? 0 : racers[0]->logs.size();
  if (rounds < 2 || racers.size() < 2) return {};
  const auto rows = static_cast<double>(rounds);
  const auto columns = static_cast<double>(racers.size());
  std::vector<double> of_round(rounds, 0.0);
  std::vector<double> of_racer(racers.size(), 0.0);
  double of_all = 0;
  for (std::size_t r = 0; r < rounds; ++r) {
    for (std::size_t i = 0; i < racers.size(); ++i) {
      const double log = *racers[i]->logs[r];
      of_round[r] += log / columns;
      of_racer[i] += log / rows;
      of_all += log / rows / columns;
    }
  }
  double squares = kPriorFreedom * kPriorSpread * kPriorSpread;
  for (std::size_t r = 0; r < rounds; ++r) {
    for (std::size_t i = 0; i < racers.size(); ++i) {
      const double residual =
          *racers[i]->logs[r] - of_round[r] - of_racer[i] + of_all;
      squares += residual * residual;
    }
  }
  const double freedom = kPriorFreedom + (rows - 1) * (columns - 1);
  return {std::sqrt(squares / freedom), freedom};
}

Pooled PoolSpread(std::span<const Racer> racers,
                  const std::vector<std::size_t>& complete) {
  std::vector<const Racer*> calm;
  for (const std::size_t i : complete) {
    if (racers[i].is_calm) calm.push_back(&racers[i]);
  }
  if (calm.size() < 2) {
    calm.clear();
    for (const std::size_t i : complete) calm.push_back(&racers[i]);
  }
  return PoolSpread(calm);
}

std::optional<Behind> CompareWith(const Racer& leader, const Racer& racer,
                                  const Pooled& pooled) {
  std::vector<double> differences;
  for (std::size_t r = 0; r < racer.logs.size(); ++r) {
    if (racer.logs[r] && leader.logs[r]) {
      differences.push_back(*racer.logs[r] - *leader.logs[r]);
    }
  }
  const auto count = static_cast<double>(differences.size());
  double mean = 0;
  for (const double difference : differences) mean += difference / count;
  const double error_of_one = pooled.spread * std::sqrt(2.0);
  if (racer.at_least) {
    const double least = *racer.at_least - MeanLog(leader);
    return Behind{std::max(mean, least), error_of_one, kPriorFreedom};
  }
  if (differences.empty()) return std::nullopt;
  if (differences.size() >= kFewestForOwnSpread) {
    double squares = 0;
    for (const double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    const double own = std::sqrt(squares / (count - 1));
    if (own > kOwnSpreadFactor * error_of_one) {
      return Behind{mean, own / std::sqrt(count), count - 1};
    }
  }
  return Behind{mean, error_of_one / std::sqrt(count),
                differences.size() > 1 ? pooled.freedom : kPriorFreedom};
}

}  // namespace

std::optional<Race> JudgeRace(std::span<const Racer> racers) {
  const std::vector<std::size_t> complete = Complete(racers);
  if (complete.empty()) return std::nullopt;
  Race race;
  race.leader = *std::min_element(
      complete.begin(), complete.end(), [&](std::size_t a, std::size_t b) {
        return MeanLog(racers[a]) < MeanLog(racers[b]);
      });
  race.leader_mean = MeanLog(racers[race.leader]);
  const Pooled pooled = PoolSpread(racers, complete);
  race.spread = pooled.spread;
  race.behind.resize(racers.size());
  for (std::size_t i = 0; i < racers.size(); ++i) {
    if (i == race.leader) continue;
    race.behind[i] = CompareWith(racers[race.leader], racers[i], pooled);
  }
  return race;
}

double ChanceFaster(const Behind& behind, double gain) {
  return StudentTail((behind.mean + gain) / behind.error, behind.freedom);
}

double ChanceMissed(const Race& race, double gain) {
  double sum = 0;
  for (const auto& behind : race.behind) {
    if (behind) sum += ChanceFaster(*behind, gain);
  }
  return std::min(sum, 1.0);
}

std::optional<double> GainMissed(const Race& race, double chance) {
  if (ChanceMissed(race, 0) <= chance) return 0.0;
  if (ChanceMissed(race, kMostGain) > chance) return std::nullopt;
  double low = 0;
  double high = kMostGain;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (ChanceMissed(race, middle) > chance ? low : high) = middle;
  }
  return high;
}

bool TiesWithLeader(const Race& race, std::size_t racer) {
  const auto& behind = race.behind[racer];
  if (!behind || behind->mean > kMostOfTie) return false;
  const auto compared = std::count_if(
      race.behind.begin(), race.behind.end(),
      [](const auto& other) { return other && other->mean <= kMostOfTie; });
  return ChanceFaster(*behind, 0) >= kTieP / static_cast<double>(compared);
}

}  // namespace hybrid
