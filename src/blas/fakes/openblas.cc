// An OpenBLAS of one thread with kernels of two kinds.

#include <cstdlib>
#include <string_view>

#include "blas/fakes/fake.h"

namespace {

int threads = 1;

}  // namespace

extern "C" {
__attribute__((visibility("default"))) int gotoblas_HASWELL = 1;
__attribute__((visibility("default"))) int gotoblas_NEHALEM = 1;
}

FAKE_EXPORT void openblas_set_num_threads(int count) { threads = count; }
FAKE_EXPORT int openblas_get_num_threads() { return threads; }
FAKE_EXPORT const char* openblas_get_config() {
  return "OpenBLAS 0.3.99 DYNAMIC_ARCH NO_AFFINITY MAX_THREADS=64";
}
FAKE_EXPORT const char* openblas_get_corename() {
  const char* const told = std::getenv("OPENBLAS_CORETYPE");
  return told != nullptr && std::string_view(told) == "NEHALEM" ? "Nehalem"
                                                                : "Haswell";
}
FAKE_EXPORT int openblas_get_parallel() { return 0; }
