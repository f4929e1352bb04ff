#include "history/steps_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/modes_text.h"
#include "base/text.h"
#include "compare/output_parts.h"
#include "compare/table_layout.h"
#include "history/series.h"
#include "history/steps.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Changes of one kind that lie between the same commits, outlier runs of the
/// same run, and all that is bimodal.
using StepGroup = std::vector<const Step*>;

/// Of a configuration's name, its ratio, p, and what else there is to say.
constexpr std::array kStepColumns = {Alignment::kLeft, Alignment::kRight,
                                     Alignment::kLeft, Alignment::kLeft};

bool BelongTogether(const Step& a, const Step& b) {
  const bool outliers = a.kind == StepKind::kOutlierRun;
  if (a.kind == StepKind::kBimodal) return b.kind == a.kind;
  return a.kind == b.kind && a.commit == b.commit &&
         a.commit_before == b.commit_before && (!outliers || a.run == b.run);
}

/// In the order of the worst one of each.
std::vector<StepGroup> GroupSteps(const std::vector<Step>& steps) {
  std::vector<StepGroup> groups;
  for (const Step& step : steps) {
    const auto place =
        std::find_if(groups.begin(), groups.end(), [&](const StepGroup& group) {
          return BelongTogether(*group.front(), step);
        });
    (place == groups.end() ? groups.emplace_back() : *place).push_back(&step);
  }
  return groups;
}

/// "from run 2026-01-08T12:00:00Z on".
std::string RunText(const History& history, const Step& step) {
  const std::string& time = history.runs[step.run].time_utc;
  switch (step.kind) {
    case StepKind::kOutlierRun:
      return "run " + time;
    case StepKind::kDrift:
      return fmt::format("from run {} to {}",
                         history.runs[step.run_before].time_utc, time);
    case StepKind::kBimodal:
    case StepKind::kStep:
      break;
  }
  return fmt::format("from run {} on", time);
}

bool OfTheSameRuns(const StepGroup& group) {
  return std::all_of(group.begin(), group.end(), [&](const Step* step) {
    return std::tuple(step->run, step->run_before) ==
           std::tuple(group.front()->run, group.front()->run_before);
  });
}

std::string HeadingText(const History& history, const StepGroup& group) {
  const Step& first = *group.front();
  const std::string run = OfTheSameRuns(group) ? RunText(history, first) : "";
  switch (first.kind) {
    case StepKind::kOutlierRun:
      return fmt::format("outlier {}, commit {}", run,
                         CommitText(first.commit));
    case StepKind::kDrift:
      return fmt::format("little by little {}{}{}", CommitsText(first),
                         run.empty() ? "" : ", ", run);
    case StepKind::kBimodal:
      return "no step: bimodal, and by chance on which level a run is";
    case StepKind::kStep:
      break;
  }
  return fmt::format("{}{}{}", CommitsText(first), run.empty() ? "" : ", ",
                     run);
}

/// "1.12× slower", "1.30× faster".
std::string StepRatioText(double ratio) {
  return ratio >= 1 ? FormatRatio(ratio) + " slower"
                    : FormatRatio(1 / ratio) + " faster";
}

/// Whether workers lived on in the run before `step`.
bool LivedOnBefore(const History& history, const Step& step) {
  const std::vector<Point>& points = history.series[step.series].points;
  return std::any_of(points.begin(), points.end(), [&](const Point& point) {
    return point.run == step.run_before && !point.of_launches;
  });
}

TableLine StepLine(const History& history, const Step& step, bool names_run) {
  if (step.modes) {
    return {KeyText(history.series[step.series].key, KeyStyle::kShort),
            FormatRatio(step.modes->high / step.modes->low),
            LevelsText(*step.modes), ""};
  }
  std::string more = names_run ? RunText(history, step) : "";
  if (step.kind == StepKind::kStep && !step.lasts) {
    more += (more.empty() ? "" : ", ") + std::string("no longer");
  }
  if (step.other_launches) {
    more +=
        fmt::format("{}workers lived on {} it only", more.empty() ? "" : ", ",
                    LivedOnBefore(history, step) ? "before" : "after");
  }
  return {KeyText(history.series[step.series].key, KeyStyle::kShort),
          StepRatioText(step.ratio),
          step.kind == StepKind::kOutlierRun
              ? ""
              : fmt::format("p {}", ProbabilityText(step.p_value)),
          more};
}

std::string GroupText(const History& history, const StepGroup& group) {
  constexpr std::size_t kIndent = 4;
  const bool names_run = !OfTheSameRuns(group);
  std::vector<TableLine> lines;
  for (const Step* const step : group) {
    lines.push_back(StepLine(history, *step, names_run));
  }
  return FormatParagraph("  ", HeadingText(history, group)) +
         TableText(lines, kStepColumns, kIndent);
}

/// What there is to say where no step is found: not that there is none if none
/// could be.
std::string NoStepText(const History& history) {
  const auto long_enough = std::count_if(
      history.series.begin(), history.series.end(), [](const Series& series) {
        const auto levels = std::count_if(
            series.points.begin(), series.points.end(),
            [](const Point& point) { return point.median_s.has_value(); });
        return static_cast<std::size_t>(levels) >= kFewestForStep;
      });
  if (long_enough == 0) {
    return fmt::format(
        "  can't tell: no configuration completed in {} runs or more\n",
        kFewestForStep);
  }
  const auto of = static_cast<std::size_t>(long_enough);
  return fmt::format(
      "  none beyond noise among {} runs{}\n", history.runs.size(),
      of == history.series.size()
          ? ""
          : fmt::format(" in {} of {}; the others completed in "
                        "fewer than {}",
                        of, ConfigurationsText(history.series.size()),
                        kFewestForStep));
}

}  // namespace

std::string CommitText(const std::string& commit) {
  return commit.empty() ? "unknown" : commit;
}

std::string CommitsText(const Step& step) {
  if (step.commit != step.commit_before) {
    return fmt::format("between {} and {}", CommitText(step.commit_before),
                       CommitText(step.commit));
  }
  if (step.commit.empty()) return "commits unknown";
  return fmt::format("commit {} before and after, so not by the program",
                     step.commit);
}

std::string StepsText(const History& history) {
  std::string text = "Steps\n";
  for (const StepGroup& group : GroupSteps(history.steps)) {
    text += GroupText(history, group);
  }
  if (std::all_of(
          history.steps.begin(), history.steps.end(),
          [](const Step& step) { return step.kind == StepKind::kBimodal; })) {
    text += NoStepText(history);
  }
  return text +
         "  (a step takes two runs on each side; what only the newest run "
         "shows stands above)\n";
}

}  // namespace hybrid
