#ifndef HYBRID_ANALYSIS_LAUNCHES_H_
#define HYBRID_ANALYSIS_LAUNCHES_H_

#include <optional>
#include <vector>

#include "analysis/group_key.h"
#include "analysis/groups.h"
#include "results/row.h"
#include "search/launch.h"
#include "search/search_group.h"
#include "search/statement.h"
#include "search/statement_text.h"

namespace hybrid {

/// The launches of a group's splits, and what is to be known to follow them.
struct GroupLaunches {
  SearchGroup group;
  std::vector<Launch> launches;
};

/// What `row`, which is one, says of a launch. A grid's first round screens its
/// splits, the further ones are a race.
Launch ToLaunch(const Row& row);

/// The launches in `rows`, of which only the last attempts are given. Nothing
/// where anything was measured by workers that lived on, or in several runs:
/// what is not of the same rounds makes no race. The order of a split's rows
/// does not matter.
std::optional<GroupLaunches> LaunchesOf(const GroupKey& key,
                                        const SplitRows& rows);

/// What the launches of a group say: a search's statement, or the same of a
/// grid in rounds. It has no chance where no split was launched twice, since
/// then others may be missing that were not launched yet.
struct GroupStatement {
  Statement statement;
  SearchCircumstances circumstances;
};
std::optional<GroupStatement> FindStatement(const GroupKey& key,
                                            const SplitRows& rows);

/// The difference of two splits' times below which none is claimed, as a share:
/// what chance alone exceeds in 5 % of cases, by the spread of the launches of
/// `statement`. Nothing with fewer than kFewestSamples launches of each, or of
/// one split alone.
std::optional<double> LaunchFloor(const Statement& statement);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_LAUNCHES_H_
