#ifndef HYBRID_COMPARE_VARIANCE_TEXT_H_
#define HYBRID_COMPARE_VARIANCE_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "compare/why.h"

namespace hybrid {

/// What one sample of the configuration is: "launch", or "repetition" where
/// several have the same workers or process.
std::string_view SampleNoun(const ComparedConfiguration& compared);

/// "1 launch", "7 repetitions".
std::string SamplesText(std::string_view noun, std::size_t count);

/// What of the scatter is from run to run and what within runs, as relative
/// standard deviations, and how near to the true ratio more of either would
/// come.
std::string VarianceText(const Why& why);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_VARIANCE_TEXT_H_
