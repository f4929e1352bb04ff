#ifndef HYBRID_MEASURE_POOL_KEEPER_H_
#define HYBRID_MEASURE_POOL_KEEPER_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "kernels/choice.h"
#include "key/key.h"
#include "machine/machine.h"
#include "pool/environment.h"
#include "pool/worker_group.h"

namespace hybrid {

/// The programs that run as workers.
struct WorkerExecutables {
  std::string openmp;  ///< for any number of threads
  std::string serial;  ///< for one thread; empty: the other one
};

/// Those in the folder of the running executable; the serial one only where
/// it was built and `serial_blis` allows it.
WorkerExecutables DefaultWorkerExecutables(bool serial_blis);

/// Owns the one pool that may live at a time. It outlives Google Benchmark's
/// estimation passes and repetitions, and ends before another configuration's
/// starts, so that nobody idles beside what is measured.
class PoolKeeper {
 public:
  PoolKeeper(const Machine& machine, WorkerExecutables executables,
             Environment environment, double hang_timeout_s);

  /// From now on workers run with what `kernels` says.
  void UseKernels(KernelsTable kernels) { kernels_ = std::move(kernels); }
  const KernelsTable& kernels() const { return kernels_; }

  /// What `key`'s pool is started with, but for its kernels. Throws
  /// PoolError where its workers can't be placed.
  PoolSettings SettingsWithoutKernels(const Key& key) const;

  /// The live pool if it is `key`'s, else a new one. Throws PoolError and
  /// PoolInterrupted.
  WorkerGroup& Acquire(const Key& key);

  /// A pool of its own, for who measures the start itself.
  std::unique_ptr<WorkerGroup> Launch(const Key& key) const;

  /// Kills the pool after a failure.
  void Drop();

  /// Ends the pool in order. A worker that ends badly is one line on stderr
  /// and counts in bad_ends.
  void Release();

  int bad_ends() const { return bad_ends_; }

 private:
  PoolSettings SettingsFor(const Key& key) const;

  const Machine& machine_;
  WorkerExecutables executables_;
  KernelsTable kernels_;
  Environment environment_;
  double hang_timeout_s_;
  std::optional<Key> key_;
  std::unique_ptr<WorkerGroup> pool_;
  int bad_ends_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_POOL_KEEPER_H_
