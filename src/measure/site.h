#ifndef HYBRID_MEASURE_SITE_H_
#define HYBRID_MEASURE_SITE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cluster/host_survey.h"
#include "key/key.h"
#include "machine/machine.h"
#include "machine/machine_kind.h"
#include "pool/worker_settings.h"

namespace hybrid {

/// What workers said of a BLAS. All is empty but for the name and `error` if
/// none could start.
struct BlasIdentity {
  std::string name;    ///< Key::blas
  std::string family;  ///< BlasFamily::name
  std::string file;    ///< real path, of workers of several threads
  std::string version;
  std::string threading;
  /// What a worker of one thread says of its threading: it may run another
  /// build.
  std::string one_thread_threading;
  std::string kernels;  ///< that it chooses by itself
  int integer_bits = 0;
  std::uint64_t most_threads = 0;  ///< that it can run; 0: not known
  bool has_lapack = false;         ///< in it or beside it
  std::string error;               ///< why no worker could start
};

/// Where a run measures: the machine, and the workers that it starts there.
struct Site {
  Machine machine;
  MachineKind kind;
  WorkerSettings workers;
  std::vector<BlasIdentity> blas;  ///< of each library, in their order
  std::string system_blas;         ///< SystemBlas; empty: there is none
  std::string machine_id;          ///< MachineId of `kind`
  /// Looks at the hosts where workers run; empty: they run on this machine.
  std::function<std::vector<HostFacts>(const HostQuestions& questions)> hosts{};

  /// What is known of the library `name`; nothing is known of others.
  const BlasIdentity& Of(const std::string& name) const;
};

/// Asks workers what each of the libraries `blas` is. That none can start is
/// not an error here but a fact about the site: what is measured will say so.
Site SurveySite(Machine machine, WorkerSettings workers,
                const std::vector<std::string>& blas);

/// Why a library that came by its path can't do what `key` asks of it, by what
/// workers said of it; nothing if it can, or nobody knows. Of names
/// WhyNotAdmissible knows it.
std::optional<std::string> WhyNotAt(const Site& site, const Key& key);

/// The libraries of `keys`, each once, in their order: a command may have
/// none.
std::vector<std::string> LibrariesOf(std::span<const Key> keys);

/// As many of `machine`'s cores as are usable: a CPU quota may pay for fewer
/// than there are.
std::span<const CpuList> UsableCores(const Machine& machine);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_SITE_H_
