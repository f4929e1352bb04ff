// Compiled with AVX-512: peak.cc asks the CPU before it calls.
#include "ceilings/peak_loop.h"

namespace hybrid::internal {

double RunAvx512(long iterations) {
  return RunLoop<double, 64, kFmaAccumulators>(iterations);
}

double RunAvx512Floats(long iterations) {
  return RunLoop<float, 64, kFmaAccumulators>(iterations);
}

}  // namespace hybrid::internal
