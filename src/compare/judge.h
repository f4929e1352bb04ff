#ifndef HYBRID_COMPARE_JUDGE_H_
#define HYBRID_COMPARE_JUDGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/pooled_rows.h"
#include "base/enum_names.h"
#include "compare/key_rows.h"
#include "compare/run_scatter.h"
#include "statistics/bootstrap.h"

namespace hybrid {

struct CompareSettings {
  /// A smaller difference is of no interest: 0.03 is 3 %.
  double threshold = 0.03;
  /// The share of false alarms that is accepted among all differences found.
  double alpha = 0.05;
};

/// What became of a configuration, in the order in which they are listed.
enum class Change : std::uint32_t {
  kFailed,  ///< it fails now, and did not before: a regression
  kSlower,  ///< a regression
  kFaster,
  kCannotTell,
  kOnlyInBaseline,
  kOnlyInNew,
  kSame,
};
template <>
inline constexpr std::array<std::string_view, 7> kNames<Change>{
    "failed",           "slower",      "faster", "can't tell",
    "only in baseline", "only in new", "same"};

/// One configuration on both sides.
struct ComparedConfiguration {
  Key key;
  PooledRows baseline;
  PooledRows now;
  /// median(new) / median(baseline), times. Where one side was capped a bound.
  std::optional<double> ratio;
  /// Of sides with several samples each.
  std::optional<Interval> interval;
  /// Of the Mann-Whitney test, and adjusted for the number of tests.
  std::optional<double> p_value;
  std::optional<double> adjusted_p;
  std::optional<double> floor;  ///< noise floor on record, where it counts
  double threshold = 0;         ///< the asked one, or the floor if larger
  Change change = Change::kCannotTell;
  bool lacks_repetitions = false;  ///< this is why nothing can be told
  bool lacks_runs = false;         ///< likewise: one run a side is too few
  std::string reason;              ///< of the verdict; may be empty
  std::string note;                ///< what else to know; may be empty
};

/// What holds for all configurations of one comparison.
struct Jury {
  CompareSettings settings;
  std::size_t tests = 0;   ///< p-values that were adjusted together
  std::size_t needed = 0;  ///< repetitions a side that are always enough
  std::optional<RunScatter> run_scatter{};  ///< as FindRunScatter has it
};

/// Sets `change`, `reason` and what is lacking from all the rest.
void Judge(const Jury& jury, ComparedConfiguration& compared);

/// The fewest repetitions a side with which one true difference among `tests`
/// can be told from noise: the smallest p-value of the Mann-Whitney test must
/// survive Benjamini-Hochberg alone.
std::size_t NeededRepetitions(double alpha, std::size_t tests);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_JUDGE_H_
