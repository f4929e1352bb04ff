#ifndef HYBRID_ANALYSIS_GROUP_TEXT_H_
#define HYBRID_ANALYSIS_GROUP_TEXT_H_

#include <string>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// What a group was measured under: "blis", "fresh operands", "kernels best".
/// Most of what is as usual is left out.
std::vector<std::string> Conditions(const Answer& answer);

/// Conditions as one text.
std::string ConditionsText(const Answer& answer);

/// The part of the answer about one group: its best split, what ties with it,
/// its gains, kernels and lines to use, why the others lose, what was noisy or
/// failed.
std::string GroupText(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GROUP_TEXT_H_
