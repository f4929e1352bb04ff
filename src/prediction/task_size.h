#ifndef HYBRID_PREDICTION_TASK_SIZE_H_
#define HYBRID_PREDICTION_TASK_SIZE_H_

#include <compare>
#include <cstdint>
#include <string_view>

namespace hybrid {

/// What a split is asked for: the order of the matrices, 0 where a command was
/// told none, and the tasks of a batch.
struct TaskSize {
  std::uint64_t n = 0;
  std::uint64_t batch = 0;
  auto operator<=>(const TaskSize&) const = default;
};

/// The size that `text` is: `n=300,batch=50` in either order, or `batch=50`,
/// which is n = 0. Throws PredictionError, which names `flag`, for anything
/// else.
TaskSize ParseTaskSize(std::string_view flag, std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_TASK_SIZE_H_
