#include "budget.h"

#include <algorithm>

namespace hybrid {

void Budget::Begin(std::size_t groups_left) {
  if (!end_) return;
  const Clock::time_point now = Clock::now();
  group_end_ = now + (*end_ - now) / static_cast<Clock::rep>(
                                         std::max(groups_left, std::size_t{1}));
}

std::optional<double> Budget::left_s() const {
  if (!end_) return std::nullopt;
  return std::chrono::duration<double>(group_end_ - Clock::now()).count();
}

}  // namespace hybrid
