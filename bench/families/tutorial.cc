#include "families/tutorial.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "analysis/format_units.h"
#include "families/batch_fixture.h"
#include "statistics/samples.h"
#include "sweep/admission.h"

namespace hybrid {
namespace {

constexpr std::string_view kFamily = "Tutorial/";

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
    if (row.family != std::string(kFamily) + std::string(name)) continue;
    ours.split = FormatSplit({row.workers, row.blas_threads});
    ours.note = row.status;
    if (row.status == kStatusOk) walls.push_back(row.wall_s.value());
  }
  if (ours.note == kStatusOk) ours.wall_s = Median(walls);
  return ours;
}

std::string Relative(std::optional<double> seconds,
                     std::optional<double> serial_s) {
  if (!seconds || !serial_s) return "-";
  return fmt::format("{:.2f}", *seconds / *serial_s);
}

}  // namespace

Config TutorialConfig(const TutorialCase& tutorial_case, const Options& options,
                      const Machine& machine) {
  Config config;
  config.family = std::string(kFamily) + std::string(tutorial_case.name);
  config.n = options.n_given ? options.axes.n.values.front() : kTutorialN;
  config.batch =
      options.batch_given ? options.axes.batch.values.front() : kTutorialBatch;
  config.collect = Collect::kShared;
  config.pin = options.axes.pin;
  config.kernels = options.axes.kernels.front();
  config.seed = options.axes.seed;
  const auto cores = static_cast<std::uint32_t>(machine.usable_cores);
  std::uint32_t logical_cpus = 0;
  for (const CpuList& core : machine.topology.cores) {
    logical_cpus += static_cast<std::uint32_t>(core.size());
  }
  if (tutorial_case.name == "blas_threads_default") {
    config.blas_threads = logical_cpus;
  } else if (tutorial_case.name == "blas_threads_physical") {
    config.blas_threads = cores;
  } else if (tutorial_case.name == "processes") {
    config.workers = cores;
  } else if (tutorial_case.name == "processes_blas_threads") {
    config.workers = cores;
    config.blas_threads = logical_cpus;
  }
  return config;
}

void AddTutorial(const Options& options, Session& session, Fixtures& fixtures,
                 std::vector<SkippedConfig>& skipped) {
  for (const TutorialCase& tutorial_case : kTutorialCases) {
    const Config config =
        TutorialConfig(tutorial_case, options, session.machine);
    if (std::optional<std::string> reason =
            WhyNotAdmissible(config, session.machine.usable_cores,
                             session.machine.memory_available_bytes)) {
      skipped.push_back({config, std::move(*reason)});
      continue;
    }
    fixtures.push_back(
        std::make_unique<BatchFixture>(config.family, config, session));
  }
}

std::string TutorialTable(std::span<const Row> rows) {
  const auto first = std::find_if(rows.begin(), rows.end(), [](const Row& row) {
    return row.family.starts_with(kFamily);
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
