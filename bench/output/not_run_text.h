#ifndef HYBRID_BENCH_OUTPUT_NOT_RUN_TEXT_H_
#define HYBRID_BENCH_OUTPUT_NOT_RUN_TEXT_H_

#include <span>
#include <string>

#include "sweep/sweep.h"

namespace hybrid {

/// What of a sweep was not run for want of memory, in a sentence without a full
/// stop: `8×1, 16×1 not run: 8 workers would need …`, the first one's reason.
/// Empty if all was.
std::string NotRunText(std::span<const SkippedKey> not_run);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_NOT_RUN_TEXT_H_
