#include "prediction/measured_times.h"

#include <algorithm>
#include <optional>

#include "analysis/split_result.h"

namespace hybrid {

MeasuredTimes TimesOf(std::span<const Answer* const> answers) {
  MeasuredTimes times;
  for (const Answer* const answer : answers) {
    times.cores = std::max<std::uint64_t>(answer->key.usable_cores, 1);
    for (const SplitResult& split : answer->splits) {
      const bool is_bound = split.status == PooledStatus::kCapped;
      const std::optional<double>& seconds =
          is_bound ? split.capped_s : split.median_s;
      if (!seconds) continue;
      times.splits[split.split][answer->key.batch][answer->key.n] = {
          *seconds, is_bound, IsSecondChoice(split)};
    }
  }
  return times;
}

}  // namespace hybrid
