#ifndef HYBRID_ANALYSIS_GROUP_TEXT_H_
#define HYBRID_ANALYSIS_GROUP_TEXT_H_

#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/group_key.h"

namespace hybrid {

/// What a group was measured under: "blis", "fresh operands", "kernels best".
/// Most of what is as usual is left out. `library` stands for the library.
std::vector<std::string> Conditions(const GroupKey& key,
                                    const std::string& library);

/// The part of the answer about one group, which was measured under
/// `conditions`: its best split, what ties with it, what launches say together,
/// its gains, kernels and lines to use, why the others lose, what was noisy or
/// failed.
std::string GroupText(const Answer& answer,
                      const std::vector<std::string>& conditions);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GROUP_TEXT_H_
