#ifndef HYBRID_PROTOCOL_TASK_RANGE_H_
#define HYBRID_PROTOCOL_TASK_RANGE_H_

#include <cstdint>

namespace hybrid {

/// Consecutive tasks; empty when nothing is left.
struct TaskRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;

  bool operator==(const TaskRange&) const = default;
};

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_TASK_RANGE_H_
