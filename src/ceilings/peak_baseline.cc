// Compiled with what every CPU of this architecture has.
#include "ceilings/peak_loop.h"

namespace hybrid::internal {

namespace {

template <typename Real>
double Run(long iterations) {
#if defined(__x86_64__)
  return RunLoop<Real, 16, kTwoInstructionAccumulators>(iterations);
#elif defined(__aarch64__)
  return RunLoop<Real, 16, kNeonAccumulators>(iterations);
#else
  return RunLoop<Real, sizeof(Real), kTwoInstructionAccumulators>(iterations);
#endif
}

}  // namespace

double RunBaseline(long iterations) { return Run<double>(iterations); }

double RunBaselineFloats(long iterations) { return Run<float>(iterations); }

}  // namespace hybrid::internal
