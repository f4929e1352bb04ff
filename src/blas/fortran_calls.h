#ifndef HYBRID_BLAS_FORTRAN_CALLS_H_
#define HYBRID_BLAS_FORTRAN_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "blas/batched_gemm.h"
#include "blas/blas_calls.h"
#include "blas/routine_resolver.h"

namespace hybrid {

/// The calls through the Fortran entry points of any library whose integers
/// are `Integer`: std::int32_t (LP64) or std::int64_t (ILP64).
template <typename Integer>
class FortranCalls : public BlasCalls {
 public:
  explicit FortranCalls(RoutineResolver resolver);

  bool has(const std::string& routine) const override;
  void Gemm(char trans_a, char trans_b, std::int64_t m, std::int64_t n,
            std::int64_t k, double alpha, const double* a, std::int64_t lda,
            const double* b, std::int64_t ldb, double beta, double* c,
            std::int64_t ldc) const override;
  std::string_view batched_gemm(bool in_strides) const override;
  void GemmBatch(char trans_a, char trans_b, std::int64_t m, std::int64_t n,
                 std::int64_t k, double alpha, std::span<const double* const> a,
                 std::int64_t lda, std::span<const double* const> b,
                 std::int64_t ldb, double beta, std::span<double* const> c,
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
  // Each CHARACTER argument has a hidden length at the end.
  using Length = std::size_t;
  using GemmRoutine = void (*)(const char*, const char*, const Integer*,
                               const Integer*, const Integer*, const double*,
                               const double*, const Integer*, const double*,
                               const Integer*, const double*, double*,
                               const Integer*, Length, Length);
  using SyrkRoutine = void (*)(const char*, const char*, const Integer*,
                               const Integer*, const double*, const double*,
                               const Integer*, const double*, double*,
                               const Integer*, Length, Length);
  using PotrfRoutine = void (*)(const char*, const Integer*, double*,
                                const Integer*, Integer*, Length);
  using GesvRoutine = void (*)(const Integer*, const Integer*, double*,
                               const Integer*, Integer*, double*,
                               const Integer*, Integer*);
  using GesddRoutine = void (*)(const char*, const Integer*, const Integer*,
                                double*, const Integer*, double*, double*,
                                const Integer*, double*, const Integer*,
                                double*, const Integer*, Integer*, Integer*,
                                Length);
  using SyevdRoutine = void (*)(const char*, const char*, const Integer*,
                                double*, const Integer*, double*, double*,
                                const Integer*, Integer*, const Integer*,
                                Integer*, Length, Length);
  using GelsdRoutine = void (*)(const Integer*, const Integer*, const Integer*,
                                double*, const Integer*, double*,
                                const Integer*, double*, const double*,
                                Integer*, double*, const Integer*, Integer*,
                                Integer*);

  RoutineResolver resolver_;
  GemmRoutine gemm_;
  BatchedGemm<Integer> batched_gemm_;
  SyrkRoutine syrk_;
  PotrfRoutine potrf_;
  GesvRoutine gesv_;
  GesddRoutine gesdd_;
  SyevdRoutine syevd_;
  GelsdRoutine gelsd_;
};

extern template class FortranCalls<std::int32_t>;
extern template class FortranCalls<std::int64_t>;

}  // namespace hybrid

#endif  // HYBRID_BLAS_FORTRAN_CALLS_H_
