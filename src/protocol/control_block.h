#ifndef HYBRID_PROTOCOL_CONTROL_BLOCK_H_
#define HYBRID_PROTOCOL_CONTROL_BLOCK_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "key/key.h"
#include "protocol/latency_histogram.h"
#include "protocol/no_sharing.h"
#include "protocol/shared_memory.h"
#include "protocol/ticket_ring.h"

namespace hybrid {

/// The layout of the memory that bench and its workers share. Any change to it
/// needs another version: a worker of another build refuses to start.
inline constexpr std::uint64_t kControlMagic = 0x6862726964626e63;
inline constexpr std::uint32_t kControlVersion = 12;

/// A string inside shared memory: terminated, cut to fit.
template <std::size_t kSize>
struct SharedString {
  std::array<char, kSize> text{};

  SharedString& operator=(std::string_view value) {
    const std::size_t size = value.copy(text.data(), kSize - 1);
    text[size] = '\0';
    return *this;
  }
  std::string_view view() const {
    const std::string_view all(text.data(), kSize);
    return all.substr(0, all.find('\0'));
  }
};

/// What the parent asks all workers to do next.
enum class Command : std::uint32_t {
  kNone,
  kPrepare,
  kBatch,
  kVerify,
  kProveThreads
};

/// CPUs, a bit for each of 4096.
using CpuMask = std::array<std::uint64_t, 64>;

/// What a worker really runs with, found out by itself after a warm-up call.
struct ReadyReport {
  SharedString<16> blas_family;
  SharedString<48> blas_version;
  SharedString<16> blas_threading;
  SharedString<32> kernels;
  SharedString<512> blas_file;     ///< real path
  SharedString<48> batched_call;   ///< of Engine::kBatched: what it calls
  std::uint32_t integer_bits = 0;  ///< 32 (LP64) or 64 (ILP64)
  std::uint64_t most_threads = 0;  ///< that the BLAS can run; 0: not known
  bool has_lapack = false;         ///< in the BLAS or beside it
  std::uint32_t threads = 0;       ///< threads of the process
  std::uint32_t allowed_cpus = 0;  ///< CPUs in its affinity mask
  CpuMask cpu_mask{};              ///< the mask
  std::int64_t warm_up_ns = 0;     ///< loading the BLAS, first call
  double flops = 0;  ///< of a task, as a program says; 0: it did not say
};

/// One worker's part of a batch. Times are CLOCK_MONOTONIC, which is the same
/// in every process of a machine.
struct BatchReport {
  std::int64_t begin_ns = 0;   ///< past the gate
  std::int64_t finish_ns = 0;  ///< after its last task
  std::int64_t load_ns = 0;
  std::int64_t operate_ns = 0;
  std::uint64_t tasks = 0;
  std::int64_t starved_ns = 0;  ///< waiting for tasks that were still to come
  /// CPU time of all its process's threads in the batch; of a batch behind a
  /// short one also what they used since that. Of the workers in one process
  /// only the last one to end has it, of those of a command none.
  std::int64_t cpu_ns = 0;
};

/// The check of a worker's products: of the last one, or of one that is wrong.
struct VerifyReport {
  std::uint64_t task = 0;
  std::uint64_t worst_row = 0;
  double worst_ratio = 0;     ///< residual ÷ tolerance; > 1 or NaN is wrong
  std::uint32_t checked = 0;  ///< 0: the worker had no product to check
};

/// Who was at work in a worker's calls of its BLAS.
struct ThreadReport {
  std::uint32_t threads = 0;  ///< 0: not known
  /// CPU time of all threads over that of the busiest one, per thread that was
  /// asked for: 1 if all were as busy, 1/T if one of T was alone.
  double cpu_share = 0;
  /// More were at work than were asked for, in words; else empty.
  SharedString<96> excess{};
};

/// What was seen of a worker's program, with all that it started.
struct ProgramReport {
  std::uint64_t peak_bytes = 0;  ///< of memory; 0: not known
  /// Real paths of the libraries of BLAS, LAPACK and OpenMP that it mapped,
  /// each with a line end.
  SharedString<4096> libraries{};
};

/// Tasks of each call in which threads are counted. A batched call may share
/// its tasks out among them.
inline std::uint64_t TasksOfProof(const Key& key) {
  return key.engine == Engine::kBatched
             ? std::min(key.batch, 2 * key.blas_threads)
             : 1;
}

/// A worker's own lines; only `sleeping` is written by both sides.
struct alignas(kNoSharing) WorkerSlot {
  /// Sequence of the last command taken up; the first is to get ready.
  std::atomic<std::uint64_t> begun{1};
  std::atomic<std::uint64_t> completed{0};  ///< sequence of the last command
  std::atomic<std::uint32_t> sleeping{0};   ///< wants its doorbell rung
  /// Where it is to run, written before it starts; of a worker that is bound
  /// when its process starts, or not at all, none.
  CpuMask cpus{};
  ReadyReport ready;
  BatchReport batch;
  VerifyReport verify;
  ThreadReport threads;
  ProgramReport program;
  /// Grows over batches; the parent empties it between two of them.
  LatencyHistogram latencies;
  SharedString<1024> error;  ///< one line, set before a worker gives up
};

/// The whole block but for the slots, which follow it.
struct ControlBlock {
  std::uint64_t magic = kControlMagic;
  std::uint32_t version = kControlVersion;
  std::uint32_t slot_bytes = sizeof(WorkerSlot);
  std::uint32_t workers = 0;
  SharedString<8192> key;    ///< EncodeKey, written before the workers start
  std::int64_t spin_ns = 0;  ///< how long a worker spins for the next command

  /// Sequence number << 8 | Command; the sequence starts at 1.
  alignas(kNoSharing) std::atomic<std::uint64_t> command{0};
  std::int64_t deadline_ns = 0;  ///< of a batch: no claims after it
  TicketRing tickets;            ///< of the tasks of the batch
  alignas(kNoSharing) std::atomic<std::uint32_t> pending{0};
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(std::atomic<std::uint32_t>::is_always_lock_free);

/// The mapped block with its slots.
class ControlMapping {
 public:
  /// Parent: makes a block for `key`. Throws std::runtime_error for one whose
  /// names are too long.
  explicit ControlMapping(const Key& key);
  /// Worker: maps the parent's. Throws std::runtime_error if its magic number,
  /// version or size is not this build's.
  explicit ControlMapping(UniqueFd fd);

  ControlBlock& block() const { return *block_; }
  std::span<WorkerSlot> slots() const { return slots_; }
  /// The key that the parent put there.
  const Key& key() const { return key_; }
  int fd() const { return memory_.fd(); }

 private:
  SharedMemory memory_;
  ControlBlock* block_;
  Key key_;
  std::span<WorkerSlot> slots_;
};

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_CONTROL_BLOCK_H_
