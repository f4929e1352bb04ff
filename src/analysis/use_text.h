#ifndef HYBRID_ANALYSIS_USE_TEXT_H_
#define HYBRID_ANALYSIS_USE_TEXT_H_

#include <string>
#include <vector>

#include "analysis/answer.h"
#include "key/key.h"

namespace hybrid {

/// The lines that put a group's recommended split to use, to be pasted into a
/// shell; none where there was nothing to choose from.
std::vector<std::string> UseLines(const Answer& answer);

/// The shell's line that gives BLIS the threads of one of the split's workers.
std::string ThreadsText(const Split& split);

/// The shell's line that has BLIS choose the kernels that `blis_arch_type`
/// stands for; `kernels` is their name, for people, or empty.
std::string ArchTypeText(const std::string& blis_arch_type,
                         const std::string& kernels);

/// The line that says how to get the BLIS of workers that ran its serial build.
inline constexpr char kSerialBuildText[] =
    "link BLIS's serial build (Debian: libblis4-serial), which the workers ran";

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_USE_TEXT_H_
