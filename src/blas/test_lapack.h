#ifndef HYBRID_BLAS_TEST_LAPACK_H_
#define HYBRID_BLAS_TEST_LAPACK_H_

#include <dlfcn.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "blas/fortran_calls.h"
#ifdef HYBRID_BLAS_BUILDS
#include "blas/test_libraries.h"
#endif

namespace hybrid {

/// Before OpenBLAS is loaded: where the CPU can, kernels that most have, so
/// that what a test of products sees is the same on every machine.
inline void UseCommonOpenBlasKernels() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    setenv("OPENBLAS_CORETYPE", "Haswell", 0);
  }
#endif
}

/// For tests: the calls into a real BLAS with LAPACK, of those fetched for the
/// tests or else the system's; null where there is none.
inline std::unique_ptr<BlasCalls> OpenTestLapack() {
  UseCommonOpenBlasKernels();
  void* library = nullptr;
#ifdef HYBRID_BLAS_BUILDS
  if (const auto file = TestLibrary("openblas-serial")) {
    library = dlopen(file->c_str(), RTLD_NOW | RTLD_NODELETE);
  }
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

/// For tests: the same into one with 64-bit integers; null where there is none.
inline std::unique_ptr<BlasCalls> OpenTestLapack64() {
  UseCommonOpenBlasKernels();
#ifdef HYBRID_BLAS_BUILDS
  const auto file = TestLibrary("openblas64-pthread");
  void* const library =
      file ? dlopen(file->c_str(), RTLD_NOW | RTLD_NODELETE) : nullptr;
  if (library != nullptr) {
    return std::make_unique<FortranCalls<std::int64_t>>(
        [library](const std::string& routine) {
          return dlsym(library, (routine + "_").c_str());
        });
  }
#endif
  return nullptr;
}

}  // namespace hybrid

#endif  // HYBRID_BLAS_TEST_LAPACK_H_
