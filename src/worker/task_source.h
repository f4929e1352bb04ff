#ifndef HYBRID_WORKER_TASK_SOURCE_H_
#define HYBRID_WORKER_TASK_SOURCE_H_

#include <atomic>
#include <cstdint>

#include "protocol/task_range.h"

namespace hybrid {

/// Where a worker's next tasks come from: on one machine a counter in shared
/// memory.
class TaskSource {
 public:
  TaskSource() = default;
  TaskSource(const TaskSource&) = delete;
  TaskSource& operator=(const TaskSource&) = delete;
  virtual ~TaskSource() = default;

  /// Claims at most `max` tasks that nobody else gets.
  virtual TaskRange Claim(std::uint64_t max) = 0;
};

/// Guided self-scheduling (Polychronopoulos & Kuck, 1987): a claim is at most
/// half of a fair share of what is left, so that chunks save claims early in a
/// batch and cost no balance at its end.
class SharedCounterSource : public TaskSource {
 public:
  /// Hands out tasks 0 … tasks − 1 of the counter's current batch.
  SharedCounterSource(std::atomic<std::uint64_t>& next_task,
                      std::uint64_t tasks, std::uint64_t workers);

  TaskRange Claim(std::uint64_t max) override;

 private:
  std::atomic<std::uint64_t>& next_task_;
  std::uint64_t tasks_;
  std::uint64_t workers_;
};

/// For a single worker, which gets as many tasks as it asks for.
class UnsharedSource : public TaskSource {
 public:
  UnsharedSource(std::atomic<std::uint64_t>& next_task, std::uint64_t tasks)
      : next_task_(next_task), tasks_(tasks) {}

  TaskRange Claim(std::uint64_t max) override;

 private:
  std::atomic<std::uint64_t>& next_task_;
  std::uint64_t tasks_;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_TASK_SOURCE_H_
