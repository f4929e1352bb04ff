#include "search/lower_bound.h"

#include <algorithm>
#include <optional>

namespace hybrid {

std::optional<double> LowerBound(const SearchGroup& group, const Split& split,
                                 const TaskPhases& one) {
  if (split.engine == Engine::kBatched) return std::nullopt;
  const double threaded_task =
      one.load_s + one.operate_s / static_cast<double>(split.blas_threads);
  if (!IsOversubscribed(split, group.usable_cores)) {
    const auto in_turn = (group.key.batch + split.workers - 1) / split.workers;
    return static_cast<double>(in_turn) * threaded_task;
  }
  const double shared = static_cast<double>(group.key.batch) *
                        (one.load_s + one.operate_s) / group.usable_cores;
  return std::max(shared, threaded_task) /
         (group.has_smt ? kGainOfSmt : kGainWithoutSmt);
}

}  // namespace hybrid
