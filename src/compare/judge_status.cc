#include "compare/judge_status.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/pooled_rows.h"
#include "compare/conditions.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// The smallest of one value or more.
double Least(const std::vector<double>& values) {
  return *std::min_element(values.begin(), values.end());
}

/// "capped after 4.00 s, 2 repetitions had completed".
std::string CappedText(const PooledRows& side) {
  std::string text = "capped";
  if (!side.capped_times.empty()) {
    text += " after " + FormatSeconds(Least(side.capped_times));
  }
  if (side.completed > 0) {
    text += fmt::format(", {} repetition{} had completed", side.completed,
                        side.completed == 1 ? "" : "s");
  }
  return text;
}

/// The verdict where one side completed and the other was capped.
void JudgeCapped(const CompareSettings& settings, ComparedConfiguration& c) {
  const bool now_capped = c.now.status == PooledStatus::kCapped;
  const PooledRows& capped = now_capped ? c.now : c.baseline;
  const PooledRows& completed = now_capped ? c.baseline : c.now;
  c.reason = CappedText(capped) + (now_capped ? "" : " in the baseline");
  if (!capped.capped_disturbance.empty()) {
    c.reason += ", but " + capped.capped_disturbance;
    c.lacks_repetitions = true;
  } else if ((capped.oversubscribed || completed.oversubscribed) &&
             !settings.judge_bimodal) {
    // A cap may lie between the two levels that such times jump between.
    c.reason += ", but it is oversubscribed, and may be bimodal";
  } else if (AllMet(CapConditions(capped, completed, c.threshold))) {
    c.change = now_capped ? Change::kSlower : Change::kFaster;
  } else if (completed.samples.size() < kFewestSamples) {
    c.reason += fmt::format(", against {} undisturbed repetitions",
                            completed.samples.size());
    c.lacks_repetitions = true;
  } else {
    c.reason += ", which its noise may explain";
  }
  if (completed.median_s && !capped.capped_times.empty()) {
    const double cap = Least(capped.capped_times);
    c.ratio =
        now_capped ? cap / *completed.median_s : *completed.median_s / cap;
  }
}

/// Why there is nothing to claim of a side that is left out.
std::string LeftOutText(const ComparedSide& side, std::string_view where) {
  if (side.status == PooledStatus::kCapped) {
    return fmt::format(
        "stopped in {}{}", where,
        side.capped_times.empty()
            ? ""
            : fmt::format(" after {}",
                          FormatSeconds(Least(side.capped_times))));
  }
  if (side.bound_s) {
    return fmt::format(
        "not run in {}: a search left it out, as it should take at least {}",
        where, FormatSeconds(*side.bound_s));
  }
  return fmt::format("not run in {}: there was no time left for it", where);
}

/// The verdict where one side, or both, stopped the configuration or left it
/// out: never that it is slower or faster.
void JudgeLeftOut(ComparedConfiguration& c) {
  c.left_out = true;
  std::vector<std::string> reasons;
  if (c.baseline.left_out()) {
    reasons.push_back(LeftOutText(c.baseline, "the baseline"));
  }
  if (c.now.left_out())
    reasons.push_back(LeftOutText(c.now, "the new results"));
  if (c.now.status == PooledStatus::kFailed) {
    reasons.push_back("failed: " + c.now.error);
  }
  c.reason = fmt::format("{}", fmt::join(reasons, "; "));
  if (c.baseline.is_measured()) {
    c.change = Change::kOnlyInBaseline;
  } else if (c.now.is_measured()) {
    c.change = Change::kOnlyInNew;
  }
}

/// "1 launch in the new results": of the side that has the fewer.
std::string FewLaunchesText(const ComparedConfiguration& c) {
  const bool now = !c.now.has_launches();
  const ComparedSide& side = now ? c.now : c.baseline;
  return fmt::format("{} in {}, as many as a search took interest in",
                     side.whole == 1
                         ? "1 whole launch"
                         : fmt::format("{} whole launches", side.whole),
                     now ? "the new results" : "the baseline");
}

/// Whether a search found so soon that the configuration is not the best that
/// it has too few launches.
bool LacksLaunchesOfASearch(const ComparedConfiguration& c) {
  const auto lacks = [](const ComparedSide& side) {
    return side.launching == Launching::kSearched && !side.has_launches();
  };
  return lacks(c.baseline) || lacks(c.now);
}

}  // namespace

bool JudgeByStatus(const CompareSettings& settings, ComparedConfiguration& c) {
  const PooledStatus before = c.baseline.status;
  const PooledStatus after = c.now.status;
  const bool now_fails = after == PooledStatus::kFailed &&
                         before != PooledStatus::kFailed &&
                         before != PooledStatus::kMissing;
  if (!now_fails && (c.baseline.left_out() || c.now.left_out())) {
    JudgeLeftOut(c);
  } else if (after == PooledStatus::kMissing) {
    c.change = Change::kOnlyInBaseline;
  } else if (before == PooledStatus::kMissing) {
    c.change = Change::kOnlyInNew;
    if (after == PooledStatus::kFailed) c.reason = "failed: " + c.now.error;
  } else if (after == PooledStatus::kFailed &&
             before == PooledStatus::kFailed) {
    c.reason = "failed on both sides: " + c.now.error;
  } else if (after == PooledStatus::kFailed) {
    c.change = Change::kFailed;
    c.reason = c.now.error;
  } else if (before == PooledStatus::kFailed) {
    c.change =
        after == PooledStatus::kOk ? Change::kFaster : Change::kCannotTell;
    c.reason = "failed in the baseline: " + c.baseline.error;
    if (after == PooledStatus::kCapped) {
      c.reason += "; now " + CappedText(c.now);
    }
    if (after == PooledStatus::kDisturbed) {
      c.reason += "; now " + NoVerdictText(c.now);
    }
  } else if (LacksLaunchesOfASearch(c)) {
    c.left_out = true;
    c.reason = FewLaunchesText(c);
  } else if (after == PooledStatus::kDisturbed) {
    c.lacks_repetitions = true;
    c.reason = NoVerdictText(c.now);
  } else if (before == PooledStatus::kDisturbed) {
    c.lacks_repetitions = true;
    c.reason = NoVerdictText(c.baseline) + " in the baseline";
  } else if (before == PooledStatus::kCapped &&
             after == PooledStatus::kCapped) {
    c.reason = "capped on both sides";
  } else if (before == PooledStatus::kCapped ||
             after == PooledStatus::kCapped) {
    JudgeCapped(settings, c);
  } else {
    return false;
  }
  return true;
}

}  // namespace hybrid
