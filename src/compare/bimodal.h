#ifndef HYBRID_COMPARE_BIMODAL_H_
#define HYBRID_COMPARE_BIMODAL_H_

#include <string>

#include "statistics/modes.h"

namespace hybrid {

struct ComparedConfiguration;

/// Sets `modes` where the times of a configuration jump between two (as
/// FindModes has it): of both sides together, if each side shows both; and
/// where it is oversubscribed also if either shows one alone, since there it is
/// the scheduler's choice of a launch which one a run falls on.
void FindModesOf(ComparedConfiguration& compared);

/// "13.7 ms in 12 and 31.6 ms in 8 of 20 repetitions".
std::string LevelsText(const Modes& modes);

/// "bimodal: 13.7 ms in 12 and 31.6 ms in 8 of 20 repetitions"; empty unless
/// they are.
std::string ModesText(const ComparedConfiguration& compared);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_BIMODAL_H_
