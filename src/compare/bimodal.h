#ifndef HYBRID_COMPARE_BIMODAL_H_
#define HYBRID_COMPARE_BIMODAL_H_

#include <string>

namespace hybrid {

struct ComparedConfiguration;

/// Sets `modes` where the times of a configuration jump between two (as
/// FindModes has it): of both sides together, if each side shows both; and
/// where it is oversubscribed also if either shows one alone, since there it is
/// the scheduler's choice of a launch which one a run falls on.
void FindModesOf(ComparedConfiguration& compared);

/// What its two levels are, as ModesText of these says; empty unless it has
/// them.
std::string ModesText(const ComparedConfiguration& compared);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_BIMODAL_H_
