#ifndef HYBRID_ANALYSIS_GAIN_TEXT_H_
#define HYBRID_ANALYSIS_GAIN_TEXT_H_

#include <string>

#include "analysis/answer.h"

namespace hybrid {

/// The lines of a group that say what the best gains, and from how many tasks
/// on it pays off; empty if there is nothing to say.
std::string GainText(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GAIN_TEXT_H_
