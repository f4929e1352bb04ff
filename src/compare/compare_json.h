#ifndef HYBRID_COMPARE_COMPARE_JSON_H_
#define HYBRID_COMPARE_COMPARE_JSON_H_

#include <string>

#include "base/json_fwd.h"
#include "compare/comparison.h"
#include "compare/output_settings.h"

namespace hybrid {

/// Everything, whatever `all` says; times in seconds.
JsonObject ComparisonJson(const Comparison& comparison,
                          const OutputSettings& settings);

/// ComparisonJson as a document. What is not UTF-8 is replaced by U+FFFD.
std::string CompareJson(const Comparison& comparison,
                        const OutputSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARE_JSON_H_
