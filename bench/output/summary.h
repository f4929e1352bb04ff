#ifndef HYBRID_BENCH_OUTPUT_SUMMARY_H_
#define HYBRID_BENCH_OUTPUT_SUMMARY_H_

#include <span>
#include <string>

#include "analysis/screen_text.h"
#include "results/row.h"

namespace hybrid {

/// What stands at the end: the tutorial's table, the harness's overhead, and
/// the answer for the family `Hybrid`, as the first screen and, with `why`, as
/// a whole before that; the noise where no answer was asked for. Each where
/// `rows` hold any of it.
std::string SummaryText(std::span<const Row> rows, bool why,
                        ScreenSettings screen);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_SUMMARY_H_
