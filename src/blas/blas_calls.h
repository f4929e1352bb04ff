#ifndef HYBRID_BLAS_BLAS_CALLS_H_
#define HYBRID_BLAS_BLAS_CALLS_H_

#include <cstdint>

namespace hybrid {

/// The calls into a BLAS that operations are made of: whoever holds this table
/// needs no BLAS to link. All matrices are n × n doubles in rows (C order) that
/// do not overlap; a call takes as many threads as the process's environment
/// gives it, and takes its arguments on trust.
struct BlasCalls {
  /// product = a × b.
  void (*gemm)(std::uint64_t n, const double* a, const double* b,
               double* product);
  /// product = a × aᵀ, of which only the upper triangle is written: what
  /// numpy's `a @ a.T` calls.
  void (*syrk)(std::uint64_t n, const double* a, double* product);
};

}  // namespace hybrid

#endif  // HYBRID_BLAS_BLAS_CALLS_H_
