#ifndef HYBRID_SEARCH_SEARCH_GROUP_H_
#define HYBRID_SEARCH_SEARCH_GROUP_H_

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "key/key.h"

namespace hybrid {

// The constants of the search; README.md says why.

/// A gain that is worth finding, and what a search may leave of the chance that
/// it missed one.
inline constexpr double kWorthwhileGain = 0.03;
inline constexpr double kMostChanceMissed = 0.05;
/// It stops at half of that: the other half may be lost on the way.
inline constexpr double kStopAtChance = kMostChanceMissed / 2;
inline constexpr std::size_t kFewestRounds = 2;
inline constexpr std::size_t kMostRounds = 12;
/// When a batch is cut off.
struct CutOff {
  double factor = 0;   ///< times the leader's time …
  double least_s = 0;  ///< … but not before this
  double first_s = 0;  ///< while no batch has ended yet
  /// In no case later, if the user said so.
  std::optional<double> most_s{};

  /// The seconds after which a batch ends where the leader's takes `leader_s`.
  double For(std::optional<double> leader_s) const {
    const double own_s =
        leader_s ? std::max(least_s, factor * *leader_s) : first_s;
    return most_s ? std::min(own_s, *most_s) : own_s;
  }
};
inline constexpr CutOff kSearchCutOff{
    .factor = 2, .least_s = 0.02, .first_s = 600};
inline constexpr CutOff kGridCutOff{.factor = 4, .least_s = 1, .first_s = 600};
/// A launch runs batches for so long, one at least.
inline constexpr double kLaunchS = 0.02;
/// 1×1 is launched so often for its load and operate times, for so long each.
inline constexpr std::size_t kBoundLaunches = 2;
inline constexpr double kBoundLaunchS = 0.04;
/// With fewer splits they cost more than they spare: 4 cores have 9.
inline constexpr std::size_t kFewestSplitsToBound = 9;
/// What must be so many times the leader's time at the least is not run.
inline constexpr double kBoundSlack = 1.25;
/// How much more than all cores more threads than cores can do.
inline constexpr double kGainOfSmt = 1.4;
inline constexpr double kGainWithoutSmt = 1.05;

/// One n and batch, of which the best split is looked for.
struct SearchGroup {
  /// Any of the group's keys. Its split plays no role.
  Key key;
  /// The splits that may run, each once.
  std::vector<Split> splits;
  int usable_cores = 1;  ///< of each host
  /// Whether these have hardware threads to spare.
  bool has_smt = false;
  /// Whether launches tell what loading and operating take: a user's program
  /// may not. Without, no split is left out for its bound.
  bool has_phases = true;
  /// Of the race; a race of fewer than kFewestRounds ends where it may.
  std::size_t most_rounds = kMostRounds;
  CutOff cut_off = kSearchCutOff;
  /// A grid: all splits are screened, and all that were not stopped then are in
  /// all rounds of the race, but for those whose batches are long where
  /// `spares_long`.
  bool is_grid = false;
  /// Who said nothing of repetitions gets no more than kLongRepetitions of long
  /// batches.
  bool spares_long = false;
};

}  // namespace hybrid

#endif  // HYBRID_SEARCH_SEARCH_GROUP_H_
