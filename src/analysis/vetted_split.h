#ifndef HYBRID_ANALYSIS_VETTED_SPLIT_H_
#define HYBRID_ANALYSIS_VETTED_SPLIT_H_

#include <string_view>

#include "analysis/split_result.h"

namespace hybrid {

/// `use` as a shell can be given it. Whoever wrote the result file wrote these
/// fields, and lines made of them are run: the setting of kernels, the
/// library's file and the CPUs are left empty where they are not plainly that.
SplitResult VettedSplit(SplitResult use);

/// Whether a shell can have a variable of that name.
bool IsIdentifier(std::string_view name);

/// Whether a variable of that name chooses what a shell, the loader or an
/// interpreter runs, loads or overwrites, or is one that a shell refuses to
/// set: no file may set it for whoever pastes lines.
bool SteersWhatRuns(std::string_view name);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_VETTED_SPLIT_H_
