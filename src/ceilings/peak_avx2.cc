// Compiled with AVX2 and FMA: peak.cc asks the CPU before it calls.
#include "ceilings/peak_loop.h"

namespace hybrid::internal {

double RunAvx2(long iterations) {
  return RunLoop<double, 32, kFmaAccumulators>(iterations);
}

double RunAvx2Floats(long iterations) {
  return RunLoop<float, 32, kFmaAccumulators>(iterations);
}

}  // namespace hybrid::internal
