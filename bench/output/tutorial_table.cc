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

/// What our table says of one case.
struct Ours {
  std::string split = "-";
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

}  // namespace

std::string TutorialTable(std::span<const Row> rows) {
  const auto first = std::find_if(rows.begin(), rows.end(), [](const Row& row) {
    return row.family == Family::kTutorial;
  });
  if (first == rows.end()) return "";
  const std::optional<double> serial_s =
      ReadCase(rows, kTutorialCases[0].name).wall_s;
  std::string text = fmt::format(
      "Tutorial: {} pairs of {} × {} matrices on {} cores, beside the "
      "tutorial's\nown figures ({} pairs of {} × {}, 4 cores)\n"
      "  {:<31}{:>7}{:>10}{:>9}{:>10}{:>9}\n",
      first->batch, first->n, first->n, first->usable_cores, kTutorialBatch,
      kTutorialN, kTutorialN, "case", "split", "here", "÷ serial", "tutorial",
      "÷ serial");
  for (const TutorialCase& tutorial_case : kTutorialCases) {
    const Ours ours = ReadCase(rows, tutorial_case.name);
    text += fmt::format(
        "  {:<31}{:>7}{:>10}{:>9}{:>10}{:>9}\n", tutorial_case.what, ours.split,
        ours.wall_s ? FormatSeconds(*ours.wall_s) : ours.note,
        TimesSerial(ours.wall_s, serial_s),
        fmt::format("{:.1f} s", tutorial_case.tutorial_s),
        TimesSerial(tutorial_case.tutorial_s, kTutorialCases[0].tutorial_s));
  }
  return text;
}

}  // namespace hybrid
