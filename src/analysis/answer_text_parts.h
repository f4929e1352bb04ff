#ifndef HYBRID_ANALYSIS_ANSWER_TEXT_PARTS_H_
#define HYBRID_ANALYSIS_ANSWER_TEXT_PARTS_H_

#include <string>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// The kernels that all ranked splits ran; empty if they ran several.
std::string CommonKernels(const Answer& answer);

/// What a group was measured under: "fresh operands, kernels best".
std::string ConditionsText(const Answer& answer);

/// "2×1  9.61 ms", or the rate of what has no time.
std::string MeasuredText(const SplitResult& result);

/// Lines of a group, each empty if there is nothing to say: what the best gains
/// and from how many tasks on it pays off,
std::string GainText(const Answer& answer);
/// which kernels ran, what BLIS would have chosen, and what others are worth,
std::string KernelsText(const Answer& answer);
/// and why the others are slower, one line each, the worst last.
std::string WhyText(const Answer& answer);

/// What a shell and a program need to run as `split` did, to be pasted.
std::string ProcessesText(const Split& split);
std::string ThreadsText(const Split& split);
std::string ArchTypeText(const std::string& blis_arch_type,
                         const std::string& kernels);
inline constexpr char kSerialBuildText[] =
    "link BLIS's serial build (Debian: libblis4-serial), which the workers ran";

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_ANSWER_TEXT_PARTS_H_
