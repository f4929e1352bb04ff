#ifndef HYBRID_BENCH_OUTPUT_NOT_RUN_TEXT_H_
#define HYBRID_BENCH_OUTPUT_NOT_RUN_TEXT_H_

#include <span>
#include <string>

#include "results/row.h"
#include "sweep/sweep.h"

namespace hybrid {

/// What of a sweep was not run for want of memory, in a sentence without a full
/// stop: `8×1, 16×1 not run: 8 workers would need …`, the first one's reason.
/// Where the same split at the same n stands among the rows of what did run, it
/// also has the words that tell them apart: `8×1 (Noise)`, `8×1 (batch=64)`.
/// Empty if all was run.
std::string NotRunText(std::span<const SkippedKey> not_run,
                       std::span<const Row> ran = {});

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_NOT_RUN_TEXT_H_
