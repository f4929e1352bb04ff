#ifndef HYBRID_BLAS_FORTRAN_CALLS_H_
#define HYBRID_BLAS_FORTRAN_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "blas/batched_gemm.h"
#include "blas/blas_calls.h"
#include "blas/routine_resolver.h"

namespace hybrid {

/// The routines for numbers that are `Real` through the Fortran entry points of
/// any library whose integers are `Integer`.
template <typename Integer, typename Real>
class FortranRoutines : public Routines<Real> {
 public:
  explicit FortranRoutines(const RoutineResolver& resolver);

  void Gemm(char trans_a, char trans_b, std::int64_t m, std::int64_t n,
            std::int64_t k, Real alpha, const Real* a, std::int64_t lda,
            const Real* b, std::int64_t ldb, Real beta, Real* c,
            std::int64_t ldc) const override;
  std::string_view batched_gemm(bool in_strides) const override;
  void GemmBatch(char trans_a, char trans_b, std::int64_t m, std::int64_t n,
                 std::int64_t k, Real alpha, std::span<const Real* const> a,
                 std::int64_t lda, std::span<const Real* const> b,
                 std::int64_t ldb, Real beta, std::span<Real* const> c,
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
  // Each CHARACTER argument has a hidden length at the end.
  using Length = std::size_t;
  using GemmRoutine = void (*)(const char*, const char*, const Integer*,
                               const Integer*, const Integer*, const Real*,
                               const Real*, const Integer*, const Real*,
                               const Integer*, const Real*, Real*,
                               const Integer*, Length, Length);
  using SyrkRoutine = void (*)(const char*, const char*, const Integer*,
                               const Integer*, const Real*, const Real*,
                               const Integer*, const Real*, Real*,
                               const Integer*, Length, Length);
  using PotrfRoutine = void (*)(const char*, const Integer*, Real*,
                                const Integer*, Integer*, Length);
  using GesvRoutine = void (*)(const Integer*, const Integer*, Real*,
                               const Integer*, Integer*, Real*, const Integer*,
                               Integer*);
  using GesddRoutine = void (*)(const char*, const Integer*, const Integer*,
                                Real*, const Integer*, Real*, Real*,
                                const Integer*, Real*, const Integer*, Real*,
                                const Integer*, Integer*, Integer*, Length);
  using SyevdRoutine = void (*)(const char*, const char*, const Integer*, Real*,
                                const Integer*, Real*, Real*, const Integer*,
                                Integer*, const Integer*, Integer*, Length,
                                Length);
  using GelsdRoutine = void (*)(const Integer*, const Integer*, const Integer*,
                                Real*, const Integer*, Real*, const Integer*,
                                Real*, const Real*, Integer*, Real*,
                                const Integer*, Integer*, Integer*);

  GemmRoutine gemm_;
  BatchedGemm<Integer, Real> batched_gemm_;
  SyrkRoutine syrk_;
  PotrfRoutine potrf_;
  GesvRoutine gesv_;
  GesddRoutine gesdd_;
  SyevdRoutine syevd_;
  GelsdRoutine gelsd_;
};

/// The calls through the Fortran entry points of any library whose integers
/// are `Integer`: std::int32_t (LP64) or std::int64_t (ILP64).
template <typename Integer>
class FortranCalls : public BlasCalls {
 public:
  explicit FortranCalls(RoutineResolver resolver)
      : resolver_(std::move(resolver)),
        doubles_(resolver_),
        floats_(resolver_) {}

  bool has(const std::string& routine) const override {
    return resolver_(routine) != nullptr;
  }
  const Routines<double>& doubles() const override { return doubles_; }
  const Routines<float>& floats() const override { return floats_; }

 private:
  RoutineResolver resolver_;
  FortranRoutines<Integer, double> doubles_;
  FortranRoutines<Integer, float> floats_;
};

extern template class FortranRoutines<std::int32_t, double>;
extern template class FortranRoutines<std::int32_t, float>;
extern template class FortranRoutines<std::int64_t, double>;
extern template class FortranRoutines<std::int64_t, float>;

}  // namespace hybrid

#endif  // HYBRID_BLAS_FORTRAN_CALLS_H_
