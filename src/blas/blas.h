#ifndef HYBRID_BLAS_BLAS_H_
#define HYBRID_BLAS_BLAS_H_

#include <cstdint>
#include <functional>
#include <string>

namespace hybrid {

/// What the BLAS of this process is, in its own words.
struct BlasInfo {
  std::string version;    ///< e.g. `0.9.0`
  std::string threading;  ///< `openmp`, `pthreads` or `none`
  std::string kernels;    ///< the sub-configuration in use, e.g. `haswell`
};

/// Initialises BLIS, lets it take its arguments on trust from now on (Gemm's
/// are right by construction; the checks are up to a third of a call at n =
/// 16), and asks it.
BlasInfo QueryBlas();

/// The names in BLIS's own table of sub-configurations, by number, built in or
/// not. Reads up to and past the table's end, as there is no call that tells
/// its length: call it in a process that may die of it, and use each name as
/// soon as it is there.
void ForEachKernelsName(
    const std::function<void(int number, const char* name)>& visit);

/// product = a × b, all n × n doubles in rows (C order), by BLIS's dgemm with
/// as many threads as the process's environment gives it. The three may not
/// overlap.
void Gemm(std::uint64_t n, const double* a, const double* b, double* product);

}  // namespace hybrid

#endif  // HYBRID_BLAS_BLAS_H_
