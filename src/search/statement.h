#ifndef HYBRID_SEARCH_STATEMENT_H_
#define HYBRID_SEARCH_STATEMENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "key/key.h"

namespace hybrid {

/// What a search found of a split.
enum class SearchOutcome : std::uint32_t {
  kBest,
  kTie,         ///< not shown to be slower, and by no more than a tenth
  kSlower,      ///< than the best, or by more than a tenth
  kStopped,     ///< the last time cut off, at twice the leader's time
  kBound,       ///< not run: its lower bound is too far above the leader's time
  kUnmeasured,  ///< not run: there was no time left
  kFailed,
};
template <>
inline constexpr std::array<std::string_view, 7> kNames<SearchOutcome>{
    "best", "tie", "slower", "stopped", "bound", "unmeasured", "failed"};

/// Why a search ended.
enum class SearchEnd : std::uint32_t {
  kUnlikelyMissed,  ///< nothing worthwhile is likely to have been missed
  kRoundsUsedUp,
  kOutOfTime,
  kNothingEnded,  ///< all splits were cut off or failed
};
template <>
inline constexpr std::array<std::string_view, 4> kNames<SearchEnd>{
    "unlikely_missed", "rounds_used_up", "out_of_time", "nothing_ended"};

struct SearchedSplit {
  Split split;
  SearchOutcome outcome = SearchOutcome::kUnmeasured;
  /// Launches of whole rounds, and how many of them were not cut off.
  std::size_t launches = 0;
  std::size_t whole_launches = 0;
  /// Of the whole launches: median, and half the range relative to it.
  std::optional<double> median_s{};
  std::optional<double> spread{};
  /// How many times the best's time, by the means of the same rounds; at least
  /// that of one that was stopped.
  std::optional<double> slowdown{};
  /// Of no difference to the best: the two-sided p-value. Not of one that was
  /// stopped.
  std::optional<double> p_value{};
  /// That it is more than kWorthwhileGain faster than the best.
  std::optional<double> chance{};
  /// Seconds per batch that it takes at least by 1×1's phases.
  std::optional<double> bound_s{};
};

/// What a search says: estimates, of the splits on its axes only.
struct Statement {
  /// From the fewest threads in all to the most, then by workers.
  std::vector<SearchedSplit> splits{};
  std::optional<std::size_t> best{};  ///< its place in `splits`
  /// That any split is more than kWorthwhileGain faster than the best. Nothing
  /// without a best, or with a split that there was no time for.
  std::optional<double> chance{};
  /// A split that is faster than the best by more than this, 0.044 for 4.4 %,
  /// was missed with a chance of kMostChanceMissed. Nothing where `chance` is,
  /// and where it is twentyfold.
  std::optional<double> gain_missed{};
  /// Standard deviation of a launch's logarithm, pooled.
  double launch_spread = 0;
  std::size_t rounds = 0;  ///< whole ones of the race
  SearchEnd end = SearchEnd::kNothingEnded;

  std::size_t Count(SearchOutcome outcome) const;
  /// Splits that have run.
  std::size_t measured() const;
};

/// Roughly what all splits of the group would take in `repetitions` of
/// `min_time_s`, or of one batch where that is longer, each stopped where a
/// batch takes 4 times the best's and a second. What was not measured counts by
/// its bound, what was cut off as if it had ended then, so that it is rather
/// more. Nothing without a best.
std::optional<double> EstimateGridSeconds(const Statement& statement,
                                          std::size_t repetitions,
                                          double min_time_s);

}  // namespace hybrid

#endif  // HYBRID_SEARCH_STATEMENT_H_
