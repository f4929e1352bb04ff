#ifndef HYBRID_MEASURE_RUN_CONTEXT_H_
#define HYBRID_MEASURE_RUN_CONTEXT_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ceilings/ceilings.h"
#include "cluster/host_survey.h"
#include "kernels/tables.h"
#include "key/key.h"
#include "measure/probe_kernels.h"
#include "measure/run_identity.h"
#include "measure/site.h"
#include "results/row.h"

namespace hybrid {

/// Everything known of a run before it measures. Built once, by PrepareRun, and
/// const from then on.
struct RunContext {
  RunIdentity run;
  Site site;
  /// Absent where the user did not want them measured.
  std::optional<Ceilings> ceilings;
  std::vector<HostFacts> hosts;  ///< none where workers run on this machine
  /// What the system refuses or does not tell, and StateWarnings.
  std::vector<std::string> warnings;
  KernelsTables kernels;
};

/// Finds out what the measuring of `keys` builds on, a few seconds in all: the
/// state of the machine, or of the hosts, its ceilings if `with_ceilings` and
/// the system gives the memory and threads for that, the fastest kernels for
/// what `keys` ask for, unless the rows of a `resumed` file tell those. `say`
/// is told of each step. Throws FlagError for kernels that this BLIS does not
/// have or this CPU does not run.
RunContext PrepareRun(
    RunIdentity run, Site site, std::span<const Key> keys, bool with_ceilings,
    std::span<const Row> resumed, const Say& say = [](const std::string&) {});

}  // namespace hybrid

#endif  // HYBRID_MEASURE_RUN_CONTEXT_H_
