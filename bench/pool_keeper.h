#ifndef HYBRID_BENCH_POOL_KEEPER_H_
#define HYBRID_BENCH_POOL_KEEPER_H_

#include <optional>
#include <string>

#include "machine/machine.h"
#include "pool/environment.h"
#include "pool/worker_pool.h"
#include "sweep/config.h"

namespace hybrid {

/// Owns the one pool that may live at a time. It outlives Google Benchmark's
/// estimation passes and repetitions, and ends before another configuration's
/// starts, so that nobody idles beside what is measured.
class PoolKeeper {
 public:
  PoolKeeper(const Machine& machine, std::string worker_executable,
             Environment environment, double hang_timeout_s);

  /// The live pool if it is `config`'s, else a new one. Throws PoolError and
  /// PoolInterrupted.
  WorkerPool& Acquire(const Config& config);

  /// A pool of its own, for who measures the start itself.
  WorkerPool Launch(const Config& config) const;

  /// Kills the pool after a failure.
  void Drop();

  /// Ends the pool in order. A worker that ends badly is one line on stderr
  /// and counts in bad_ends.
  void Release();

  int bad_ends() const { return bad_ends_; }

 private:
  PoolSettings SettingsFor(const Config& config) const;

  const Machine& machine_;
  std::string worker_executable_;
  Environment environment_;
  double hang_timeout_s_;
  std::optional<Config> config_;
  std::optional<WorkerPool> pool_;
  int bad_ends_ = 0;
};

/// hybrid-worker in the folder of the running executable.
std::string DefaultWorkerExecutable();

}  // namespace hybrid

#endif  // HYBRID_BENCH_POOL_KEEPER_H_
