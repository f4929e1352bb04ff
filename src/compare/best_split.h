#ifndef HYBRID_COMPARE_BEST_SPLIT_H_
#define HYBRID_COMPARE_BEST_SPLIT_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/group_key.h"
#include "analysis/split_result.h"
#include "compare/judge.h"
#include "key/key_text.h"
#include "results/row.h"

namespace hybrid {

/// A group whose split to use was one and is now another.
struct BestSplitChange {
  GroupKey key;
  Split before;
  Split now;
  /// The old one's time over the new one's, now; nothing if it did not
  /// complete.
  std::optional<double> slowdown;
};

/// Groups in which the split that the baseline recommends is now slower than
/// another: by more than the threshold and the noise floor, with p-values
/// adjusted for the number of groups, or because it no longer completes.
std::vector<BestSplitChange> FindBestSplitChanges(
    std::span<const Row> baseline, std::span<const Row> now,
    const CompareSettings& settings);

/// "best split changed: gemm n=256 batch=32: 2×1 -> 1×2 (2×1 now 1.24× the
/// best)".
std::string BestSplitText(const BestSplitChange& change);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_BEST_SPLIT_H_
