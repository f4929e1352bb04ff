// The OpenBLAS of NumPy's wheels, whose every name has a prefix and a suffix.

#include "blas/fakes/fake.h"

namespace {

int threads = 2;

}  // namespace

FAKE_EXPORT void scipy_openblas_set_num_threads64_(int count) {
  fake::Record("scipy_openblas_set_num_threads64_", count);
  threads = count;
}
FAKE_EXPORT int scipy_openblas_get_num_threads64_() { return threads; }
FAKE_EXPORT const char* scipy_openblas_get_config64_() {
  return "OpenBLAS 0.3.29  USE64BITINT DYNAMIC_ARCH NO_AFFINITY Haswell "
         "MAX_THREADS=64";
}
FAKE_EXPORT const char* scipy_openblas_get_corename64_() { return "Haswell"; }
FAKE_EXPORT int scipy_openblas_get_parallel64_() { return 1; }
