#ifndef HYBRID_COMPARE_GROUP_PARTNERS_H_
#define HYBRID_COMPARE_GROUP_PARTNERS_H_

#include <span>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// One group on both sides of a comparison.
struct GroupPartners {
  const Answer* baseline = nullptr;
  const Answer* now = nullptr;
};

/// The groups that both sides have, in the order of the baseline's: those of
/// the same machine; where there is one machine a side, whatever it is called,
/// those. They point into `baseline` and `now`.
std::vector<GroupPartners> FindGroupPartners(std::span<const Answer> baseline,
                                             std::span<const Answer> now);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_GROUP_PARTNERS_H_
