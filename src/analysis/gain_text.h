#ifndef HYBRID_ANALYSIS_GAIN_TEXT_H_
#define HYBRID_ANALYSIS_GAIN_TEXT_H_

#include <optional>
#include <string>

#include "analysis/answer.h"

namespace hybrid {

/// The lines of a group that say what the best gains, and from how many tasks
/// on it pays off; empty if there is nothing to say.
std::string GainText(const Answer& answer);

/// "1.97×", "> 3.9×" or "3.9× by rate": what is known of `gain`, or nothing.
std::optional<std::string> GainFigure(const Gain& gain);

/// Why `gain` has no figure, in a word or two: "tie", "unclear", "not
/// measured", "disturbed", "failed" or "not run".
std::string WhyNoGain(const Gain& gain);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_GAIN_TEXT_H_
