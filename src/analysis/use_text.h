#ifndef HYBRID_ANALYSIS_USE_TEXT_H_
#define HYBRID_ANALYSIS_USE_TEXT_H_

#include <string>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// The lines that put a group's recommended split to use, to be pasted into a
/// shell; none where there was nothing to choose from.
std::vector<std::string> UseLines(const Answer& answer);

/// What a shell and a program need to run as `split` did, to be pasted.
std::string ThreadsText(const Split& split);
std::string ArchTypeText(const std::string& blis_arch_type,
                         const std::string& kernels);
inline constexpr char kSerialBuildText[] =
    "link BLIS's serial build (Debian: libblis4-serial), which the workers ran";

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_USE_TEXT_H_
