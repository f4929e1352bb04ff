#ifndef HYBRID_PREDICTION_MEASURED_TIMES_H_
#define HYBRID_PREDICTION_MEASURED_TIMES_H_

#include <cstdint>
#include <map>
#include <span>

#include "analysis/answer.h"
#include "key/key.h"

namespace hybrid {

/// How long a batch took.
struct MeasuredTime {
  double seconds = 0;     ///< the median
  bool is_bound = false;  ///< it was stopped after so long, and takes longer
  /// IsSecondChoice: nothing to choose where another is as fast.
  bool is_second_choice = false;
};

/// The times of one split, by batch and then by n.
using TimesOfSplit =
    std::map<std::uint64_t, std::map<std::uint64_t, MeasuredTime>>;

/// What predictions are made of: how long the splits of one way took on a
/// machine of so many cores.
struct MeasuredTimes {
  std::uint64_t cores = 1;
  std::map<Split, TimesOfSplit> splits;
};

/// The times in `answers`, which differ in n and batch alone. What failed or
/// was disturbed has none, nor what was not run: the bound for which a search
/// left it out was not measured.
MeasuredTimes TimesOf(std::span<const Answer* const> answers);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_MEASURED_TIMES_H_
