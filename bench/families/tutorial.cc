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
  key.blas = options.axes.blas.front();
  key.kernels_asked = options.axes.kernels.front();
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

void AddTutorial(const Options& options, const Machine& machine,
                 BenchmarkList& list) {
  for (const TutorialCase& tutorial_case : kTutorialCases) {
    Key key = TutorialKey(tutorial_case, options, machine);
    if (std::optional<std::string> reason = WhyNotAdmissible(key, machine)) {
      list.skipped.push_back({std::move(key), std::move(*reason)});
    } else {
      list.Add(std::move(key), &BatchTrial);
    }
  }
}

}  // namespace hybrid
