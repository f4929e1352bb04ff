// Compiled with what every CPU of this architecture has.
#include "ceilings/peak_loop.h"

namespace hybrid::internal {

double RunBaseline(long iterations) {
#if defined(__x86_64__)
  return RunLoop<2, kTwoInstructionAccumulators>(iterations);
#elif defined(__aarch64__)
  return RunLoop<2, kNeonAccumulators>(iterations);
#else
  return RunLoop<1, kTwoInstructionAccumulators>(iterations);
#endif
}

}  // namespace hybrid::internal
