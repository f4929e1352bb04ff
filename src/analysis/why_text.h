#ifndef HYBRID_ANALYSIS_WHY_TEXT_H_
#define HYBRID_ANALYSIS_WHY_TEXT_H_

#include <string>

#include "analysis/answer.h"

namespace hybrid {

/// The lines of a group that say why the others are slower, one each, the worst
/// last; empty if none is.
std::string WhyText(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_WHY_TEXT_H_
