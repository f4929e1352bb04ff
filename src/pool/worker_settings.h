#ifndef HYBRID_POOL_WORKER_SETTINGS_H_
#define HYBRID_POOL_WORKER_SETTINGS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "key/key.h"
#include "machine/machine.h"
#include "pool/environment.h"
#include "pool/pool_settings.h"

namespace hybrid {

/// The program that runs as worker: hybrid-worker in the folder of the running
/// executable.
std::string DefaultWorkerExecutable();

/// What all workers of a run are started with, whatever they measure.
struct WorkerSettings {
  std::string executable;
  Environment environment;
  double hang_timeout_s = 10;  ///< PoolSettings::hang_timeout_s
  CommandSettings command{};   ///< PoolSettings::command
  Elsewhere elsewhere{};       ///< PoolSettings::elsewhere
  /// PoolSettings::interrupted.
  std::function<bool()> interrupted = [] { return false; };
};

/// A key whose workers only start, and say what their library `blas` is.
Key AskingKey(std::string blas, std::uint64_t blas_threads = 1);

/// Whether `key`'s workers get cores of their own on `machine`: Pin::kCores
/// or Pin::kNone, never kAuto.
Pin ResolvePin(const Key& key, const Machine& machine);

/// The logical CPUs that each of `key`'s workers gets on `machine`; empty where
/// they are not bound, or can't be placed.
std::vector<CpuList> CpusOf(const Key& key, const Machine& machine);

/// The CPUs of each worker in one text, "0-1 2-3" for two: what a row's `cpus`
/// holds.
std::string CpusText(const std::vector<CpuList>& workers);

/// What `key`'s pool on `machine` is started with, but for its kernels. Throws
/// PoolError where its workers can't be placed, or its library is not there.
PoolSettings MakePoolSettings(const Key& key, const Machine& machine,
                              const WorkerSettings& workers);

}  // namespace hybrid

#endif  // HYBRID_POOL_WORKER_SETTINGS_H_
