#include "history/history_gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "compare/comparison.h"
#include "compare/output_parts.h"
#include "history/steps.h"
#include "history/steps_text.h"
#include "key/key.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

using Steps = std::vector<const Step*>;

/// Worst first.
Steps FailingSteps(const History& history, const Window& window) {
  Steps failing;
  for (const Step& step : history.steps) {
    if (FailsGate(history, window, step)) failing.push_back(&step);
  }
  return failing;
}

/// The run whose acceptance lets the gate pass: the latest one of a step, or
/// the newest run where that alone is slower.
const HistoryRun& RunToAccept(const History& history, const NewestRun& newest,
                              const Steps& failing) {
  std::set<Key> explained;
  std::size_t run = 0;
  for (const Step* const step : failing) {
    explained.insert(history.series[step->series].key);
    run = std::max(run, step->run);
  }
  for (const ComparedConfiguration& c : newest.comparison.configurations) {
    if (c.change == Change::kSlower && !explained.contains(c.key)) {
      run = history.runs.size() - 1;
    }
  }
  if (newest.comparison.slower_bests() > 0) run = history.runs.size() - 1;
  return history.runs[run];
}

/// "2 of 4 configurations became slower and still are, worst gemm n=64 batch=8
/// 2×1 1.20× from run 2026-01-08T12:00:00Z on, between c006 and c007".
std::string FailingStepsText(const History& history, const Steps& failing) {
  std::set<std::size_t> series;
  for (const Step* const step : failing) series.insert(step->series);
  const Step& worst = *failing.front();
  return fmt::format(
      "{} of {} became slower and still {}, worst {} {} from run {} on, {}",
      series.size(), ConfigurationsText(history.series.size()),
      series.size() == 1 ? "is" : "are",
      KeyText(history.series[worst.series].key, KeyStyle::kShort),
      FormatRatio(worst.ratio), history.runs[worst.run].time_utc,
      CommitsText(worst));
}

}  // namespace

bool FailsGate(const History& history, const Window& window, const Step& step) {
  return step.kind == StepKind::kStep && step.ratio > 1 && step.lasts &&
         history.runs.size() - step.run <= window.runs &&
         (!window.accepted || step.run > *window.accepted);
}

bool NewestRegressed(const History& history, const NewestRun& newest) {
  const bool accepted = newest.asked.accepted == history.runs.size() - 1;
  return accepted ? newest.comparison.Count(Change::kFailed) > 0
                  : newest.comparison.regressed();
}

Gate FindHistoryGate(const History& history, const NewestRun& newest,
                     bool anyway) {
  const Comparison& comparison = newest.comparison;
  Gate gate = FindGate(comparison, anyway);
  if (gate.verdict == GateVerdict::kFailed &&
      !NewestRegressed(history, newest)) {
    return MakeGate(
        GateVerdict::kPassed,
        comparison.regressions() == 0
            ? "the best split takes longer in the newest run, which is "
              "accepted"
            : fmt::format("{} of {} slower, in the newest run, which is "
                          "accepted",
                          comparison.Count(Change::kSlower),
                          ConfigurationsText(comparison.in_common())));
  }
  const Steps failing = FailingSteps(history, newest.asked);
  const bool slower =
      comparison.Count(Change::kSlower) + comparison.slower_bests() > 0;
  if (failing.empty() && (!slower || gate.verdict != GateVerdict::kFailed)) {
    return gate;
  }
  const HistoryRun& run = RunToAccept(history, newest, failing);
  std::string text = comparison.regressed() ? FailureText(comparison) : "";
  if (!failing.empty()) {
    text += (text.empty() ? "" : "; ") + FailingStepsText(history, failing);
  }
  if (!run.run_id.empty()) {
    text += fmt::format("; --accept={} accepts the new level", run.run_id);
  }
  return MakeGate(GateVerdict::kFailed, text);
}

}  // namespace hybrid
