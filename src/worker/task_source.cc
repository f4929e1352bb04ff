#include "worker/task_source.h"

#include <algorithm>

namespace hybrid {

SharedCounterSource::SharedCounterSource(std::atomic<std::uint64_t>& next_task,
                                         std::uint64_t tasks,
                                         std::uint64_t workers)
    : next_task_(next_task), tasks_(tasks), workers_(workers) {}

TaskRange SharedCounterSource::Claim(std::uint64_t max) {
  const std::uint64_t seen = next_task_.load(std::memory_order_relaxed);
  if (seen >= tasks_) return {};
  const std::uint64_t fair =
      std::max<std::uint64_t>(1, (tasks_ - seen) / (2 * workers_));
  const std::uint64_t chunk = std::min(max, fair);
  const std::uint64_t first =
      next_task_.fetch_add(chunk, std::memory_order_relaxed);
  if (first >= tasks_) return {};
  return {.first = first, .count = std::min(chunk, tasks_ - first)};
}

TaskRange UnsharedSource::Claim(std::uint64_t max) {
  const std::uint64_t first = next_task_.load(std::memory_order_relaxed);
  if (first >= tasks_) return {};
  const std::uint64_t count = std::min(max, tasks_ - first);
  next_task_.store(first + count, std::memory_order_relaxed);
  return {.first = first, .count = count};
}

}  // namespace hybrid
