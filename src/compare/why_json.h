#ifndef HYBRID_COMPARE_WHY_JSON_H_
#define HYBRID_COMPARE_WHY_JSON_H_

#include "base/json_fwd.h"
#include "compare/why.h"

namespace hybrid {

/// The numbers behind the verdict. Times are in seconds; distances of ratios
/// from 1, spreads and standard deviations are shares of 1: 0.03 is 3 %. What
/// is missing is null.
JsonObject WhyJson(const Why& why);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_WHY_JSON_H_
