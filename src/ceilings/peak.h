#ifndef HYBRID_CEILINGS_PEAK_H_
#define HYBRID_CEILINGS_PEAK_H_

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "ceilings/team.h"
#include "key/precision.h"

namespace hybrid {

/// A loop of multiply-adds, x = factor × x + term, on as many
/// independent accumulators as keep one vector unit busy, all in registers.
struct PeakLoop {
  std::string vector_unit;  ///< "AVX-512", "AVX2 + FMA", "AVX", "SSE2", "NEON"
                            ///< or "scalar"
  int elements = 0;         ///< numbers in all accumulators together
  double (*run)(long iterations) = nullptr;  ///< returns the elements' sum

  /// A multiply-add counts 2, also where it takes two instructions.
  double FlopsPerIteration() const { return 2.0 * elements; }
};

/// The loops for the vector units that this CPU and its operating system
/// support, widest first; never empty.
std::vector<PeakLoop> SupportedPeakLoops(
    Precision precision = Precision::kDouble);

/// The team's operations per second with `loop`, in 10⁹, over one
/// `slice`. Nothing if interrupted.
std::optional<double> PeakRate(CoreTeam& team, const PeakLoop& loop,
                               std::chrono::nanoseconds slice);

/// The highest rate that was seen, and the vector unit that reached it.
struct Peak {
  std::string vector_unit;
  double gflops = 0;  ///< 10⁹ operations per second
};

/// The most operations per second that the team's members do together, over all
/// supported vector units: the widest is not always the fastest, on CPUs that
/// clock down for it or pass it through a narrower unit in halves. Of equals
/// within noise the widest is named. Nothing if interrupted.
std::optional<Peak> MeasurePeak(CoreTeam& team,
                                Precision precision = Precision::kDouble);

}  // namespace hybrid

#endif  // HYBRID_CEILINGS_PEAK_H_
