#ifndef HYBRID_STATISTICS_RACE_H_
#define HYBRID_STATISTICS_RACE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace hybrid {

/// What the prior of the spread weighs, as degrees of freedom; and how many
/// times the pooled spread one's own has to be to count in its place.
inline constexpr double kPriorFreedom = 4;
inline constexpr double kOwnSpreadFactor = 2;

/// What is known of one of those that race for the least time. A *round*
/// measures each of some of them once, in random order; round 0 measures all.
struct Racer {
  /// For every round the logarithm of its time; nothing where it did not run.
  std::vector<std::optional<double>> logs;
  /// The logarithm of what it takes at least, where it was only ever stopped.
  std::optional<double> at_least{};
  /// Whether its scatter is like others', so that they may share it.
  bool is_calm = true;
};

/// How far a racer is behind the leader: the mean difference of logarithms in
/// the same rounds, its standard error, and the degrees of freedom of that.
struct Behind {
  double mean = 0;
  double error = 0;
  double freedom = 0;
};

/// Where a race stands.
struct Race {
  std::size_t leader = 0;
  double leader_mean = 0;  ///< of its logarithms
  double spread = 0;       ///< standard deviation of one logarithm
  /// For every racer; nothing for the leader, and for who never ran beside it.
  std::vector<std::optional<Behind>> behind;
};

/// Who leads by the mean of all rounds, the first of equal ones, and how far
/// the others are behind; nothing if nobody has a time in round 0.
///
/// The spread is pooled over the calm racers that ran in every round, as what
/// remains when each one's mean and each round's are taken away, with a prior
/// of 4 % that weighs as much as 4 degrees of freedom: the three or four times
/// that a race is mostly decided by say nothing of one racer's own spread.
/// Where that is seen to be twice as large, it counts nevertheless.
std::optional<Race> JudgeRace(std::span<const Racer> racers);

/// The chance that it is faster than the leader by more than `gain`, a
/// difference of logarithms: Student's tail.
double ChanceFaster(const Behind& behind, double gain);

/// The chance, at most 1, that any racer is faster than the leader by more than
/// `gain`: the sum of theirs, which is no less than the chance of any of them.
double ChanceMissed(const Race& race, double gain);

/// The `gain` of which ChanceMissed is `chance`, 0 if already that of 0 is no
/// more; nothing if even a twentyfold gain has a larger chance.
std::optional<double> GainMissed(const Race& race, double chance);

/// Whether `racer` is not shown to be slower than the leader, and by no more
/// than a tenth. The level of 5 % is shared by all so near (Bonferroni): of
/// many that are equal the luckiest leads, which would leave a quarter of them
/// behind.
bool TiesWithLeader(const Race& race, std::size_t racer);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_RACE_H_
