#include "analysis/why_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/causes.h"
#include "analysis/format_units.h"
#include "analysis/noise_floor.h"
#include "analysis/split_result.h"
#include "base/text.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// At most this many slower splits are explained: the first ones, which one
/// might have chosen, and the worst; the others in between are counted.
constexpr std::size_t kMostLines = 8;

/// The splits that lose, or would if noise let it be told, worst last.
std::vector<const SplitResult*> Losers(const Answer& answer) {
  std::vector<const SplitResult*> losers;
  for (const SplitResult& split : answer.splits) {
    if (split.verdict == Verdict::kLoser ||
        split.verdict == Verdict::kTooNoisy ||
        split.verdict == Verdict::kCapped) {
      losers.push_back(&split);
    }
  }
  std::stable_sort(losers.begin(), losers.end(),
                   [](const SplitResult* a, const SplitResult* b) {
                     return Slowness(*a) < Slowness(*b);
                   });
  return losers;
}

/// "capped after 1.03 s (1655× slower by rate)", "80.0 ms (8.3× slower)".
std::string LossText(const SplitResult& result,
                     const std::optional<NoiseFloor>& floor) {
  if (result.verdict == Verdict::kCapped) {
    std::string text = "capped";
    if (result.capped_s) {
      text += fmt::format(" after {}", FormatSeconds(*result.capped_s));
    }
    text += result.slowdown
                ? fmt::format(" ({} by rate)", FormatSlower(*result.slowdown))
                : std::string(" without a task done");
    return text;
  }
  std::string text = FormatSlower(Slowness(result));
  if (result.verdict == Verdict::kTooNoisy) {
    text += ", too noisy to tell: " + WithinNoise(result, floor).text;
  }
  if (!result.median_s) return text;
  return fmt::format("{} ({})", FormatSeconds(*result.median_s), text);
}

}  // namespace

std::string WhyText(const Answer& answer) {
  const std::vector<const SplitResult*> losers = Losers(answer);
  std::size_t widest = 0;
  for (const SplitResult* const loser : losers) {
    widest = std::max(widest, DisplayWidth(SplitText(loser->split)));
  }
  std::string text;
  for (std::size_t i = 0; i < losers.size(); ++i) {
    const bool last = i + 1 == losers.size();
    const std::string label = FormatLabel(text.empty() ? "why" : "");
    if (i + 1 >= kMostLines && !last) {
      if (i + 1 == kMostLines) {
        text += fmt::format("{}and {} in between\n", label,
                            losers.size() - kMostLines);
      }
      continue;
    }
    const SplitResult& loser = *losers[i];
    const std::string split = SplitText(loser.split);
    text += FormatParagraph(fmt::format("{}{}{:{}}  ", label, split, "",
                                        widest - DisplayWidth(split)),
                            LossText(loser, answer.noise_floor) +
                                (loser.cause ? ": " + loser.cause->text : ""));
  }
  return text;
}

}  // namespace hybrid
