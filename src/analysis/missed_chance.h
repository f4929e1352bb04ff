#ifndef HYBRID_ANALYSIS_MISSED_CHANCE_H_
#define HYBRID_ANALYSIS_MISSED_CHANCE_H_

#include <span>
#include <string>

#include "analysis/ways.h"

namespace hybrid {

/// Why in some groups of `ways` a split that is worthwhile may have been
/// missed: by a chance of more than kMostChanceMissed, or for lack of time.
/// Empty if that is unlikely in all, or nothing is known of it. `all` are the
/// ways to tell these from.
std::string WhyMayBeMissed(std::span<const Way> ways, std::span<const Way> all);

/// "a split more than 3 % faster was missed with a chance of at most 1.4 % in
/// each group (estimated)": what the launches of all groups leave; empty if
/// none tell.
std::string ChanceMissedText(std::span<const Way> ways);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_MISSED_CHANCE_H_
