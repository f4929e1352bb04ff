#ifndef HYBRID_BLAS_TYPED_BLIS_CALLS_H_
#define HYBRID_BLAS_TYPED_BLIS_CALLS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "blas/blas_calls.h"

namespace hybrid {

/// Finds a symbol of BLIS's, "bli_dgemm" for example.
using SymbolResolver = std::function<void*(const std::string& symbol)>;

/// The routines for numbers that are `Real` through BLIS's typed interface.
template <typename Real>
class TypedBlisRoutines : public Routines<Real> {
 public:
  explicit TypedBlisRoutines(const SymbolResolver& resolver);

  void Gemm(char trans_a, char trans_b, std::int64_t m, std::int64_t n,
            std::int64_t k, Real alpha, const Real* a, std::int64_t lda,
            const Real* b, std::int64_t ldb, Real beta, Real* c,
            std::int64_t ldc) const override;
  void Syrk(char uplo, char trans, std::int64_t n, std::int64_t k, Real alpha,
            const Real* a, std::int64_t lda, Real beta, Real* c,
            std::int64_t ldc) const override;
  std::int64_t Potrf(char uplo, std::int64_t n, Real* a,
                     std::int64_t lda) const override;
  std::int64_t Gesv(std::int64_t n, std::int64_t nrhs, Real* a,
                    std::int64_t lda, void* pivots, Real* b,
                    std::int64_t ldb) const override;
  std::int64_t Gesdd(char jobz, std::int64_t m, std::int64_t n, Real* a,
                     std::int64_t lda, Real* s, Real* u, std::int64_t ldu,
                     Real* vt, std::int64_t ldvt, Real* work,
                     std::int64_t lwork, void* iwork) const override;
  std::int64_t Syevd(char jobz, char uplo, std::int64_t n, Real* a,
                     std::int64_t lda, Real* w, Real* work, std::int64_t lwork,
                     void* iwork, std::int64_t liwork) const override;
  std::int64_t Gelsd(std::int64_t m, std::int64_t n, std::int64_t nrhs, Real* a,
                     std::int64_t lda, Real* b, std::int64_t ldb, Real* s,
                     Real rcond, Real* work, std::int64_t lwork,
                     void* iwork) const override;

 private:
  // Their types are in blis.h, which this header does without.
  void* gemm_;
  void* syrk_;
};

/// The calls through BLIS's typed interface, which, told not to check its
/// arguments, is a third faster at n = 16 than the `dgemm_` that other programs
/// call. There is no LAPACK in it: those routines throw std::runtime_error.
class TypedBlisCalls : public BlasCalls {
 public:
  explicit TypedBlisCalls(const SymbolResolver& resolver)
      : doubles_(resolver), floats_(resolver) {}

  bool has(const std::string& routine) const override;
  const Routines<double>& doubles() const override { return doubles_; }
  const Routines<float>& floats() const override { return floats_; }

 private:
  TypedBlisRoutines<double> doubles_;
  TypedBlisRoutines<float> floats_;
};

extern template class TypedBlisRoutines<double>;
extern template class TypedBlisRoutines<float>;

}  // namespace hybrid

#endif  // HYBRID_BLAS_TYPED_BLIS_CALLS_H_
