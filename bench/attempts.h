#ifndef HYBRID_BENCH_ATTEMPTS_H_
#define HYBRID_BENCH_ATTEMPTS_H_

#include <vector>

#include "measurement.h"
#include "results/row.h"

namespace hybrid {

/// Measures again, up to `reruns` times, what is noisy. All attempts, of which
/// `first` is one, the calmest last, since of several attempts the last one
/// counts; numbered in that order, on from `first`'s number. Where another than
/// `first` counts, `measurement` is told.
std::vector<std::vector<Row>> RerunNoisy(Measurement& measurement,
                                         std::vector<Row> first, int reruns);

}  // namespace hybrid

#endif  // HYBRID_BENCH_ATTEMPTS_H_
