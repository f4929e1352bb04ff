#ifndef HYBRID_STATISTICS_KNOWN_SPREAD_H_
#define HYBRID_STATISTICS_KNOWN_SPREAD_H_

#include <cstddef>

#include "statistics/bootstrap.h"

namespace hybrid {

/// The median of few samples whose spread is known from more than themselves.
struct SpreadMedian {
  double median = 0;      ///< positive
  std::size_t count = 0;  ///< of its samples, at least 1
  double spread = 0;   ///< standard deviation of one sample's logarithm, not 0
  double freedom = 1;  ///< degrees of freedom of the spread
};

/// How far two medians are apart.
struct SpreadRatio {
  double ratio = 1;    ///< the new one over the baseline's
  Interval interval;   ///< 95 % interval of the ratio
  double p_value = 1;  ///< two-sided, of no difference
};

/// The ratio of two medians by Student's distribution, as B. L. Welch adapted
/// it to unequal spreads: three samples a side are enough for it where their
/// spread is known, whereas a test by ranks can't tell anything of so few. The
/// error of a median is taken for that of a large sample, which is too much
/// rather than too little.
SpreadRatio RatioByKnownSpread(const SpreadMedian& baseline,
                               const SpreadMedian& now);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_KNOWN_SPREAD_H_
