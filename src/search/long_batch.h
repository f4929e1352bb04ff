#ifndef HYBRID_SEARCH_LONG_BATCH_H_
#define HYBRID_SEARCH_LONG_BATCH_H_

#include <algorithm>
#include <cstddef>

namespace hybrid {

/// From here on a batch is long: one that takes minutes has no spread that
/// would be worth as many repetitions as one of milliseconds.
inline constexpr double kLongBatchS = 5;

/// How often a long batch is repeated where the user did not say. The analysis
/// recommends nothing by fewer.
inline constexpr std::size_t kLongRepetitions = 3;

/// How many of `repetitions`, which are a default, are made of batches of which
/// the first took `first_wall_s`.
constexpr std::size_t RepetitionsDue(std::size_t repetitions,
                                     double first_wall_s) {
  return first_wall_s > kLongBatchS ? std::min(repetitions, kLongRepetitions)
                                    : repetitions;
}

}  // namespace hybrid

#endif  // HYBRID_SEARCH_LONG_BATCH_H_
