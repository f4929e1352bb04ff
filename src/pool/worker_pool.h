#ifndef HYBRID_POOL_WORKER_POOL_H_
#define HYBRID_POOL_WORKER_POOL_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "key/key.h"
#include "pool/environment.h"
#include "protocol/latency_histogram.h"

namespace hybrid {

/// A worker died, hung, runs with something else than it was told to, or made
/// a wrong product. what() is one line that names the worker and the cause.
class PoolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
  PoolError(const std::string& what, int wait_status)
      : std::runtime_error(what), wait_status_(wait_status) {}

  /// How the worker ended, as waitpid gives it; nothing where none did.
  std::optional<int> wait_status() const { return wait_status_; }

 private:
  std::optional<int> wait_status_;
};

/// PoolSettings::interrupted said so; nothing is wrong with the pool.
class PoolInterrupted : public std::runtime_error {
 public:
  PoolInterrupted() : std::runtime_error("interrupted") {}
};

/// What a pool needs beside its configuration.
struct PoolSettings {
  std::string worker_executable;
  Environment environment;
  /// One list of CPUs per worker, or none: then workers run where the parent
  /// may.
  std::vector<std::vector<int>> cpus;
  bool oversubscribed = false;  ///< then nobody spins while waiting
  /// A worker that uses no CPU time for this long while it should work hangs.
  double hang_timeout_s = 10;
  /// How long workers may be busy before they are ready.
  double start_allowance_s = 60;
  /// What BLIS_ARCH_TYPE says to the workers; empty: nothing, BLIS chooses.
  std::string blis_arch_type;
  /// The kernels that the workers must then report; empty: any.
  std::string expected_kernels;
  bool core_dumps = true;  ///< false where a crash is an answer
  /// Asked several times a second while waiting.
  std::function<bool()> interrupted = [] { return false; };
};

/// How the pool came up, and what its workers found out about themselves.
struct PoolStart {
  double start_s = 0;    ///< first launch → last worker ready
  double warm_up_s = 0;  ///< the longest BLIS warm-up within it
  std::string blis_version;
  std::string blis_threading;
  std::string kernels;
};

/// One worker's part of a batch.
struct WorkerTiming {
  double load_s = 0;
  double operate_s = 0;
  std::uint64_t tasks = 0;
};

/// After a batch, until workers of several threads sleep: libgomp's spin on for
/// some milliseconds after the last call.
inline constexpr std::chrono::milliseconds kThreadsFallAsleep{6};

/// What one batch took.
struct BatchTiming {
  double wall_s = 0;  ///< gate → the last worker's finish
  double gate_s = 0;  ///< gate → the last worker running
  std::uint64_t tasks_done = 0;
  bool capped = false;  ///< the cap came before the last task was claimed
  std::vector<WorkerTiming> workers;
};

/// Owns the workers of one configuration, from launch to reaping. Any failure
/// throws PoolError; after one, the pool can only be destroyed. Create and
/// destroy it on the main thread.
class WorkerPool {
 public:
  /// Launches the workers, waits until all are ready, checks what they really
  /// run with, and lets them make their data.
  WorkerPool(const Key& key, PoolSettings settings);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  /// Kills what is still there.
  ~WorkerPool();

  const PoolStart& start() const;

  /// Runs one batch; after `cap_s` workers claim no further task.
  BatchTiming RunBatch(double cap_s);

  /// Every worker checks the last product it made.
  void Verify();

  /// The latencies of all workers' tasks since the last call.
  LatencyHistogram TakeLatencies();

  /// The product of `task`, n × n in rows, with Collect::kShared. Valid while
  /// the pool lives.
  std::span<const double> Product(std::uint64_t task) const;

  /// Lets the workers end by themselves and reaps them; throws PoolError if
  /// one did not end well (a sanitizer's finding, say).
  void Shutdown();

  std::vector<pid_t> pids() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hybrid

#endif  // HYBRID_POOL_WORKER_POOL_H_
