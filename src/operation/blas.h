#ifndef HYBRID_OPERATION_BLAS_H_
#define HYBRID_OPERATION_BLAS_H_

#include <cstdint>
#include <string>

namespace hybrid {

/// What the BLAS of this process is, in its own words.
struct BlasInfo {
  std::string version;    ///< e.g. `0.9.0`
  std::string threading;  ///< `openmp`, `pthreads` or `none`
  std::string kernels;    ///< the sub-configuration in use, e.g. `haswell`
};

/// Initialises BLIS and asks it.
BlasInfo QueryBlas();

/// product = a × b, all n × n doubles in rows (C order), by BLIS's dgemm with
/// as many threads as the process's environment gives it. The three may not
/// overlap.
void Gemm(std::uint64_t n, const double* a, const double* b, double* product);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_BLAS_H_
