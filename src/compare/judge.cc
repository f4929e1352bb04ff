#include "compare/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "analysis/format_units.h"
#include "analysis/pooled_rows.h"
#include "compare/bimodal.h"
#include "compare/judge_status.h"
#include "statistics/mann_whitney.h"

namespace hybrid {
namespace {

/// With fewer samples a side the interval is too short to call two sides the
/// same: with 5, the range itself covers the median in 94 % of cases.
constexpr std::size_t kFewestForSame = 5;
/// Medians further apart than this are not called the same for a noise floor's
/// sake alone, just as they are no tie in the answer (kTieMargin).
constexpr double kFarApart = 0.10;
/// The part of an interval's length by which it must be clear of 1.
constexpr double kClear = 0.25;
/// An interval that reaches further than this says that next to nothing is
/// known, whatever its middle.
constexpr double kBlind = 0.25;
/// So many standard deviations of runs are left to chance.
constexpr double kRunDeviations = 3;
/// What all configurations share is taken for the machine's up to this ratio,
/// which is as far as machines were seen to drift within minutes.
constexpr double kMostDrift = 1.15;
/// The part of the medians' change that the fastest repetitions must show; not
/// all of it, since the fastest of a few repetitions scatters, too.
constexpr double kFastestPart = 0.4;

/// The fastest repetition against the fastest, disturbed ones included: they
/// can only be slower than they would have been.
double FastestRatio(const ComparedConfiguration& c) {
  return *c.now.fastest_s / *c.baseline.fastest_s;
}

/// How far a ratio is from 1, in either direction.
double Distance(double ratio) { return std::abs(std::log(ratio)); }

bool Beyond(double ratio, double threshold) {
  return Distance(ratio) > std::log1p(threshold);
}

bool SameDirection(double a, double b) { return (a > 1) == (b > 1); }

/// A change of the program lengthens all repetitions, the fastest included;
/// what disturbs a machine for a minute spares some, and leaves the fastest as
/// it was: J. Chen and J. Revels, "Robust benchmarking in noisy environments"
/// (2016). So the fastest must have changed as well, by kFastestPart as much.
bool FastestAgrees(const ComparedConfiguration& c) {
  const double ratio = FastestRatio(c);
  return SameDirection(ratio, *c.ratio) &&
         Distance(ratio) >= Distance(*c.ratio) * kFastestPart;
}

/// The factor of the time that the cores' own speed explains: 1 if it changed
/// the other way, or was not measured.
double Excuse(const ComparedConfiguration& c) {
  if (!c.baseline.core_speed || !c.now.core_speed) return 1;
  if (*c.baseline.core_speed <= 0 || *c.now.core_speed <= 0) return 1;
  const double factor = *c.baseline.core_speed / *c.now.core_speed;
  return SameDirection(factor, *c.ratio) ? factor : 1;
}

/// Whether the difference is beyond the threshold without the factor `excuse`.
bool DiffersWithout(double excuse, const ComparedConfiguration& c) {
  const double rest = *c.ratio / excuse;
  return Beyond(rest, c.threshold) && SameDirection(rest, *c.ratio);
}

bool EnoughRepetitions(const Jury& jury, const ComparedConfiguration& c) {
  if (c.by_known_spread) return true;
  return SmallestMannWhitneyP(c.baseline.samples.size(),
                              c.now.samples.size()) <=
         jury.settings.alpha /
             static_cast<double>(std::max<std::size_t>(jury.tests, 1));
}

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

/// How far the interval is away from 1, as a logarithm; negative if it holds 1.
double Clearance(const ComparedConfiguration& c) {
  return *c.ratio > 1 ? std::log(c.interval->low) : -std::log(c.interval->high);
}

/// Whether `clear`, the distance of the interval from 1, is enough: a quarter
/// of its length, because percentile intervals of the medians of few samples
/// are too short; and half the asked threshold.
bool IsClear(const Jury& jury, const ComparedConfiguration& c, double clear) {
  const double length = std::log(c.interval->high / c.interval->low);
  return clear > 0 && clear >= kClear * length &&
         clear >= std::log1p(jury.settings.threshold) / 2;
}

/// Whether chance alone would hardly make the times differ as much.
bool Significant(const Jury& jury, const ComparedConfiguration& c) {
  if (!c.adjusted_p || *c.adjusted_p > jury.settings.alpha || !c.interval) {
    return false;
  }
  return IsClear(jury, c, Clearance(c));
}

/// Whether the difference is no more than what single runs differ by.
bool MayBeTheRun(const Jury& jury, const ComparedConfiguration& c) {
  if (!jury.run_scatter) return false;
  const double shift = jury.run_scatter->shift;
  const double shared = (shift > 0) == (*c.ratio > 1)
                            ? std::min(std::abs(shift), std::log(kMostDrift))
                            : 0;
  const double own = Distance(*c.ratio) - shared;
  return own <= std::log1p(c.threshold) ||
         own < kRunDeviations * jury.run_scatter->deviation ||
         !IsClear(jury, c, Clearance(c) - shared);
}

bool IntervalReachesBeyond(const ComparedConfiguration& c, double threshold) {
  return c.interval && (Beyond(c.interval->low, threshold) ||
                        Beyond(c.interval->high, threshold));
}

/// Whether the interval is within the threshold, and long enough to be trusted.
bool IntervalWithin(const ComparedConfiguration& c) {
  return c.interval &&
         std::min(c.baseline.samples.size(), c.now.samples.size()) >=
             kFewestForSame &&
         !IntervalReachesBeyond(c, c.threshold);
}

/// The verdict on times that differ beyond the threshold and chance.
void JudgeSignificant(const Jury& jury, ComparedConfiguration& c) {
  if (c.modes && !jury.settings.judge_bimodal) {
    c.reason = fmt::format("{}, by chance", ModesText(c));
    return;
  }
  if (!FastestAgrees(c)) {
    c.reason = fmt::format(
        "the fastest repetitions do not differ as much ({}): disturbances "
        "rather than a change",
        FormatRatio(FastestRatio(c)));
    return;
  }
  if (MayBeTheRun(jury, c)) {
    c.lacks_runs = true;
    c.reason = fmt::format(
        "configurations differ from run to run as it is (all by {:+.1f} %, "
        "each by {:.1f} % more or less): measure several runs a side, in "
        "turn",
        100 * std::expm1(jury.run_scatter->shift),
        100 * std::expm1(jury.run_scatter->deviation));
    return;
  }
  const double excuse = Excuse(c);
  if (!DiffersWithout(excuse, c)) {
    c.reason = fmt::format("the cores themselves ran {} {}",
                           FormatPercent(std::exp(Distance(excuse)) - 1),
                           excuse > 1 ? "slower" : "faster");
    return;
  }
  c.change = *c.ratio > 1 ? Change::kSlower : Change::kFaster;
}

/// The verdict on times that differ by less than the threshold or by chance.
void JudgeInsignificant(const Jury& jury, ComparedConfiguration& c) {
  const double may_be_same = std::max(jury.settings.threshold, kFarApart);
  const double may_be_known = std::max(jury.settings.threshold, kBlind);
  if (IntervalWithin(c) && !Beyond(*c.ratio, may_be_same)) {
    c.change = Change::kSame;
    return;
  }
  if (!EnoughRepetitions(jury, c)) {
    JudgeTooFew(jury, c);
    return;
  }
  if (Beyond(*c.ratio, c.threshold)) {
    c.reason = "too noisy: the difference is not beyond chance";
  } else if (IntervalReachesBeyond(c, may_be_known)) {
    c.reason = "too noisy: the interval is wide";
  } else if (Beyond(*c.ratio, may_be_same)) {
    c.reason = fmt::format("below the noise floor of {}, which is high",
                           FormatPercent(c.threshold));
  } else {
    c.change = Change::kSame;
  }
}

void JudgeTimes(const Jury& jury, ComparedConfiguration& c) {
  if (Beyond(*c.ratio, c.threshold) && Significant(jury, c)) {
    JudgeSignificant(jury, c);
  } else {
    JudgeInsignificant(jury, c);
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
