// Compiled with AVX: ceilings_peak.cc asks the CPU before it calls.
#include "machine/ceilings_peak_loop.h"

namespace hybrid::internal {

double RunAvx(long iterations) {
  return RunLoop<4, kTwoInstructionAccumulators>(iterations);
}

}  // namespace hybrid::internal
