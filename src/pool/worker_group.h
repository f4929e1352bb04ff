#ifndef HYBRID_POOL_WORKER_GROUP_H_
#define HYBRID_POOL_WORKER_GROUP_H_

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "counters/mapped_libraries.h"
#include "counters/process_counters.h"
#include "counters/system_counters.h"
#include "key/key.h"
#include "pool/pool_settings.h"
#include "protocol/latency_histogram.h"

namespace hybrid {

/// A worker died, hung, runs with something else than it was told to, or made
/// a wrong result. what() is one line that names the worker and the cause.
class PoolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
  /// For a worker that ended; `wait_status` is as waitpid gives it.
  PoolError(const std::string& what, int wait_status)
      : std::runtime_error(what), wait_status_(wait_status) {}

  /// How the worker ended, as waitpid gives it; nothing where none did.
  std::optional<int> wait_status() const { return wait_status_; }

 private:
  std::optional<int> wait_status_;
};

/// A worker was busy far beyond its time: it may hang or be endlessly slow.
class PoolOvertime : public PoolError {
 public:
  using PoolError::PoolError;
};

/// PoolSettings::interrupted said so; nothing is wrong with the workers.
class PoolInterrupted : public std::runtime_error {
 public:
  PoolInterrupted() : std::runtime_error("interrupted") {}
};

/// How a group came up, and what its workers found out about themselves.
struct PoolStart {
  double start_s = 0;    ///< first launch → last worker ready
  double warm_up_s = 0;  ///< the longest loading of the BLAS, and first call
  double late_s = 0;     ///< of start_s, as of a batch's wall_s
  std::string blas_family;
  std::string blas_version;
  std::string blas_threading;
  std::string blas_file;
  std::string kernels;
  int integer_bits = 0;            ///< of the BLAS
  std::uint64_t most_threads = 0;  ///< that the BLAS can run; 0: not known
  bool has_lapack = false;         ///< in the BLAS or beside it
  std::string batched_call;        ///< of Engine::kBatched: what it calls
  /// Of a task, as the program says that does it.
  std::optional<double> program_flops;
  /// The library that a program was to find first; empty: none.
  std::string library_asked;
};

/// One worker's part of a batch.
struct WorkerTiming {
  double load_s = 0;
  double operate_s = 0;
  double starved_s = 0;  ///< waiting for tasks that were still to come
  std::uint64_t tasks = 0;
};

/// One host's part of a batch that several share.
struct HostTiming {
  double gate_s = 0;    ///< opening the gate → its last worker running
  double report_s = 0;  ///< its last worker's finish → its report read
  /// How well its clock and this process's are known to agree: half the width
  /// of what the offset may be.
  double clock_bound_s = 0;
  /// Its workers waited for tasks that were still to come; mean over them.
  double starved_s = 0;
  double ranges = 0;       ///< of tasks that it was handed
  double agent_cpu_s = 0;  ///< of what speaks for it; not in BatchTiming::cpu_s
};

/// How long after a batch workers of one thread, and those of several, are
/// asleep: they spin at first while they wait for the next batch, and libgomp's
/// threads spin on for some milliseconds after the last call.
inline constexpr std::chrono::microseconds kWorkersFallAsleep{200};
inline constexpr std::chrono::milliseconds kThreadsFallAsleep{6};

/// What one batch took.
struct BatchTiming {
  double wall_s = 0;  ///< gate → the last worker's finish
  double gate_s = 0;  ///< gate → the last worker running
  std::uint64_t tasks_done = 0;
  /// The cap came before the last task was claimed, or before the end of a call
  /// that nothing can stop.
  bool capped = false;
  double cpu_s = 0;  ///< that all threads of all workers used in it
  /// How long this process itself should have looked after the workers and did
  /// not, since it was stopped, frozen or pushed aside; 0 if below 0.1 s.
  double late_s = 0;
  /// Of all hosts together; none of workers that were killed.
  std::vector<WorkerTiming> workers;
  /// The host that reported last; nothing where the workers are this process's
  /// own.
  std::optional<HostTiming> slowest_host{};
};

/// What part of the CPU time that they could use on `cores` the workers of a
/// batch got: while one has a task, it could use its `blas_threads`, or one to
/// load operands. 1 if nothing took any away.
double CpuShare(const BatchTiming& timing, std::uint64_t blas_threads,
                std::uint64_t cores);

/// The threads at work in a worker, of the worker with the fewest.
struct ThreadsSeen {
  std::uint64_t threads = 0;
  double cpu_share = 0;  ///< see ThreadReport
};

/// What the program of a command was seen to be.
struct ProgramFacts {
  /// The most memory of the worker that had the most, see TreePeakBytes.
  std::optional<std::uint64_t> peak_bytes;
  /// Of BLAS, LAPACK and OpenMP, that any of its processes mapped.
  std::vector<MappedLibrary> libraries;
};

/// What the kernel has counted of a group and where it runs.
struct GroupCounters {
  /// Of each of the workers' processes; nothing of one that is gone.
  std::vector<std::optional<ProcessCounters>> workers;
  /// Of the processes that look after them, and that of bench.
  std::optional<ProcessCounters> own;
  SystemCounters system;  ///< of the CPUs that they share with others
};

/// The workers of one configuration: all that measuring knows of processes,
/// wherever they run. Any failure throws PoolError; after one, the group can
/// only be destroyed. Make, use and destroy it on the main thread.
class WorkerGroup {
 public:
  WorkerGroup() = default;
  WorkerGroup(const WorkerGroup&) = delete;
  WorkerGroup& operator=(const WorkerGroup&) = delete;
  /// Kills what is still there.
  virtual ~WorkerGroup() = default;

  /// How the group came up.
  virtual const PoolStart& start() const = 0;

  /// Runs one batch; after `cap_s` workers claim no further task.
  /// Oversubscribed ones that are still busy far beyond that, in a call that
  /// nothing can stop, are killed: the batch is capped, and no other can
  /// follow.
  virtual BatchTiming RunBatch(double cap_s) = 0;

  /// Every worker checks the last product it made, if it was not killed.
  /// Whether one had anything that can be checked.
  virtual bool Verify() = 0;

  /// How many threads of each worker are at work in its calls of the BLAS,
  /// found out by further tasks at the first call. Nothing if the system
  /// doesn't tell. Throws PoolError, which names the library, for more than
  /// blas_threads.
  virtual std::optional<ThreadsSeen> ProveThreads() = 0;

  /// What was seen of a command's program when its threads were counted, or
  /// were to be; before that, and of other work, nothing.
  virtual const ProgramFacts& program() const = 0;

  /// What has been counted so far where the workers run.
  virtual GroupCounters Counters() = 0;

  /// The latencies of all workers' tasks since the last call.
  virtual LatencyHistogram TakeLatencies() = 0;

  /// Lets the workers end by themselves and reaps them; throws PoolError if
  /// one did not end well (a sanitizer's finding, say).
  virtual void Shutdown() = 0;
};

/// Launches the workers, as children of this process or where `settings` say,
/// waits until all are ready, checks what they really run with, and lets them
/// make their data. Throws PoolError and PoolInterrupted.
std::unique_ptr<WorkerGroup> LaunchGroup(const Key& key, PoolSettings settings);

}  // namespace hybrid

#endif  // HYBRID_POOL_WORKER_GROUP_H_
