#ifndef HYBRID_BLAS_TYPED_BLIS_CALLS_H_
#define HYBRID_BLAS_TYPED_BLIS_CALLS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "blas/blas_calls.h"

namespace hybrid {

/// The calls through BLIS's typed interface, which, told not to check its
/// arguments, is a third faster at n = 16 than the `dgemm_` that other programs
/// call. There is no LAPACK in it: those routines throw std::runtime_error.
class TypedBlisCalls : public BlasCalls {
 public:
  /// `resolver` tells where a symbol of BLIS's lies, "bli_dgemm" for example.
  explicit TypedBlisCalls(
      const std::function<void*(const std::string& symbol)>& resolver);

  bool has(const std::string& routine) const override;
  void Gemm(char trans_a, char trans_b, std::int64_t m, std::int64_t n,
            std::int64_t k, double alpha, const double* a, std::int64_t lda,
            const double* b, std::int64_t ldb, double beta, double* c,
            std::int64_t ldc) const override;
  void Syrk(char uplo, char trans, std::int64_t n, std::int64_t k, double alpha,
            const double* a, std::int64_t lda, double beta, double* c,
            std::int64_t ldc) const override;
  std::int64_t Potrf(char uplo, std::int64_t n, double* a,
                     std::int64_t lda) const override;
  std::int64_t Gesv(std::int64_t n, std::int64_t nrhs, double* a,
                    std::int64_t lda, void* pivots, double* b,
                    std::int64_t ldb) const override;
  std::int64_t Gesdd(char jobz, std::int64_t m, std::int64_t n, double* a,
                     std::int64_t lda, double* s, double* u, std::int64_t ldu,
                     double* vt, std::int64_t ldvt, double* work,
                     std::int64_t lwork, void* iwork) const override;
  std::int64_t Syevd(char jobz, char uplo, std::int64_t n, double* a,
                     std::int64_t lda, double* w, double* work,
                     std::int64_t lwork, void* iwork,
                     std::int64_t liwork) const override;
  std::int64_t Gelsd(std::int64_t m, std::int64_t n, std::int64_t nrhs,
                     double* a, std::int64_t lda, double* b, std::int64_t ldb,
                     double* s, double rcond, double* work, std::int64_t lwork,
                     void* iwork) const override;

 private:
  // Their types are in blis.h, which this header does without.
  void* gemm_;
  void* syrk_;
};

}  // namespace hybrid

#endif  // HYBRID_BLAS_TYPED_BLIS_CALLS_H_
