#include "compare/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "analysis/format_units.h"
#include "analysis/pooled_rows.h"
#include "compare/bimodal.h"
#include "compare/conditions.h"
#include "compare/judge_status.h"
#include "statistics/mann_whitney.h"

namespace hybrid {
namespace {

bool IsOfASearch(const ComparedConfiguration& c) {
  return c.baseline.launching == Launching::kSearched ||
         c.now.launching == Launching::kSearched;
}

/// "7", or "3 of 7" where disturbed ones were left out.
std::string RepetitionsText(const PooledRows& side) {
  return side.disturbed == 0
             ? fmt::format("{}", side.samples.size())
             : fmt::format("{} of {}", side.samples.size(), side.completed);
}

/// The verdict where repetitions are too few to tell anything.
void JudgeTooFew(const Jury& jury, ComparedConfiguration& c) {
  c.change = Change::kCannotTell;
  const PooledRows& side =
      c.now.disturbed > c.baseline.disturbed ? c.now : c.baseline;
  c.left_out = side.disturbed == 0 && IsOfASearch(c);
  c.lacks_repetitions = !c.left_out;
  if (c.left_out) {
    c.reason = fmt::format(
        "{} and {} launches, as many as a search took interest in; {} a side "
        "are needed",
        c.baseline.samples.size(), c.now.samples.size(), jury.needed);
  } else if (side.disturbed > 0) {
    c.reason = fmt::format(
        "too many repetitions were disturbed ({}): {} and {} are left, {} a "
        "side are needed",
        side.disturbance, RepetitionsText(c.baseline), RepetitionsText(c.now),
        jury.needed);
  } else {
    c.reason = fmt::format("{} and {} repetitions; {} a side are needed",
                           c.baseline.samples.size(), c.now.samples.size(),
                           jury.needed);
  }
}

/// Says that the cores' own speed explains the difference.
std::string CoresText(double excuse) {
  return fmt::format("the cores themselves ran {} {}",
                     FormatPercent(std::exp(std::abs(std::log(excuse))) - 1),
                     excuse > 1 ? "slower" : "faster");
}

/// The verdict on times that lack a condition, of a difference or of being the
/// same.
void JudgeLacking(const Jury& jury, Rule lacking, ComparedConfiguration& c) {
  switch (lacking) {
    case Rule::kOneLevel:
      c.reason = fmt::format("{}, by chance", ModesText(c));
      return;
    case Rule::kFastestAgrees:
      c.reason = fmt::format(
          "the fastest repetitions do not differ as much ({}): disturbances "
          "rather than a change",
          FormatRatio(FastestRatio(c).value_or(1)));
      return;
    case Rule::kBeyondThresholdBesideShift:
    case Rule::kBeyondRunScatter:
    case Rule::kIntervalClearOfShift:
      c.lacks_runs = true;
      c.reason = fmt::format(
          "configurations differ from run to run as it is (all by {:+.1f} %, "
          "each by {:.1f} % more or less): measure several runs a side, in "
          "turn",
          100 * std::expm1(jury.run_scatter->shift),
          100 * std::expm1(jury.run_scatter->deviation));
      return;
    case Rule::kBeyondCoreSpeed:
      c.reason = CoresText(CoreExcuse(c));
      return;
    case Rule::kEnoughRepetitions:
      JudgeTooFew(jury, c);
      return;
    case Rule::kWithinThreshold:
      c.reason = "too noisy: the difference is not beyond chance";
      return;
    case Rule::kIntervalNotWide:
      c.reason = "too noisy: the interval is wide";
      return;
    default:
      c.reason = fmt::format("below the noise floor of {}, which is high",
                             FormatPercent(c.threshold));
  }
}

void JudgeTimes(const Jury& jury, ComparedConfiguration& c) {
  const TimeConditions conditions = FindConditions(jury, c);
  const TimesVerdict verdict = VerdictOf(conditions);
  if (verdict.differs()) {
    c.change = *c.ratio > 1 ? Change::kSlower : Change::kFaster;
  } else if (verdict.same()) {
    c.change = Change::kSame;
  } else {
    JudgeLacking(jury, verdict.lacking()->rule, c);
  }
}

}  // namespace

std::size_t NeededRepetitions(double alpha, std::size_t tests) {
  const double least =
      alpha / static_cast<double>(std::max<std::size_t>(tests, 1));
  std::size_t needed = 1;
  // 2 / C(2k, k) shrinks almost fourfold with each step.
  while (needed < 500 && SmallestMannWhitneyP(needed, needed) > least) ++needed;
  return needed;
}

void Judge(const Jury& jury, ComparedConfiguration& compared) {
  compared.change = Change::kCannotTell;
  if (JudgeByStatus(jury.settings, compared)) return;
  if (compared.ratio && !compared.baseline.samples.empty() &&
      !compared.now.samples.empty()) {
    JudgeTimes(jury, compared);
  } else {
    JudgeTooFew(jury, compared);
  }
}

}  // namespace hybrid
