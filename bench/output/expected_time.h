#ifndef HYBRID_BENCH_OUTPUT_EXPECTED_TIME_H_
#define HYBRID_BENCH_OUTPUT_EXPECTED_TIME_H_

#include <optional>
#include <span>
#include <string>

#include "results/row.h"

namespace hybrid {

/// How long a run of `weight` (ExpectedWeight, summed over its configurations)
/// takes, in seconds, if it goes as the run that measured `rows` of the same
/// machine: estimated from what that took per weight. Nothing if `rows` are too
/// few to tell.
std::optional<double> ExpectedTimeS(double weight, std::span<const Row> rows);

/// `about 1:05 (estimated)`.
std::string AboutText(double seconds);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_EXPECTED_TIME_H_
