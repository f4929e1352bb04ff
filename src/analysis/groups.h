#ifndef HYBRID_ANALYSIS_GROUPS_H_
#define HYBRID_ANALYSIS_GROUPS_H_

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "analysis/group_key.h"
#include "analysis/split_result.h"
#include "results/row.h"

namespace hybrid {

/// The rows of each split of one group. They point into what was grouped.
using SplitRows = std::map<Split, std::vector<const Row*>>;

/// Groups of rows that are comparable, each with its key.
using Groups = std::vector<std::pair<GroupKey, SplitRows>>;

/// The rows of `family` by group, in the order of each group's first row. Of
/// several attempts that one run made at a configuration the last one counts:
/// it was made because those before it were noisy.
Groups GroupRows(std::span<const Row> rows, Family family);

/// Leaves of each run only the rows of its last attempt, and of launches the
/// last one of each round. `rows` are all of one configuration.
void KeepLastAttempts(std::vector<const Row*>& rows);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GROUPS_H_
