#include "analysis/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "analysis/format_units.h"
#include "base/text.h"
#include "key/key_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

std::string GroupName(const Answer& answer) {
  return fmt::format("n={} batch={}", answer.key.n, answer.key.batch);
}

bool IsDisturbed(const SplitResult& split) {
  return split.verdict == Verdict::kDisturbed;
}

/// A split without a verdict that was at least once as fast as the best.
const SplitResult* PossiblyBest(const Answer& answer) {
  const SplitResult* const best = answer.best();
  const auto split = std::find_if(
      answer.splits.begin(), answer.splits.end(), [&](const SplitResult& one) {
        return IsDisturbed(one) &&
               (best == nullptr || !best->median_s || !one.fastest_s ||
                *one.fastest_s <= *best->median_s);
      });
  return split == answer.splits.end() ? nullptr : &*split;
}

/// Why nothing can be recommended, or nothing.
std::string AgainstAll(std::span<const Answer> answers) {
  std::size_t configurations = 0;
  std::size_t disturbed = 0;
  const SplitResult* example = nullptr;
  const Answer* open = nullptr;
  std::size_t ranked = 0;
  for (const Answer& answer : answers) {
    configurations += answer.splits.size();
    for (const SplitResult& split : answer.splits) {
      if (!IsDisturbed(split)) continue;
      ++disturbed;
      if (example == nullptr) example = &split;
    }
    if (open == nullptr && PossiblyBest(answer) != nullptr) open = &answer;
    if (answer.best() != nullptr) ++ranked;
  }
  if (static_cast<double>(disturbed) >
      kManyDisturbed * static_cast<double>(configurations)) {
    return fmt::format(
        "{} of {} {} disturbed{}", disturbed,
        Counted(configurations, "configuration"),
        disturbed == 1 ? "was" : "were",
        example->disturbance.empty() ? "" : " (" + example->disturbance + ")");
  }
  if (open != nullptr) {
    const SplitResult& split = *PossiblyBest(*open);
    return fmt::format("{} may be the fastest at {}, but was {}",
                       SplitText(split.split), GroupName(*open),
                       NoVerdictText(split));
  }
  return ranked == 0 ? "no split did any task" : "";
}

/// The largest of the noise floors that the answers were judged by.
std::optional<NoiseFloor> LargestFloor(std::span<const Answer> answers) {
  std::optional<NoiseFloor> largest;
  for (const Answer& answer : answers) {
    if (!answer.noise_floor) continue;
    if (!largest || answer.noise_floor->floor > largest->floor) {
      largest = answer.noise_floor;
    }
  }
  return largest;
}

bool RanTooSeldom(const Answer& answer) {
  return std::any_of(answer.splits.begin(), answer.splits.end(),
                     [](const SplitResult& split) {
                       return split.verdict == Verdict::kCannotTell;
                     });
}

}  // namespace

TrustVerdict JudgeTrust(std::span<const Answer> answers) {
  const std::string against = AgainstAll(answers);
  if (!against.empty()) return {Trust::kNone, against};
  const std::optional<NoiseFloor> floor = LargestFloor(answers);
  if (!floor) return {Trust::kFair, "the noise floor was not measured"};
  const std::string noise = fmt::format("noise floor {} (n={})",
                                        FormatPercent(floor->floor), floor->n);
  if (floor->floor > kMuchNoise) {
    return {Trust::kFair, noise + ": smaller differences are no gain"};
  }
  if (std::any_of(answers.begin(), answers.end(), RanTooSeldom)) {
    return {Trust::kFair,
            fmt::format("some splits ran fewer than {} times: what looks "
                        "fastest may be noise",
                        kFewestSamples)};
  }
  return {Trust::kGood, noise};
}

}  // namespace hybrid
