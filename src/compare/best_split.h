#ifndef HYBRID_COMPARE_BEST_SPLIT_H_
#define HYBRID_COMPARE_BEST_SPLIT_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/group_key.h"
#include "compare/group_partners.h"
#include "compare/judge.h"
#include "key/key.h"

namespace hybrid {

/// A group in which another split is to be used than before.
struct BestSplitChange {
  GroupKey key;
  Split before;  ///< what the baseline recommends
  Split now;     ///< what the new results recommend
  /// The time of `before` over that of the best split, both in the new results;
  /// nothing if it did not complete there.
  std::optional<double> slowdown;
};

/// The groups in which the split that the baseline recommends is slower than
/// the best in the new results: by more than the threshold and the noise floor,
/// with p-values adjusted for the number of groups, or because it no longer
/// completes. Groups and splits that only one side measured don't count, nor
/// what was stopped in one launch or not run at all.
std::vector<BestSplitChange> FindBestSplitChanges(
    std::span<const GroupPartners> groups, const CompareSettings& settings);

/// The change in one line: "best split changed: gemm n=256 batch=32: 2×1 -> 1×2
/// (2×1 now 1.24× the best)".
std::string BestSplitText(const BestSplitChange& change);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_BEST_SPLIT_H_
