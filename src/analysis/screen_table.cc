#include "analysis/screen_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "analysis/break_even.h"
#include "analysis/format_units.h"
#include "analysis/gain_text.h"
#include "base/text.h"
#include "key/key_text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// The bases of the gains that the table has, as places in FindGains.
constexpr std::array<std::size_t, 3> kBases{0, 2, 3};
/// Without room for the last one.
constexpr std::size_t kBasesWithHosts = 2;

/// `text` at the right end of `columns`.
std::string Right(const std::string& text, std::size_t columns) {
  return fmt::format("{:>{}}", text, columns);
}

/// `text` at the left end of `columns`.
std::string Left(const std::string& text, std::size_t columns) {
  return fmt::format("{:<{}}", text, columns);
}

/// What `use`, the best or a tie, gains over a base: "1.97×", "> 3.9×", "tie",
/// or "-" where that is not known.
std::string GainCell(const SplitResult& use, Gain gain) {
  if (gain.split == use.split) return "best";
  gain.ratio /= use.slowdown.value_or(1);
  if (const auto figure = GainFigure(gain)) {
    return figure->substr(0, figure->find(" by rate"));
  }
  const bool known = gain.kind != Gain::Kind::kNotMeasured &&
                     gain.kind != Gain::Kind::kDisturbed;
  return known ? WhyNoGain(gain) : "-";
}

/// From how many tasks on `use` is worth its start, or "-".
std::string PaysCell(const Answer& answer, const SplitResult& use) {
  const SplitResult* const single = answer.single();
  if (single == nullptr || single == &use) return "-";
  const auto tasks = BreakEvenTasks(answer.key, use, *single);
  return tasks ? fmt::format("{}", *tasks) : "-";
}

std::string TimeCell(const SplitResult& best) {
  if (!best.median_s) {
    return fmt::format("{} tasks/s", FormatNumber(*best.tasks_per_s));
  }
  return FormatSeconds(*best.median_s) +
         (best.spread ? " " + FormatSpread(*best.spread) : "");
}

/// How wide the first columns are.
struct Widths {
  std::size_t n, split, time, peak;
  std::size_t bases = kBases.size();  ///< how many of these have a column
};
constexpr Widths kUsual{7, 8, 16, 7};
/// For "16×1 threads": the whole line is no longer.
constexpr Widths kWithEngine{6, 13, 14, 6};
/// For "16 hosts × 128×1".
constexpr Widths kWithHosts{6, 21, 14, 6, kBasesWithHosts};

Widths WidthsFor(std::span<const Way> ways) {
  Widths widths = kUsual;
  for (const Way& way : ways) {
    for (const Answer* const answer : way.answers) {
      const SplitResult* const use = answer->recommended();
      if (use == nullptr) continue;
      if (use->split.host_count > 1) return kWithHosts;
      if (use->split.engine != Engine::kProcesses) widths = kWithEngine;
    }
  }
  return widths;
}

std::string RowText(const Answer& answer, const Widths& widths) {
  std::string text =
      Right(answer.key.n > 0 ? fmt::format("{}", answer.key.n) : "-",
            widths.n) +
      Right(fmt::format("{}", answer.key.batch), 7) + "  ";
  // What to use: a tie where the fastest is oversubscribed.
  const SplitResult* const use = answer.recommended();
  if (use == nullptr) {
    const bool disturbed = std::any_of(
        answer.splits.begin(), answer.splits.end(),
        [](const SplitResult& s) { return s.verdict == Verdict::kDisturbed; });
    return text + (disturbed ? "none: no split was measured undisturbed"
                             : "none: no split did any task");
  }
  text += Left(SplitText(use->split), widths.split) +
          Right(TimeCell(*use), widths.time);
  std::string peak = answer.key.runs_command() ? "" : "-";
  if (use->evidence.peak_fraction) {
    peak = FormatPercent(*use->evidence.peak_fraction);
  }
  text += Right(peak, widths.peak);
  for (const std::size_t base : std::span(kBases).first(widths.bases)) {
    text += Right(
        base < answer.gains.size() ? GainCell(*use, answer.gains[base]) : "-",
        8);
  }
  return text + Right(PaysCell(answer, *use), 8);
}

/// Of a command there is no share of a peak.
bool AnyHasPeak(std::span<const Way> ways) {
  return std::any_of(ways.begin(), ways.end(), [](const Way& way) {
    return !RunsProgram(way.operation);
  });
}

std::string HeaderText(std::uint64_t cores, const Widths& widths,
                       bool has_peak) {
  const std::string all = fmt::format("{}", cores);
  return Right("n", widths.n) + Right("batch", 7) + "  " +
         Left("best", widths.split) + Right("time", widths.time) +
         Right(has_peak ? "peak" : "", widths.peak) + Right("1×1", 8) +
         Right("1×" + all, 8) +
         (widths.bases > kBasesWithHosts ? Right(all + "×" + all, 8) : "") +
         Right("pays at", 8);
}

}  // namespace

ScreenTable MakeScreenTable(std::span<const Way> ways, std::size_t most_groups,
                            std::size_t most_lines) {
  ScreenTable table;
  const Widths widths = WidthsFor(ways);
  std::uint64_t cores = 0;
  for (const Way& way : ways) {
    std::vector<std::string> head;
    if (way.usable_cores != cores)
      head.push_back(HeaderText(way.usable_cores, widths, AnyHasPeak(ways)));
    const std::string label = WayText(way, ways);
    if (!label.empty()) head.push_back("  " + CutTo(label, kScreenColumns - 2));
    for (const Answer* answer : way.answers) {
      if (table.groups == most_groups ||
          table.lines.size() + head.size() >= most_lines) {
        return table;
      }
      table.lines.insert(table.lines.end(), head.begin(), head.end());
      head.clear();
      table.lines.push_back(RowText(*answer, widths));
      ++table.groups;
    }
    cores = way.usable_cores;
  }
  return table;
}

}  // namespace hybrid
