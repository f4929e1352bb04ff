#ifndef HYBRID_STATISTICS_SAMPLES_H_
#define HYBRID_STATISTICS_SAMPLES_H_

#include <cstddef>
#include <optional>
#include <span>

namespace hybrid {

/// Fewer samples a side than this say too little of their noise for a test.
inline constexpr std::size_t kFewestSamples = 3;

/// The middle sample, or the mean of the two middle ones; nothing if there is
/// none. The median, because a disturbed repetition should not move it.
std::optional<double> Median(std::span<const double> samples);

/// The sum of the samples by their number; not a number if there is none.
double Mean(std::span<const double> samples);

/// Half the distance between the extremes, relative to the median: 0.02 for
/// samples of ±2 %. Nothing with fewer than two samples. The range and not a
/// deviation, because with the few repetitions of a benchmark it is what was
/// seen, without assuming a distribution, and it hides no outlier.
std::optional<double> RelativeSpread(std::span<const double> samples);

/// The two-sided p-value of Welch's t-test on the logarithms of `a` and `b`:
/// how often two samples as far apart as these would come from the same time.
/// Nothing with fewer than kFewestSamples a side, or with a sample that is not
/// positive and finite. Constant sides give 1 if they are equal, else 0.
///
/// Welch's test, because splits differ in noise as they do in speed: B. L.
/// Welch, "The generalization of 'Student's' problem when several different
/// population variances are involved", Biometrika 34 (1947), 28-35. On
/// logarithms, because what disturbs a timing (frequency, cache and memory
/// contention) stretches it by a factor and the noise is skewed to the right:
/// its logarithm is nearer to the normal distribution that the test assumes.
std::optional<double> WelchOnLogs(std::span<const double> a,
                                  std::span<const double> b);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_SAMPLES_H_
