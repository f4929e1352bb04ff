#include "search/statement.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "search/search_group.h"

namespace hybrid {
std::size_t Statement::Count(SearchOutcome outcome) const {
  return static_cast<std::size_t>(std::count_if(
      splits.begin(), splits.end(), [outcome](const SearchedSplit& split) {
        return split.outcome == outcome;
      }));
}

std::size_t Statement::measured() const {
  return splits.size() - Count(SearchOutcome::kBound) -
         Count(SearchOutcome::kUnmeasured) - Count(SearchOutcome::kFailed);
}

std::optional<double> EstimateGridSeconds(const Statement& statement,
                                          std::size_t repetitions,
                                          double min_time_s) {
  if (!statement.best) return std::nullopt;
  const double best_s = statement.splits[*statement.best].median_s.value_or(0);
  const double cap_s = kGridCutOff.For(best_s);
  double all_s = 0;
  for (const SearchedSplit& split : statement.splits) {
    if (split.outcome == SearchOutcome::kFailed) continue;
    const double batch_s = split.slowdown ? best_s * *split.slowdown
                                          : split.bound_s.value_or(best_s);
    all_s += batch_s > cap_s ? cap_s
                             : static_cast<double>(repetitions) *
                                   std::max(batch_s, min_time_s);
  }
  return all_s;
}

}  // namespace hybrid
