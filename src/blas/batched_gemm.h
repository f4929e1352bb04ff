#ifndef HYBRID_BLAS_BATCHED_GEMM_H_
#define HYBRID_BLAS_BATCHED_GEMM_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "blas/routine_resolver.h"

namespace hybrid {

/// The call for many products of numbers that are `Real` of a library whose
/// integers are `Integer`, if it has one. There is none among Fortran's: of C's
/// the one with an array of addresses, and the one with equal distances.
template <typename Integer, typename Real>
class BatchedGemm {
 public:
  /// What all products have in common, as Fortran's dgemm has it.
  struct Shape {
    char trans_a;
    char trans_b;
    std::int64_t m, n, k;
    Real alpha;
    std::int64_t lda, ldb;
    Real beta;
    std::int64_t ldc;
  };
  using Inputs = std::span<const Real* const>;
  using Outputs = std::span<Real* const>;

  explicit BatchedGemm(const RoutineResolver& resolver);

  /// The name of what Run calls for matrices that lie `in_strides` or anywhere;
  /// empty: nothing.
  std::string_view name(bool in_strides) const;

  /// False if there is nothing to call for matrices that lie like this.
  bool Run(const Shape& shape, Inputs a, Inputs b, Outputs c) const;

 private:
  using ArraysRoutine = void (*)(int, const int*, const int*, const Integer*,
                                 const Integer*, const Integer*, const Real*,
                                 const Real* const*, const Integer*,
                                 const Real* const*, const Integer*,
                                 const Real*, Real* const*, const Integer*,
                                 Integer, const Integer*);
  using StridedRoutine = void (*)(int, int, int, Integer, Integer, Integer,
                                  Real, const Real*, Integer, Integer,
                                  const Real*, Integer, Integer, Real, Real*,
                                  Integer, Integer, Integer);

  ArraysRoutine arrays_;
  StridedRoutine strided_;
};

extern template class BatchedGemm<std::int32_t, double>;
extern template class BatchedGemm<std::int32_t, float>;
extern template class BatchedGemm<std::int64_t, double>;
extern template class BatchedGemm<std::int64_t, float>;

}  // namespace hybrid

#endif  // HYBRID_BLAS_BATCHED_GEMM_H_
