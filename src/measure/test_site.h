#ifndef HYBRID_MEASURE_TEST_SITE_H_
#define HYBRID_MEASURE_TEST_SITE_H_

#include <string>
#include <utility>

#include "machine/machine.h"
#include "measure/run_context.h"
#include "measure/run_identity.h"
#include "measure/site.h"
#include "pool/environment.h"

namespace hybrid {

/// For tests: this machine, with `worker` for all workers and `variable`
/// (NAME=value) in their environment.
inline Site SiteWith(std::string worker, std::string variable = "") {
  WorkerSettings workers{.executable = std::move(worker),
                         .environment = ScrubEnvironment(ProcessEnvironment())};
  if (!variable.empty()) {
    workers.environment.kept.push_back(std::move(variable));
  }
  return SurveySite(ReadMachine(), std::move(workers), {"blis"});
}

/// For tests: a run at `site`, with BLIS's own kernels and without ceilings.
inline RunContext PlainContext(Site site) {
  return PrepareRun(NewRun("--seed=1"), std::move(site), {}, false, {});
}

}  // namespace hybrid

#endif  // HYBRID_MEASURE_TEST_SITE_H_
