#ifndef HYBRID_BENCH_OUTPUT_TUTORIAL_TABLE_H_
#define HYBRID_BENCH_OUTPUT_TUTORIAL_TABLE_H_

#include <span>
#include <string>

#include "results/row.h"

namespace hybrid {

/// The tutorial's table beside ours, in seconds and relative to serial; empty
/// if `rows` hold no case.
std::string TutorialTable(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_TUTORIAL_TABLE_H_
