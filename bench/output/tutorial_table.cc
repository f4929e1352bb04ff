#include "output/tutorial_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/format_units.h"
#include "families/tutorial.h"
#include "key/key_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

constexpr std::string_view kNoSplit = "-";

std::string ScriptName(const TutorialCase& tutorial_case) {
  return fmt::format("{}{}", tutorial_case.name, kScriptSuffix);
}

/// What our table says of one case.
struct Ours {
  std::string split = std::string(kNoSplit);
  std::optional<double> wall_s;
  std::string note = "not run";
};

Ours ReadCase(std::span<const Row> rows, std::string_view name) {
  Ours ours;
  std::vector<double> walls;
  for (const Row& row : rows) {
    if (row.family != Family::kTutorial || row.variant != name) continue;
    ours.split = SplitText(row.split());
    ours.note = Name(row.status);
    if (row.status == Status::kOk) walls.push_back(row.wall_s.value());
  }
  if (ours.note == Name(Status::kOk)) ours.wall_s = Median(walls);
  return ours;
}

std::string TimesSerial(std::optional<double> seconds,
                        std::optional<double> serial_s) {
  if (!seconds || !serial_s) return "-";
  return fmt::format("{:.2f}", *seconds / *serial_s);
}

/// Two columns of the table.
struct TimeCells {
  std::string time;
  std::string times_serial;
};

TimeCells CellsOf(const Ours& ours, std::optional<double> serial_s) {
  return {ours.wall_s ? FormatSeconds(*ours.wall_s) : ours.note,
          TimesSerial(ours.wall_s, serial_s)};
}

}  // namespace

std::string TutorialTable(std::span<const Row> rows) {
  const auto first = std::find_if(rows.begin(), rows.end(), [](const Row& row) {
    return row.family == Family::kTutorial;
  });
  if (first == rows.end()) return "";
  const bool has_script = std::any_of(first, rows.end(), [](const Row& row) {
    return row.family == Family::kTutorial && row.runs_command();
  });
  const TutorialCase& serial = kTutorialCases[0];
  const std::optional<double> serial_s = ReadCase(rows, serial.name).wall_s;
  const std::optional<double> script_serial_s =
      ReadCase(rows, ScriptName(serial)).wall_s;
  std::string text = fmt::format(
      "Tutorial: {} pairs of {} × {} matrices on {} cores, beside the "
      "tutorial's\nown figures ({} pairs of {} × {}, 4 cores)\n",
      first->batch, first->n, first->n, first->usable_cores, kTutorialBatch,
      kTutorialN, kTutorialN);
  const auto add_line = [&](std::string_view what, std::string_view split,
                            const TimeCells& ours, const TimeCells& by_script,
                            const TimeCells& tutorial) {
    // Three of them fit a screen if they are narrow.
    const int time_width = has_script ? 9 : 10;
    const int ratio_width = has_script ? 5 : 9;
    text += fmt::format("  {:<{}}{:>{}}", what, has_script ? 30 : 31, split,
                        has_script ? 6 : 7);
    for (const TimeCells* const cells : {&ours, &by_script, &tutorial}) {
      if (cells == &by_script && !has_script) continue;
      text += fmt::format("{:>{}}{:>{}}", cells->time, time_width,
                          cells->times_serial, ratio_width);
    }
    text += '\n';
  };
  const char* const ratio = has_script ? "÷" : "÷ serial";
  add_line("case", "split", {"here", ratio}, {"script", ratio},
           {"tutorial", ratio});
  for (const TutorialCase& tutorial_case : kTutorialCases) {
    const Ours ours = ReadCase(rows, tutorial_case.name);
    const Ours by_script = ReadCase(rows, ScriptName(tutorial_case));
    add_line(tutorial_case.what,
             ours.split == kNoSplit ? by_script.split : ours.split,
             CellsOf(ours, serial_s), CellsOf(by_script, script_serial_s),
             {fmt::format("{:.1f} s", tutorial_case.tutorial_s),
              TimesSerial(tutorial_case.tutorial_s, serial.tutorial_s)});
  }
  if (has_script) {
    text +=
        "  script: what --command starts, once for all pairs; ÷: by its first "
        "case\n";
  }
  return text;
}

}  // namespace hybrid
