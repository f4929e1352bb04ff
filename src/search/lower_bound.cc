#include "search/lower_bound.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace hybrid {
namespace {

std::uint64_t RoundedUp(std::uint64_t dividend, std::uint64_t divisor) {
  return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
}

}  // namespace

std::optional<double> LowerBound(const SearchGroup& group, const Split& split,
                                 const TaskPhases& one) {
  if (split.engine == Engine::kBatched) return std::nullopt;
  const double threaded_task =
      one.load_s + one.operate_s / static_cast<double>(split.blas_threads);
  if (!IsOversubscribed(split, group.usable_cores)) {
    // Divided one by one, since the product might wrap around.
    const std::uint64_t in_turn =
        RoundedUp(RoundedUp(group.key.batch, split.host_count), split.workers);
    return static_cast<double>(in_turn) * threaded_task;
  }
  const double cores =
      static_cast<double>(split.host_count) * group.usable_cores;
  const double shared = static_cast<double>(group.key.batch) *
                        (one.load_s + one.operate_s) / cores;
  return std::max(shared, threaded_task) /
         (group.has_smt ? kGainOfSmt : kGainWithoutSmt);
}

}  // namespace hybrid
