#include "compare/why_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/format_units.h"
#include "base/enum_names.h"
#include "base/text.h"
#include "compare/bimodal.h"
#include "compare/condition_table.h"
#include "compare/conditions.h"
#include "compare/output_parts.h"
#include "compare/pairs_text.h"
#include "compare/variance_text.h"

namespace hybrid {
namespace {

std::string VerdictText(const Why& why) {
  std::string text =
      fmt::format("{}: {}", NameText(why.compared), Name(why.compared.change));
  const std::string reason = ReasonText(why.compared);
  if (!reason.empty()) text += fmt::format(": {}", reason);
  return text;
}

/// "run 1c7d…, 2026-11-22T10:00:00Z, a.csv".
std::string RunText(const SideRun& run) {
  std::vector<std::string> parts;
  if (!run.id.empty()) parts.push_back(fmt::format("run {}", run.id));
  for (const std::string& part : {run.date, run.file}) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts.empty() ? "a run"
                       : OneLine(fmt::format("{}", fmt::join(parts, ", ")));
}

std::string RunTimesText(const SideRun& run) {
  std::vector<std::string> items;
  for (const double time : run.times_s) items.push_back(FormatSeconds(time));
  for (const double time : run.capped_s) {
    items.push_back(fmt::format("capped after {}", FormatSeconds(time)));
  }
  for (const SideRun::LeftOut& left : run.left_out) {
    items.push_back(fmt::format("left out: {} ({})", FormatSeconds(left.time_s),
                                left.reason));
  }
  return items.empty() ? "" : FormatItems("", items);
}

std::string WhySideText(std::string_view label, const WhySide& side,
                        const ComparedSide& pooled, std::string_view noun) {
  std::vector<std::string> figures;
  if (pooled.median_s) {
    figures.push_back(
        fmt::format("median {}", FormatSeconds(*pooled.median_s)));
  }
  if (pooled.fastest_s) {
    figures.push_back(
        fmt::format("fastest {}", FormatSeconds(*pooled.fastest_s)));
  }
  if (pooled.spread) {
    figures.push_back(fmt::format("spread {}", FormatSpread(*pooled.spread)));
  }
  figures.push_back(fmt::format("{} in {}",
                                SamplesText(noun, pooled.samples.size()),
                                Counted(pooled.runs.size(), "run")));
  if (pooled.disturbed > 0) {
    figures.push_back(
        fmt::format("{} of {} disturbed", pooled.disturbed, pooled.completed));
  }
  if (!pooled.error.empty()) figures.push_back(OneLine(pooled.error));
  std::string text = FormatItems(label, figures);
  for (const SideRun& run : side.runs) {
    text += FormatLine("", RunText(run)) + RunTimesText(run);
  }
  return text;
}

/// The cores' own speed, and what of the difference it explains.
std::string CoresLine(const ComparedConfiguration& c) {
  if (!c.baseline.core_speed || !c.now.core_speed) return {};
  const double excuse = CoreExcuse(c);
  return FormatLine(
      "cores",
      fmt::format(
          "{} and {} GFLOP/s beside the repetitions: {}",
          FormatNumber(*c.baseline.core_speed), FormatNumber(*c.now.core_speed),
          excuse == 1 ? "explains nothing of it"
                      : fmt::format("explains {} of it",
                                    DistanceText(std::abs(std::log(excuse))))));
}

std::string RatioLines(const ComparedConfiguration& c) {
  if (!c.ratio) return {};
  std::string text = ChangeRatioText(c);
  if (c.interval) {
    const bool several = c.baseline.runs.size() > 1 || c.now.runs.size() > 1;
    text += fmt::format(
        " of the medians, with the 95 % interval of the bootstrap{}",
        several ? ", which draws runs and then repetitions" : "");
  }
  std::string lines = FormatLine("ratio", text);
  if (const std::optional<double> fastest = FastestRatio(c)) {
    lines += FormatLine("fastest",
                        fmt::format("{:.3f}× of the fastest of each side, "
                                    "disturbed ones included",
                                    *fastest));
  }
  return lines + CoresLine(c);
}

std::string ProbabilityLines(const Why& why) {
  const ComparedConfiguration& c = why.compared;
  if (!c.p_value) return {};
  return FormatLine("p", fmt::format("{} by Mann-Whitney, {} adjusted for {} "
                                     "(Benjamini-Hochberg); alpha {}",
                                     ProbabilityText(c.p_value),
                                     ProbabilityText(c.adjusted_p),
                                     Counted(why.jury.tests, "test"),
                                     FormatPercent(why.jury.settings.alpha)));
}

std::string ThresholdLine(const Why& why) {
  const ComparedConfiguration& c = why.compared;
  const double asked = why.jury.settings.threshold;
  std::string text = fmt::format("threshold {}", FormatPercent(asked));
  if (c.floor) {
    text += fmt::format("; noise floor on record {}, which {}",
                        FormatPercent(*c.floor),
                        *c.floor > asked ? "counts" : "is no larger");
  }
  return FormatLine("limit", text);
}

/// What all configurations say of single runs.
std::string ScatterLine(const Why& why) {
  if (!why.jury.run_scatter) {
    return FormatLine(
        "runs",
        fmt::format("what one run differs from another by is not known, nor "
                    "asked: that takes {} configurations with one run on a "
                    "side",
                    kFewestForScatter));
  }
  return FormatLine(
      "runs", fmt::format("all configurations with one run on a side differ by "
                          "{:+.1f} %, and each by {} more or less",
                          100 * std::expm1(why.jury.run_scatter->shift),
                          DistanceText(why.jury.run_scatter->deviation)));
}

std::string BestLine(const Why& why) {
  if (!why.best) return {};
  const ComparedConfiguration& times = why.best->times;
  const std::string reason = ReasonText(times);
  return FormatLine(
      "group", fmt::format("the best split of both sides, {}: {}, p {}{}: {}{}",
                           BestsText(*why.best), ChangeRatioText(times),
                           ProbabilityText(times.adjusted_p),
                           times.by_known_spread
                               ? " by the spread of all launches of the race"
                               : "",
                           Name(times.change),
                           reason.empty() ? "" : fmt::format(": {}", reason)));
}

}  // namespace

std::string WhyText(const Why& why) {
  const ComparedConfiguration& c = why.compared;
  const std::string_view noun = SampleNoun(c);
  std::string text = FormatParagraph("why ", VerdictText(why));
  text += WhySideText("baseline", why.baseline, c.baseline, noun);
  text += WhySideText("new", why.now, c.now, noun);
  if (c.paired) {
    text += PairsText(why);
  } else {
    text += RatioLines(c) + ProbabilityLines(why);
    if (why.conditions) text += ScatterLine(why) + VarianceText(why);
  }
  text += ThresholdLine(why) + BestLine(why);
  const std::string levels = ModesText(c);
  if (!levels.empty()) text += FormatLine("levels", levels);
  const std::string table = ConditionTable(why);
  if (!table.empty()) text += '\n' + table;
  return text;
}

}  // namespace hybrid
