#include "report/against_best.h"

#include <string>

#include "analysis/format_units.h"
#include "base/enum_names.h"
#include "report/cell_text.h"

namespace hybrid {
namespace {

std::string AtLeast(double slowdown) { return "≥ " + FormatRatio(slowdown); }

}  // namespace

bool IsSearched(const Answer& answer) {
  return answer.launched && !answer.launched->circumstances.is_grid;
}

AgainstBest FindAgainstBest(const Answer& answer, const SplitResult& split) {
  const SplitResult* const best = answer.best();
  if (split.verdict != Verdict::kNotRun) {
    // A race knows of what it stopped that it had taken so long by then.
    const bool stopped = answer.launched && best != nullptr && best->median_s &&
                         split.capped_s && split.verdict == Verdict::kCapped;
    if (!stopped) return {.slowdown = split.slowdown};
    return {.slowdown = *split.capped_s / *best->median_s, .at_least = true};
  }
  if (best == nullptr || !best->median_s || !split.bound_s) return {};
  return {.slowdown = *split.bound_s / *best->median_s,
          .at_least = true,
          .by_bound = true};
}

std::string MultipleText(const Answer& answer, const SplitResult& split) {
  const AgainstBest against = FindAgainstBest(answer, split);
  if (!against.slowdown) {
    return split.status == PooledStatus::kSkipped
               ? "not run"
               : std::string(Name(split.status));
  }
  return against.at_least ? AtLeast(*against.slowdown)
                          : FormatRatio(*against.slowdown);
}

std::string AgainstBestText(const Answer& answer, const SplitResult& split) {
  const AgainstBest against = FindAgainstBest(answer, split);
  if (!against.at_least) return CellText(against.slowdown, FormatSlowdown);
  return AtLeast(*against.slowdown) + (against.by_bound ? " (bound)" : "");
}

}  // namespace hybrid
