#ifndef HYBRID_ANALYSIS_MODES_TEXT_H_
#define HYBRID_ANALYSIS_MODES_TEXT_H_

#include <string>

#include "statistics/modes.h"

namespace hybrid {

/// "13.7 ms in 12 and 31.6 ms in 8 of 20 repetitions", of times in seconds.
std::string LevelsText(const Modes& modes);

/// "bimodal: 13.7 ms in 12 and 31.6 ms in 8 of 20 repetitions", of times in
/// seconds.
std::string ModesText(const Modes& modes);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_MODES_TEXT_H_
