#include "measure/resume_plan.h"

#include <algorithm>
#include <utility>

#include "measure/resume_check.h"

namespace hybrid {
namespace {

std::vector<KnownSpeed> KnownSpeeds(std::span<const Row> rows,
                                    std::span<const Wanted> wanted) {
  std::vector<KnownSpeed> speeds;
  for (const Row& row : rows) {
    const bool is_wanted =
        std::any_of(wanted.begin(), wanted.end(),
                    [&row](const Wanted& one) { return row == one.key; });
    if (is_wanted && row.status == Status::kOk && row.wall_s) {
      speeds.push_back({row, *row.wall_s});
    }
  }
  return speeds;
}

}  // namespace

ResumePlan PlanResume(ResumeFile file, std::span<const Wanted> wanted,
                      const Machine& machine) {
  const std::span<const Row> rows(file.contents.rows);
  Standings standings = FindStandings(rows, wanted);
  ResumePlan plan;
  plan.kept_rows = standings.kept_rows;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Standing& standing = standings.of_wanted[i];
    if (standing.done) {
      ++plan.done;
    } else {
      plan.remaining.push_back({i, standing.attempt});
    }
  }
  plan.speeds = KnownSpeeds(rows.first(plan.kept_rows), wanted);
  plan.differences = MachineDifferences(rows, machine);
  plan.notes = std::move(standings.notes);
  plan.file = std::move(file);
  return plan;
}

}  // namespace hybrid
