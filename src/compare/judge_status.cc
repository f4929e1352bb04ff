#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "compare/judge.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

std::string CappedText(const Side& side) {
  std::string text = "capped";
  if (!side.capped_s.empty()) {
    text += " after " + FormatSeconds(*std::min_element(side.capped_s.begin(),
                                                        side.capped_s.end()));
  }
  if (side.completed > 0) {
    text += fmt::format(", {} repetition{} had completed", side.completed,
                        side.completed == 1 ? "" : "s");
  }
  return text;
}

/// Whether a batch of `capped` surely takes longer than those of `completed`:
/// all of its repetitions did so far, and its time limit is, in factors of the
/// median, at least twice as far away as the slowest completed one. A single
/// repetition that is beyond all others is common where times scatter.
bool SurelyLonger(const Side& capped, const Side& completed, double threshold) {
  if (completed.samples.size() < kFewestSamples || capped.capped_s.empty()) {
    return false;
  }
  const auto least = [](const std::vector<double>& values) {
    return *std::min_element(values.begin(), values.end());
  };
  const double cap = least(capped.capped_s);
  const double slowest =
      *std::max_element(completed.samples.begin(), completed.samples.end());
  if (!capped.samples.empty() && least(capped.samples) <= slowest) return false;
  const double median = *Median(completed.samples);
  return std::log(cap / median) >= std::log1p(threshold) &&
         std::log(cap / median) >= 2 * std::log(slowest / median);
}

/// One side completed and the other was capped.
void JudgeCapped(ComparedConfiguration& c) {
  const bool now_capped = c.now.status == SideStatus::kCapped;
  const Side& capped = now_capped ? c.now : c.baseline;
  const Side& completed = now_capped ? c.baseline : c.now;
  c.reason = CappedText(capped) + (now_capped ? "" : " in the baseline");
  if (!capped.capped_disturbance.empty()) {
    c.reason += ", but " + capped.capped_disturbance;
    c.lacks_repetitions = true;
  } else if (SurelyLonger(capped, completed, c.threshold)) {
    c.change = now_capped ? Change::kSlower : Change::kFaster;
  } else if (completed.samples.size() < kFewestSamples) {
    c.reason += fmt::format(", against {} undisturbed repetitions",
                            completed.samples.size());
    c.lacks_repetitions = true;
  } else {
    c.reason += ", which its noise may explain";
  }
  if (completed.median_s && !capped.capped_s.empty()) {
    const double cap =
        *std::min_element(capped.capped_s.begin(), capped.capped_s.end());
    c.ratio =
        now_capped ? cap / *completed.median_s : *completed.median_s / cap;
  }
}

}  // namespace

bool JudgeByStatus(ComparedConfiguration& c) {
  const SideStatus before = c.baseline.status;
  const SideStatus after = c.now.status;
  if (after == SideStatus::kMissing) {
    c.change = Change::kOnlyInBaseline;
  } else if (before == SideStatus::kMissing) {
    c.change = Change::kOnlyInNew;
    if (after == SideStatus::kFailed) c.reason = "failed: " + c.now.error;
  } else if (after == SideStatus::kFailed && before == SideStatus::kFailed) {
    c.reason = "failed on both sides: " + c.now.error;
  } else if (after == SideStatus::kFailed) {
    c.change = Change::kFailed;
    c.reason = c.now.error;
  } else if (before == SideStatus::kFailed) {
    c.change = after == SideStatus::kOk ? Change::kFaster : Change::kCannotTell;
    c.reason = "failed in the baseline: " + c.baseline.error;
    if (after == SideStatus::kCapped) c.reason += "; now " + CappedText(c.now);
  } else if (before == SideStatus::kCapped && after == SideStatus::kCapped) {
    c.reason = "capped on both sides";
  } else if (before == SideStatus::kCapped || after == SideStatus::kCapped) {
    JudgeCapped(c);
  } else {
    return false;
  }
  return true;
}

}  // namespace hybrid
