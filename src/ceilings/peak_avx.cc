// Compiled with AVX: peak.cc asks the CPU before it calls.
#include "ceilings/peak_loop.h"

namespace hybrid::internal {

double RunAvx(long iterations) {
  return RunLoop<double, 32, kTwoInstructionAccumulators>(iterations);
}

double RunAvxFloats(long iterations) {
  return RunLoop<float, 32, kTwoInstructionAccumulators>(iterations);
}

}  // namespace hybrid::internal
