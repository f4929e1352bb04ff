#ifndef HYBRID_ANALYSIS_KERNELS_TEXT_H_
#define HYBRID_ANALYSIS_KERNELS_TEXT_H_

#include <string>

#include "analysis/answer.h"

namespace hybrid {

/// The kernels that all of the group's splits ran, as far as they are known;
/// empty if they ran several.
std::string CommonKernels(const Answer& answer);

/// The line of a group that says which kernels ran, what the library would have
/// chosen, and what others are worth; empty if there is nothing to say.
std::string KernelsText(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_KERNELS_TEXT_H_
