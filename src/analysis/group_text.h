#ifndef HYBRID_ANALYSIS_GROUP_TEXT_H_
#define HYBRID_ANALYSIS_GROUP_TEXT_H_

#include <string>

#include "analysis/answer.h"

namespace hybrid {

/// What a group was measured under: "fresh operands, kernels best".
std::string ConditionsText(const Answer& answer);

/// The part of the answer about one group.
std::string GroupText(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GROUP_TEXT_H_
