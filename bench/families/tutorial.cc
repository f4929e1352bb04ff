#include "families/tutorial.h"

#include <optional>
#include <string>
#include <utility>

#include "machine/topology.h"
#include "measure/trial.h"
#include "sweep/admission.h"

namespace hybrid {

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
  // Beside a command these may be left to that.
  const std::string& blas = options.axes.blas.front();
  const std::string& kernels = options.axes.kernels.front();
  if (!blas.empty()) key.blas = blas;
  key.kernels_asked = kernels.empty() ? UsualKernels(key.family) : kernels;
  key.seed = options.axes.seed;
  const auto cores = static_cast<std::uint64_t>(machine.usable_cores);
  const std::uint64_t logical_cpus = LogicalCpus(machine.topology).size();
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

Key TutorialScriptKey(const TutorialCase& tutorial_case, const Options& options,
                      const Machine& machine) {
  Key key = TutorialKey(tutorial_case, options, machine);
  key.variant += kScriptSuffix;
  key.operation = kCommandOperation;
  key.command = options.axes.command;
  key.protocol = options.axes.protocol;
  key.environment = options.axes.environments.front();
  key.blas = options.axes.blas.front();
  key.kernels_asked.clear();
  key.collect = Collect::kNone;
  return key;
}

void AddTutorial(const Options& options, const Machine& machine,
                 BenchmarkList& list) {
  const auto add = [&](Key key) {
    if (std::optional<std::string> reason = WhyNotAdmissible(key, machine)) {
      list.skipped.push_back({std::move(key), std::move(*reason)});
    } else {
      list.Add(std::move(key), &BatchTrial);
    }
  };
  for (const TutorialCase& tutorial_case : kTutorialCases) {
    add(TutorialKey(tutorial_case, options, machine));
    if (!options.runs_command()) continue;
    add(TutorialScriptKey(tutorial_case, options, machine));
  }
}

}  // namespace hybrid
