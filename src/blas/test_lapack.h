#ifndef HYBRID_BLAS_TEST_LAPACK_H_
#define HYBRID_BLAS_TEST_LAPACK_H_

#include <dlfcn.h>

#include <cstdint>
#include <memory>
#include <string>

#include "blas/fortran_calls.h"

namespace hybrid {

/// For tests: the calls into a real BLAS with LAPACK, of those fetched for the
/// tests or else the system's; null where there is none.
inline std::unique_ptr<BlasCalls> OpenTestLapack() {
  void* library = nullptr;
#ifdef HYBRID_BLAS_BUILDS
  library = dlopen(HYBRID_BLAS_BUILDS "/openblas-serial/libopenblas.so.0",
                   RTLD_NOW | RTLD_NODELETE);
#endif
  if (library == nullptr) {
    library = dlopen("liblapack.so.3", RTLD_NOW | RTLD_NODELETE);
  }
  if (library == nullptr) return nullptr;
  return std::make_unique<FortranCalls<std::int32_t>>(
      [library](const std::string& routine) {
        return dlsym(library, (routine + "_").c_str());
      });
}

}  // namespace hybrid

#endif  // HYBRID_BLAS_TEST_LAPACK_H_
