#include "families/tutorial.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "analysis/format_units.h"
#include "families/batch_fixture.h"
#include "key/key_text.h"
#include "statistics/samples.h"
#include "sweep/admission.h"

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

std::string Relative(std::optional<double> seconds,
                     std::optional<double> serial_s) {
  if (!seconds || !serial_s) return "-";
  return fmt::format("{:.2f}", *seconds / *serial_s);
}

}  // namespace

Key TutorialKey(const TutorialCase& tutorial_case, const Options& options,
                const Machine& machine) {
  Key key;
  key.family = Family::kTutorial;
  key.variant = tutorial_case.name;
  key.n = options.n_given ? options.axes.n.values.front() : kTutorialN;
  key.batch =
      options.batch_given ? options.axes.batch.values.front() : kTutorialBatch;
  key.collect = Collect::kShared;
  key.pin = options.axes.pin;
  key.kernels_asked = options.axes.kernels.front();
  key.seed = options.axes.seed;
  const auto cores = static_cast<std::uint64_t>(machine.usable_cores);
  std::uint64_t logical_cpus = 0;
  for (const CpuList& core : machine.topology.cores) {
    logical_cpus += core.size();
  }
  if (tutorial_case.name == "blas_threads_default") {
    key.blas_threads = logical_cpus;
  } else if (tutorial_case.name == "blas_threads_physical") {
    key.blas_threads = cores;
  } else if (tutorial_case.name == "processes") {
    key.workers = cores;
  } else if (tutorial_case.name == "processes_blas_threads") {
    key.workers = cores;
    key.blas_threads = logical_cpus;
  }
  return key;
}

void AddTutorial(const Options& options, Session& session, Fixtures& fixtures,
                 std::vector<SkippedKey>& skipped) {
  for (const TutorialCase& tutorial_case : kTutorialCases) {
    const Key key = TutorialKey(tutorial_case, options, session.machine);
    if (std::optional<std::string> reason =
            WhyNotAdmissible(key, session.machine.usable_cores,
                             session.machine.memory_available_bytes)) {
      skipped.push_back({key, std::move(*reason)});
      continue;
    }
    fixtures.push_back(std::make_unique<BatchFixture>(key, session));
  }
}

std::string TutorialTable(std::span<const Row> rows) {
  const auto first = std::find_if(rows.begin(), rows.end(), [](const Row& row) {
    return row.family == Family::kTutorial;
  });
  if (first == rows.end()) return "";
  const std::optional<double> serial_s =
      ReadCase(rows, kTutorialCases[0].name).wall_s;
  std::string text = fmt::format(
      "Tutorial: {} pairs of {} × {} matrices ({} usable cores here), beside "
      "the tutorial's own\nfigures ({} pairs of {} × {}, 4 cores)\n"
      "  {:<31}{:>7}{:>12}{:>10}{:>14}{:>10}\n",
      first->batch, first->n, first->n, first->usable_cores, kTutorialBatch,
      kTutorialN, kTutorialN, "case", "split", "here", "÷ serial", "tutorial",
      "÷ serial");
  for (const TutorialCase& tutorial_case : kTutorialCases) {
    const Ours ours = ReadCase(rows, tutorial_case.name);
    text += fmt::format(
        "  {:<31}{:>7}{:>12}{:>10}{:>14}{:>10}\n", tutorial_case.what,
        ours.split, ours.wall_s ? FormatSeconds(*ours.wall_s) : ours.note,
        Relative(ours.wall_s, serial_s),
        fmt::format("{:.1f} s", tutorial_case.tutorial_s),
        Relative(tutorial_case.tutorial_s, kTutorialCases[0].tutorial_s));
  }
  return text;
}

}  // namespace hybrid
