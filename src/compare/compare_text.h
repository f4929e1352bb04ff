#ifndef HYBRID_COMPARE_COMPARE_TEXT_H_
#define HYBRID_COMPARE_COMPARE_TEXT_H_

#include <string>

#include "compare/comparison.h"
#include "compare/output_settings.h"

namespace hybrid {

/// The comparison for terminals: what differs between the sides, a table of
/// what is not the same (or of all configurations), worst first, what the best
/// splits take, best splits that changed, and a summary. With `settings.why`
/// that configuration alone, and why.
std::string CompareText(const Comparison& comparison,
                        const OutputSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARE_TEXT_H_
