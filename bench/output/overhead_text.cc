#include "output/overhead_text.h"

#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "statistics/samples.h"

namespace hybrid {

std::string OverheadText(std::span<const Row> rows) {
  std::map<std::pair<std::string, std::uint64_t>, std::vector<const Row*>>
      groups;
  for (const Row& row : rows) {
    if (row.family == Family::kOverhead && row.status == Status::kOk) {
      groups[{row.variant, row.workers}].push_back(&row);
    }
  }
  std::string text =
      groups.empty() ? "" : "Overhead of the harness (medians)\n";
  for (const auto& [key, group] : groups) {
    const auto& [variant, workers] = key;
    std::vector<double> walls;
    std::vector<double> warm_ups;
    for (const Row* row : group) {
      walls.push_back(row->wall_s.value());
      warm_ups.push_back(row->operate_s.value_or(0));
    }
    const double wall_s = Median(walls).value();
    std::string figure = FormatSeconds(wall_s);
    if (variant == "empty_tasks") {
      figure = fmt::format(
          "{} per task",
          FormatSeconds(wall_s / static_cast<double>(group.front()->batch)));
    } else if (variant != "gate") {
      figure += fmt::format(", of which {} warm-up of the BLAS",
                            FormatSeconds(Median(warm_ups).value()));
    }
    text += fmt::format("  {:<20} {:>3} {:<7}  {}\n", variant, workers,
                        workers == 1 ? "worker" : "workers", figure);
  }
  return text;
}

}  // namespace hybrid
