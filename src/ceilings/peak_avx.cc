// Compiled with AVX: peak.cc asks the CPU before it calls.
#include "ceilings/peak_loop.h"

namespace hybrid::internal {

double RunAvx(long iterations) {
  return RunLoop<4, kTwoInstructionAccumulators>(iterations);
}

}  // namespace hybrid::internal
