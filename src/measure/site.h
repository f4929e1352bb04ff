#ifndef HYBRID_MEASURE_SITE_H_
#define HYBRID_MEASURE_SITE_H_

#include <span>
#include <string>

#include "machine/machine.h"
#include "machine/machine_kind.h"
#include "measure/worker_settings.h"

namespace hybrid {

/// What workers said of the BLAS they call. All is empty but for `error` if
/// none could start.
struct BlasIdentity {
  std::string version;
  std::string threading;
  /// What a worker of one thread says of its threading: it may run another
  /// build.
  std::string one_thread_threading;
  std::string kernels;  ///< that it chooses by itself
  std::string error;    ///< why no worker could start
};

/// Where a run measures: the machine, and the workers that it starts there.
struct Site {
  Machine machine;
  MachineKind kind;
  WorkerSettings workers;
  BlasIdentity blas;
  std::string machine_id;  ///< MachineId of `kind`
};

/// Asks workers what they run with. That none can start is not an error here
/// but a fact about the site: what is measured will say so.
Site SurveySite(Machine machine, WorkerSettings workers);

/// As many of `machine`'s cores as are usable: a CPU quota may pay for fewer
/// than there are.
std::span<const CpuList> UsableCores(const Machine& machine);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_SITE_H_
