#ifndef HYBRID_ANALYSIS_WHY_TEXT_H_
#define HYBRID_ANALYSIS_WHY_TEXT_H_

#include <string>

#include "analysis/answer.h"

namespace hybrid {

/// The lines of a group that say why other splits than the best are slower, one
/// each, the worst last; of many only the first ones and the worst. Empty if
/// none is slower.
std::string WhyText(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_WHY_TEXT_H_
