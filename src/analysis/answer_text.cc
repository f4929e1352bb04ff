#include "analysis/answer_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/group_text.h"
#include "analysis/noise_floor.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/use_text.h"
#include "base/text.h"
#include "key/key_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// A sweep may hold many splits; those after the first few are of little use.
constexpr std::size_t kMostTallies = 8;

/// Columns that the splits take in the list of tallies, if they are short.
constexpr std::size_t kSplitColumns = 7;

std::string NoiseFloorLine(const Overall& overall) {
  constexpr const char* kLead = "noise floor  ";
  if (overall.noise_floors.empty()) {
    return FormatParagraph(
        kLead, "not measured; --benchmark_filter='Hybrid|Noise' measures it");
  }
  std::vector<std::string> floors;
  for (const NoiseFloor& floor : overall.noise_floors) {
    floors.push_back(
        fmt::format("{} (n={})", FormatPercent(floor.floor), floor.n));
  }
  const char* const borrowed =
      overall.borrowed_floor ? ", for other n the largest of the host" : "";
  return FormatParagraph(
      kLead,
      fmt::format("{}, measured A/A{}; no difference below it is claimed",
                  fmt::join(floors, ", "), borrowed));
}

/// What stands above a machine's groups.
std::string MachineText(const Overall& overall) {
  std::string text;
  if (!overall.host.empty()) text += overall.host + ": ";
  text += fmt::format(
      "{}; splits are workers × BLAS threads, times are medians per batch\n",
      Counted(overall.usable_cores, "usable core"));
  const std::string ceilings = CeilingsText(overall.ceilings);
  if (!ceilings.empty()) text += ceilings + '\n';
  return text + NoiseFloorLine(overall);
}

/// The line that chooses the split's kernels; empty if BLIS does by itself.
std::string KernelsToUse(const SplitTally& use) {
  if (use.arch_types.size() > 1) {
    return "    # BLIS_ARCH_TYPE depends on the group: see its lines to use\n";
  }
  if (use.arch_types.empty() || use.arch_types.front().first.empty()) return {};
  const auto& [type, kernels] = use.arch_types.front();
  return "    " + ArchTypeText(type, kernels) + '\n';
}

/// The lines that put the recommended split to use.
std::string OverallUseText(const SplitTally& use) {
  const Split& split = use.split;
  std::string text = fmt::format(
      "  To use it:\n    {}   # also OMP_NUM_THREADS={} for programs that use "
      "OpenMP elsewhere\n",
      ThreadsText(split), split.blas_threads);
  text += KernelsToUse(use);
  if (split.workers == 1) {
    text += "    start 1 process and run the tasks one after another\n";
  } else {
    text += fmt::format(
        "    start {0} worker processes, e.g. Python: "
        "multiprocessing.Pool({0})\n",
        split.workers);
  }
  if (use.serial_build) text += fmt::format("    {}\n", kSerialBuildText);
  return text;
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
  return overall.splits.size() == 1 ? "only one split was measured"
                                    : "no split did any task";
}

}  // namespace

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

std::string OverallText(const Overall& overall, const std::string& conditions) {
  if (overall.groups == 0) return "";
  const std::string label =
      conditions.empty() ? "Overall" : "Overall (" + conditions + ")";
  const SplitTally* const use = overall.recommended();
  if (use == nullptr) {
    return fmt::format("{}: {}, so none can be recommended\n", label,
                       NothingComparedText(overall));
  }
  std::string text = fmt::format("{}: {} is most often fastest or tied\n",
                                 label, SplitText(use->split));
  std::size_t listed = 0;
  for (const SplitTally& tally : overall.splits) {
    if (++listed > kMostTallies) {
      text += fmt::format("  and {} other splits, less often fastest or tied\n",
                          overall.splits.size() - kMostTallies);
      break;
    }
    const std::string split = SplitText(tally.split);
    const std::size_t width = DisplayWidth(split);
    const std::size_t padding =
        width < kSplitColumns ? kSplitColumns - width : 0;
    text += fmt::format("  {}{:{}}  {}\n", split, "", padding,
                        TallyText(tally, overall.groups));
  }
  if (overall.unclear_groups > 0) {
    text += fmt::format(
        "  In {} of {} groups splits ran fewer than {} times: what looks "
        "fastest there may be noise\n",
        overall.unclear_groups, overall.groups, kFewestSamples);
  }
  return text + OverallUseText(*use);
}

std::string AnswerText(std::span<const Answer> answers) {
  if (answers.empty()) {
    return "No results of the family Hybrid: there is nothing to answer.\n";
  }
  std::string text;
  for (const Overall& overall : FindOverall(answers)) {
    if (!text.empty()) text += '\n';
    text += MachineText(overall);
    // Advice for one way of measuring is none for another.
    std::vector<std::pair<std::string, std::vector<Answer>>> ways;
    for (const Answer& answer : answers) {
      if (answer.key.host != overall.host ||
          answer.key.usable_cores != overall.usable_cores) {
        continue;
      }
      text += '\n' + GroupText(answer);
      const std::string way = ConditionsText(answer);
      auto place =
          std::find_if(ways.begin(), ways.end(),
                       [&](const auto& other) { return other.first == way; });
      if (place == ways.end()) place = ways.insert(place, {way, {}});
      place->second.push_back(answer);
    }
    for (const auto& [way, group] : ways) {
      text += '\n' + OverallText(FindOverall(group).front(),
                                 ways.size() > 1 ? way : "");
    }
  }
  return text;
}

}  // namespace hybrid
