#ifndef HYBRID_WORKER_TEST_SOURCE_H_
#define HYBRID_WORKER_TEST_SOURCE_H_

#include <algorithm>
#include <cstdint>

#include "protocol/task_range.h"
#include "worker/task_source.h"

namespace hybrid {

/// For tests: the tasks of a range, as many at a time as are asked for.
class RangeSource : public TaskSource {
 public:
  explicit RangeSource(const TaskRange& left) : left_(left) {}

  TaskRange Claim(std::uint64_t max) override {
    const TaskRange claimed{.first = left_.first,
                            .count = std::min(max, left_.count)};
    left_ = {.first = left_.first + claimed.count,
             .count = left_.count - claimed.count};
    return claimed;
  }

 private:
  TaskRange left_;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_TEST_SOURCE_H_
