#include "analysis/answer_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/advice.h"
#include "analysis/format_units.h"
#include "analysis/group_text.h"
#include "analysis/libraries.h"
#include "analysis/noise_floor.h"
#include "analysis/overall.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/trust.h"
#include "analysis/ways.h"
#include "base/contains.h"
#include "base/text.h"
#include "key/key_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// A sweep may hold many splits; those after the first few are of little use.
constexpr std::size_t kMostTallies = 8;

/// Columns that the splits take in the list of tallies, if they are short; with
/// several hosts, whose splits are not, what "16 hosts × 8×1" takes.
constexpr std::size_t kSplitColumns = 7;
constexpr std::size_t kHostsColumns = 14;

/// Whether batches were spread over several hosts.
bool HasHosts(const Overall& overall) {
  return std::any_of(
      overall.splits.begin(), overall.splits.end(),
      [](const SplitTally& tally) { return tally.split.host_count > 1; });
}

std::string NoiseFloorLine(const Overall& overall) {
  constexpr const char* kLead = "noise floor  ";
  if (overall.noise_floors.empty()) {
    return FormatParagraph(
        kLead,
        "not measured; 3 or more repetitions, each with workers launched anew "
        "(--launch=anew, the default), tell it");
  }
  std::vector<std::string> floors;
  for (const NoiseFloor& floor : overall.noise_floors) {
    floors.push_back(FloorText(floor));
  }
  const char* const borrowed =
      overall.borrowed_floor ? ", for other n the largest of the host" : "";
  return FormatParagraph(kLead,
                         fmt::format("{}{}; no difference below it is claimed",
                                     fmt::join(floors, ", "), borrowed));
}

/// What stands above a machine's groups.
std::string MachineText(const Overall& overall) {
  std::string text;
  if (!overall.host.empty()) text += overall.host + ": ";
  const bool has_hosts = HasHosts(overall);
  text += fmt::format(
      "{}{}; splits are {}workers × BLAS threads, times are medians per "
      "batch\n",
      Counted(overall.usable_cores, "usable core"),
      has_hosts ? " of each host" : "", has_hosts ? "hosts × " : "");
  const std::string ceilings = CeilingsText(overall.ceilings);
  if (!ceilings.empty()) text += ceilings + '\n';
  return text + NoiseFloorLine(overall);
}

/// Why no split is recommended.
std::string NothingComparedText(const Overall& overall) {
  const bool disturbed =
      std::any_of(overall.splits.begin(), overall.splits.end(),
                  [](const SplitTally& tally) { return tally.disturbed > 0; });
  const bool one = overall.splits.front().best_or_tied > 0;
  if (disturbed) {
    return one ? "only one split was measured undisturbed"
               : "no split was measured undisturbed";
  }
  return one ? "only one split was measured" : "no split did any task";
}

/// How one split fares over `groups` groups: "fastest or tied in 5 of 6, at
/// worst 1.05× the best one's time, capped in 1".
std::string TallyText(const SplitTally& tally, std::size_t groups) {
  std::vector<std::string> facts = {
      fmt::format("fastest or tied in {} of {}", tally.best_or_tied, groups)};
  if (tally.slowdown) {
    facts.push_back(*tally.slowdown > 1
                        ? "at worst " + FormatRatio(*tally.slowdown) +
                              " the best one's time"
                        : "never behind");
  }
  const auto add = [&facts](const char* what, std::size_t count) {
    if (count > 0) facts.push_back(fmt::format("{} in {}", what, count));
  };
  add("unclear", tally.cannot_tell);
  add("capped", tally.capped);
  add("disturbed", tally.disturbed);
  add("failed", tally.failed);
  add("not run", groups - tally.measured);
  return fmt::format("{}", fmt::join(facts, ", "));
}

