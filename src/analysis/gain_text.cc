#include "analysis/gain_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/gain.h"
#include "analysis/split_result.h"
#include "analysis/usual_defaults.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// 1×1 on one host, of whatever engine.
bool IsOne(const Split& split) {
  return split.workers == 1 && split.blas_threads == 1 && split.host_count == 1;
}

/// What the base of `gain` is called: who would have chosen it, if anybody.
std::string NameOf(const Gain& gain, const Answer& answer) {
  const std::string chooser = UsualChooser(answer, gain.split);
  return chooser.empty() ? gain.base : chooser;
}

/// "1.97× over 1×2 (one process, all BLAS threads)", or why there is no ratio.
std::string GainItem(const Gain& gain, const Answer& answer) {
  std::vector<std::string> notes;
  if (!IsOne(gain.split)) notes.push_back(NameOf(gain, answer));
  if (gain.kind == Gain::Kind::kMoreThan || gain.kind == Gain::Kind::kByRate) {
    notes.emplace_back("capped");
  }
  std::string base = SplitText(gain.split);
  if (!notes.empty()) base += fmt::format(" ({})", fmt::join(notes, ", "));
  const std::optional<std::string> figure = GainFigure(gain);
  return figure ? fmt::format("{} over {}", *figure, base)
                : fmt::format("{}: {}", base, WhyNoGain(gain));
}

/// The line that says from how many tasks on the best is worth its start; empty
/// if that is not known.
std::string PaysOffText(const Answer& answer) {
  const SplitResult& best = *answer.best();
  if (!answer.break_even) {
    // Against one host, where 1×1 was not measured.
    return best.cause ? FormatItems("pays off", {best.cause->text})
                      : std::string();
  }
  const std::string tasks = *answer.break_even == 1
                                ? std::string("the first task")
                                : fmt::format("{} tasks", *answer.break_even);
  std::vector<std::string> items = {fmt::format(
      "from {} on, start-up included ({} starts in {})", tasks,
      SplitText(best.split), FormatSeconds(*best.evidence.start_s))};
  if (best.cause) items.push_back(best.cause->text);
  return FormatItems("pays off", items);
}

/// The rules of thumb, and what else launchers choose.
std::vector<Gain> Bases(const Answer& answer) {
  std::vector<Gain> bases = answer.gains;
  for (Gain& gain : FindUsualDefaults(answer)) {
    const bool is_there = std::any_of(
        bases.begin(), bases.end(),
        [&gain](const Gain& base) { return base.split == gain.split; });
    if (!is_there) bases.push_back(std::move(gain));
  }
  return bases;
}

}  // namespace

std::optional<std::string> GainFigure(const Gain& gain) {
  switch (gain.kind) {
    case Gain::Kind::kMeasured:
      return FormatRatio(gain.ratio);
    case Gain::Kind::kMoreThan:
      return "> " + FormatRatio(gain.ratio);
    case Gain::Kind::kByRate:
      return FormatRatio(gain.ratio) + " by rate";
    case Gain::Kind::kTie:
    case Gain::Kind::kUnclear:
    case Gain::Kind::kNotMeasured:
    case Gain::Kind::kDisturbed:
    case Gain::Kind::kFailed:
    case Gain::Kind::kNotRun:
      break;
  }
  return std::nullopt;
}

std::string WhyNoGain(const Gain& gain) {
  switch (gain.kind) {
    case Gain::Kind::kTie:
      return "tie";
    case Gain::Kind::kUnclear:
      return "unclear";
    case Gain::Kind::kNotMeasured:
      return "not measured";
    case Gain::Kind::kDisturbed:
      return "disturbed";
    case Gain::Kind::kFailed:
      return "failed";
    case Gain::Kind::kNotRun:
      return "not run";
    case Gain::Kind::kMeasured:
    case Gain::Kind::kMoreThan:
    case Gain::Kind::kByRate:
      break;
  }
  return {};
}

std::string GainText(const Answer& answer) {
  const SplitResult* const best = answer.best();
  if (best == nullptr) return {};
  if (answer.splits.size() == 1) {
    return FormatItems("gain", {"unknown: no other split was measured"});
  }
  const std::vector<Gain> bases = Bases(answer);
  std::vector<std::string> gains;
  for (const Gain& gain : bases) {
    if (gain.split != best->split) gains.push_back(GainItem(gain, answer));
  }
  for (const Gain& gain : bases) {
    if (gain.split == best->split && !IsOne(best->split)) {
      const std::string chooser = UsualChooser(answer, gain.split);
      gains.push_back(chooser.empty() ? "it is " + gain.base + " itself"
                                      : "it is that of " + chooser);
    }
  }
  if (gains.empty()) {
    gains.push_back("none: on one core every rule of thumb is " +
                    SplitText(best->split));
  }
  return FormatItems("gain", gains) + PaysOffText(answer);
}

}  // namespace hybrid
