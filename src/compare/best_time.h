#ifndef HYBRID_COMPARE_BEST_TIME_H_
#define HYBRID_COMPARE_BEST_TIME_H_

#include <span>
#include <string>
#include <vector>

#include "analysis/group_key.h"
#include "compare/group_partners.h"
#include "compare/judge.h"
#include "key/key.h"

namespace hybrid {

/// What the best split of a group takes, whichever that is on either side: what
/// searches, which measure few splits often, have in common with each other and
/// with grids.
struct BestTime {
  GroupKey key;  ///< of the new results
  Split before;  ///< the best in the baseline
  Split now;     ///< the best in the new results
  /// The times of these two, and the verdict on them. Its key is that of `now`.
  ComparedConfiguration times;

  /// Whether something can be told.
  bool is_decided() const { return times.change != Change::kCannotTell; }
};

/// The best times of all groups that both sides ranked, and one of them, at
/// least, by launches. Of a race on both sides their difference is judged by
/// Student's test with the spread of all launches of the race, of which the
/// best's are a part: 3 of them are enough. Elsewhere as those of
/// configurations are, by `jury`; and where the best is the same on both sides
/// and has repetitions enough in `configurations`, the verdict there is this
/// one, too. p-values are adjusted for the number of groups.
std::vector<BestTime> FindBestTimes(
    std::span<const GroupPartners> groups,
    std::span<const ComparedConfiguration> configurations, const Jury& jury);

/// "gemm n=256 batch=32".
std::string GroupText(const BestTime& best);

/// "8×8", or "8×8 -> 8×6" where another one is the best now.
std::string BestsText(const BestTime& best);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_BEST_TIME_H_
