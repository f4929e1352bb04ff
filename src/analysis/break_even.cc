#include "analysis/break_even.h"

#include <cmath>
#include <cstdint>
#include <optional>

namespace hybrid {
namespace {

/// More tasks than anybody starts workers for: no break-even worth a name.
constexpr double kNever = 1e15;

}  // namespace

std::optional<std::uint64_t> BreakEvenTasks(const GroupKey& key,
                                            const SplitResult& split,
                                            const SplitResult& single) {
  if (!split.median_s || !single.median_s || !split.evidence.start_s ||
      !single.evidence.start_s || key.batch == 0) {
    return std::nullopt;
  }
  // Its start is part of each batch, and so no share of a task's time.
  if (key.is_whole()) return std::nullopt;
  const double won_per_task =
      (*single.median_s - *split.median_s) / static_cast<double>(key.batch);
  if (won_per_task <= 0) return std::nullopt;
  const double tasks =
      (*split.evidence.start_s - *single.evidence.start_s) / won_per_task;
  if (tasks < 0) return 1;  // it even starts faster
  // Negated, so that what is not a number is never reached either.
  if (!(tasks < kNever)) return std::nullopt;
  return static_cast<std::uint64_t>(std::floor(tasks)) + 1;
}

}  // namespace hybrid