/// What to use over all groups of `way`, and how each split fares in them;
/// `label` tells it from other ways.
std::string OverallText(const Way& way, const std::string& label,
                        const TrustVerdict& trust) {
  std::vector<Answer> answers;
  for (const Answer* answer : way.answers) answers.push_back(*answer);
  const Overall overall = FindOverall(answers).front();
  if (overall.groups == 0) return "";
  const std::string lead =
      label.empty() ? "Overall: " : "Overall (" + label + "):";
  // Behind a long label there is no room.
  const auto paragraph = [&](const std::string& words) {
    return label.empty() ? FormatParagraph(lead, words)
                         : lead + '\n' + FormatParagraph("  ", words);
  };
  const Advice advice = FewestRules(way.answers);
  if (overall.recommended() == nullptr ||
      (advice.rules.empty() && advice.doubted.empty())) {
    return paragraph(fmt::format("{}, so none can be recommended",
                                 NothingComparedText(overall)));
  }
  if (trust.trust == Trust::kNone) {
    return paragraph("no split can be recommended: " + trust.reason);
  }
  if (advice.rules.empty()) {
    return paragraph(
        "no split can be recommended: the fastest may have been disturbed");
  }
  std::string text = label.empty() ? "" : lead + '\n';
  for (const AdviceRule& rule : advice.rules) {
    std::string indent(label.empty() ? DisplayWidth(lead) : 2, ' ');
    text +=
        FormatParagraph(text.empty() ? lead : indent, RuleText(rule, advice));
  }
  const std::size_t columns = HasHosts(overall) ? kHostsColumns : kSplitColumns;
  std::size_t listed = 0;
  std::size_t never_run = 0;
  for (const SplitTally& tally : overall.splits) {
    if (tally.measured == 0) {
      ++never_run;
      continue;
    }
    if (++listed > kMostTallies) continue;
    const std::string split = SplitText(tally.split);
    const std::size_t width = DisplayWidth(split);
    const std::size_t padding = width < columns ? columns - width : 0;
    text += fmt::format("  {}{:{}}  {}\n", split, "", padding,
                        TallyText(tally, overall.groups));
  }
  if (listed > kMostTallies) {
    text += fmt::format("  and {}, less often fastest or tied\n",
                        Counted(listed - kMostTallies, "other split"));
  }
  if (never_run > 0) {
    text +=
        fmt::format("  {} not run in any group\n", Counted(never_run, "split"));
  }
  if (!advice.doubted.empty()) {
    text += fmt::format(
        "  In {} of {} groups the fastest may have been disturbed: nothing is "
        "said of them\n",
        advice.doubted.size(), overall.groups);
  }
  if (overall.unclear_groups > 0) {
    text += fmt::format(
        "  In {} of {} groups splits ran fewer than {} times: what looks "
        "fastest there may be noise\n",
        overall.unclear_groups, overall.groups, kFewestSamples);
  }
  return text;
}

}  // namespace

std::string AnswerText(std::span<const Answer> answers) {
  if (answers.empty()) {
    return "No results of the family Hybrid: there is nothing to answer.\n";
  }
  const std::vector<Way> ways = FindWays(answers);
  const TrustVerdict trust = JudgeTrust(answers);
  std::string text;
  for (const Overall& overall : FindOverall(answers)) {
    if (!text.empty()) text += '\n';
    text += MachineText(overall);
    std::vector<Way> here;
    for (const Way& way : ways) {
      if (way.host == overall.host &&
          way.usable_cores == overall.usable_cores) {
        here.push_back(way);
      }
    }
    for (const Answer& answer : answers) {
      const auto way = std::find_if(
          here.begin(), here.end(),
          [&answer](const Way& one) { return Contains(one.answers, &answer); });
      if (way != here.end()) {
        text += '\n' + GroupText(answer, way->conditions);
      }
    }
    for (const Way& way : here) {
      const std::string about = OverallText(way, WayText(way, here), trust);
      if (!about.empty()) text += '\n' + about;
    }
    const std::vector<LibraryContest> contests = CompareLibraries(here);
    const std::vector<std::string> labels = ContestLabels(contests);
    for (std::size_t i = 0; i < contests.size(); ++i) {
      const std::string& of =
          labels[i].empty() ? contests[i].front().way->operation : labels[i];
      text += '\n' + FormatParagraph(
                         "Libraries: ",
                         fmt::format("{}: {}", of, ContestText(contests[i])));
    }
  }
  return text;
}

}  // namespace hybrid
