#ifndef HYBRID_COMPARE_COMPARE_JSON_H_
#define HYBRID_COMPARE_COMPARE_JSON_H_

#include <string>

#include "base/json_fwd.h"
#include "compare/comparison.h"
#include "compare/gate.h"
#include "compare/output_settings.h"
#include "key/key.h"

namespace hybrid {

/// The gate's verdict and its line.
Json GateJson(const Gate& gate);

/// The comparison with all its configurations, whatever `settings.all` says,
/// and the samples of both sides; without the parts of keys where there are
/// names; times in seconds, null what is missing. The gate's verdict is only in
/// it if `settings.gate` is set, `why` if `settings.why` is; `best_times` and
/// `left_out` are where there are any.
JsonObject ComparisonJson(const Comparison& comparison,
                          const OutputSettings& settings);

/// What ComparisonJson tells, as a JsonDocument.
std::string CompareJson(const Comparison& comparison,
                        const OutputSettings& settings);

/// `json` as the text of a document: indented, with a line end. What is not
/// UTF-8 is replaced by U+FFFD.
std::string JsonDocument(const Json& json);

/// Adds the parts of `key` to `json`, under the names of their columns; not the
/// seed, by which nothing is compared.
void AddKeyParts(const Key& key, JsonObject& json);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_COMPARE_JSON_H_
