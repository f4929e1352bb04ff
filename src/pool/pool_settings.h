#ifndef HYBRID_POOL_POOL_SETTINGS_H_
#define HYBRID_POOL_POOL_SETTINGS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "blas/blas_files.h"
#include "key/key.h"
#include "machine/topology.h"
#include "pool/environment.h"
#include "pool/expectation.h"
#include "protocol/worker_arguments.h"

namespace hybrid {

/// What a command is started with beside its key.
struct CommandSettings {
  double start_timeout_s = kUsualStartTimeoutS;  ///< until it is ready
  std::string working_directory{};  ///< that it is started in; empty: ours
  std::string prepare{};            ///< run before it; empty: nothing
  /// Names of the user's variables that it gets whatever they steer.
  std::vector<std::string> keep_env{};
  /// Of a whole program (Key::is_whole): the names of the hosts in their order;
  /// it is told the first Key::host_count. None: nobody knows them.
  std::vector<std::string> hosts{};
};

class WorkerGroup;
struct PoolSettings;

/// Launches a group where this process does not run, see LaunchGroup.
using Elsewhere = std::function<std::unique_ptr<WorkerGroup>(
    const Key& key, const PoolSettings& settings)>;

/// What workers are started with beside their configuration.
struct PoolSettings {
  std::string worker_executable;
  Environment environment;
  /// One list of CPUs per worker, or none: then workers run where the parent
  /// may.
  std::vector<std::vector<int>> cpus;
  bool oversubscribed = false;  ///< then nobody spins while waiting
  /// Whose use by all programs counts (Topology::shared_cpus); none: all.
  CpuList shared_cpus{};
  /// A worker that uses no CPU time for this long while it should work hangs.
  double hang_timeout_s = 10;
  /// How long workers may be busy before they are ready.
  double start_allowance_s = 60;
  BlasFiles blas;             ///< that the workers load
  CommandSettings command{};  ///< of Key::command
  /// NAME=value of the variable that chooses their kernels; empty: the library
  /// chooses.
  std::string kernels_setting;
  /// What the workers must then report; its CPUs follow from `cpus`.
  Expectation expectation;
  bool core_dumps = true;  ///< false where a crash is an answer
  /// Empty: workers are children of this process. A whole program is one in any
  /// case; where this is set, its own launcher takes its workers elsewhere.
  Elsewhere elsewhere{};
  /// Asked several times a second while waiting.
  std::function<bool()> interrupted = [] { return false; };
};

}  // namespace hybrid

#endif  // HYBRID_POOL_POOL_SETTINGS_H_
