#ifndef HYBRID_WORKER_CPU_COUNT_H_
#define HYBRID_WORKER_CPU_COUNT_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "protocol/control_block.h"

namespace hybrid {

/// Counts the CPU time that a process of some workers uses in a batch.
class CpuCount {
 public:
  explicit CpuCount(std::size_t workers) : workers_(workers) {}

  /// Each worker calls it before its first task.
  void Begin();
  /// Each worker calls it behind its last one. In the report of the last to do
  /// so stands what all used.
  void End(BatchReport& report);

 private:
  std::size_t workers_;
  std::atomic<std::size_t> begun_{0};
  std::atomic<std::size_t> ended_{0};
  bool looks_ = true;
  std::int64_t before_ns_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_CPU_COUNT_H_
