#ifndef HYBRID_COMPARE_JUDGE_H_
#define HYBRID_COMPARE_JUDGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "compare/compared_side.h"
#include "compare/pairs.h"
#include "compare/run_scatter.h"
#include "key/key.h"
#include "statistics/bootstrap.h"
#include "statistics/modes.h"

namespace hybrid {

/// What the user asks of a comparison.
struct CompareSettings {
  /// A smaller difference is of no interest: 0.03 is 3 %.
  double threshold = 0.03;
  /// The share of false alarms that is accepted among all differences found.
  double alpha = 0.05;
  /// Whether what jumps between two levels may be slower or faster, too.
  bool judge_bimodal = false;
};

/// What became of a configuration, in the order in which texts list them.
enum class Change : std::uint32_t {
  kFailed,  ///< it fails now, and did not before: a regression
  kSlower,  ///< beyond noise: a regression
  kFaster,  ///< beyond noise, or it completes now and did not before
  kCannotTell,
  kOnlyInBaseline,
  kOnlyInNew,
  kSame,  ///< within the threshold
};
template <>
inline constexpr std::array<std::string_view, 7> kNames<Change>{
    "failed",           "slower",      "faster", "can't tell",
    "only in baseline", "only in new", "same"};

/// One configuration on both sides, and the verdict on it.
struct ComparedConfiguration {
  Key key;  ///< without its seed
  /// Of another program's benchmark, which has no key; else empty.
  std::string name;
  ComparedSide baseline;  ///< its status is kMissing if the baseline lacks it
  ComparedSide now;       ///< its status is kMissing if the new results lack it
  /// The median time of `now` over that of `baseline`: 1.1 is slower. Where one
  /// side was capped a bound of it; nothing where a side has no time.
  std::optional<double> ratio;
  /// The 95 % interval of the ratio (RatioBootstrap); nothing unless both sides
  /// completed and have several samples.
  std::optional<Interval> interval;
  /// Of the Mann-Whitney test; nothing where that can't tell anything.
  std::optional<double> p_value;
  /// The p-value and the interval are of RatioByKnownSpread instead, for which
  /// kFewestSamples a side are enough.
  bool by_known_spread = false;
  /// The p-value adjusted, after Benjamini and Hochberg, for all tests of the
  /// comparison.
  std::optional<double> adjusted_p;
  std::optional<double> floor;  ///< noise floor on record, where it counts
  double threshold = 0;         ///< the asked one, or the floor if larger
  /// The two levels that its times jump between, if they do (FindModesOf).
  std::optional<Modes> modes;
  /// What its pairs say, where both sides were measured in turn; ratio,
  /// interval and p-values are then of these.
  std::optional<WeighedPairs> paired;
  /// Measured in turn, more rounds could still change the verdict.
  bool is_open = false;
  Change change = Change::kCannotTell;
  bool lacks_repetitions = false;  ///< too few repetitions to tell anything
  bool lacks_runs = false;         ///< one run a side is too few to tell
  /// A side stopped or left it out, or a search took no more interest in it:
  /// what its group's best takes has to decide (BestTime).
  bool left_out = false;
  std::string reason;  ///< of the verdict; may be empty
  std::string note;    ///< what else to know; may be empty
};

/// What the verdicts on all configurations of one comparison go by.
struct Jury {
  CompareSettings settings;
  std::size_t tests = 0;   ///< p-values that were adjusted together
  std::size_t needed = 0;  ///< repetitions a side that are always enough
  std::optional<RunScatter> run_scatter{};  ///< as FindRunScatter has it
};

/// Gives the verdict on a configuration of which all else is known: sets
/// `change`, `reason`, `lacks_repetitions`, `lacks_runs` and `left_out`, and
/// the bound that `ratio` is where one side was capped.
void Judge(const Jury& jury, ComparedConfiguration& compared);

/// The fewest repetitions a side, at most 500, with which one true difference
/// among `tests` can be told from noise: the smallest p-value of the
/// Mann-Whitney test must be at most alpha / tests, to survive Benjamini and
/// Hochberg's adjustment alone.
std::size_t NeededRepetitions(double alpha, std::size_t tests);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_JUDGE_H_
