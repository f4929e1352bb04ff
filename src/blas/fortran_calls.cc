#include "blas/fortran_calls.h"

#include <fmt/format.h>

#include <stdexcept>

namespace hybrid {
namespace {

constexpr std::size_t kOneCharacter = 1;

template <typename Real, typename Routine>
void Resolve(const RoutineResolver& resolver, const char* name,
             Routine& routine) {
  routine = reinterpret_cast<Routine>(
      resolver(fmt::format("{}{}", kLetter<Real>, name)));
}

template <typename Real, typename Routine>
Routine Present(Routine routine, const char* name) {
  if (routine == nullptr) {
    throw std::runtime_error(
        fmt::format("this BLAS has no {}{}", kLetter<Real>, name));
  }
  return routine;
}

/// Fortran takes integers by address: these live until the call's end.
template <typename Integer>
class ByAddress {
 public:
  explicit ByAddress(std::int64_t value)
      : value_(static_cast<Integer>(value)) {}
  const Integer* address() const { return &value_; }

 private:
  Integer value_;
};

}  // namespace

template <typename Integer, typename Real>
FortranRoutines<Integer, Real>::FortranRoutines(const RoutineResolver& resolver)
    : batched_gemm_(resolver) {
  Resolve<Real>(resolver, "gemm", gemm_);
  Resolve<Real>(resolver, "syrk", syrk_);
  Resolve<Real>(resolver, "potrf", potrf_);
  Resolve<Real>(resolver, "gesv", gesv_);
  Resolve<Real>(resolver, "gesdd", gesdd_);
  Resolve<Real>(resolver, "syevd", syevd_);
  Resolve<Real>(resolver, "gelsd", gelsd_);
}

template <typename Integer, typename Real>
void FortranRoutines<Integer, Real>::Gemm(
    char trans_a, char trans_b, std::int64_t m, std::int64_t n, std::int64_t k,
    Real alpha, const Real* a, std::int64_t lda, const Real* b,
    std::int64_t ldb, Real beta, Real* c, std::int64_t ldc) const {
  using Int = ByAddress<Integer>;
  Present<Real>(gemm_, "gemm")(
      &trans_a, &trans_b, Int(m).address(), Int(n).address(), Int(k).address(),
      &alpha, a, Int(lda).address(), b, Int(ldb).address(), &beta, c,
      Int(ldc).address(), kOneCharacter, kOneCharacter);
}

template <typename Integer, typename Real>
std::string_view FortranRoutines<Integer, Real>::batched_gemm(
    bool in_strides) const {
  const std::string_view name = batched_gemm_.name(in_strides);
  return name.empty() ? kGemmLoop : name;
}

template <typename Integer, typename Real>
void FortranRoutines<Integer, Real>::GemmBatch(
    char trans_a, char trans_b, std::int64_t m, std::int64_t n, std::int64_t k,
    Real alpha, std::span<const Real* const> a, std::int64_t lda,
    std::span<const Real* const> b, std::int64_t ldb, Real beta,
    std::span<Real* const> c, std::int64_t ldc) const {
  if (batched_gemm_.Run({trans_a, trans_b, m, n, k, alpha, lda, ldb, beta, ldc},
                        a, b, c)) {
    return;
  }
  Routines<Real>::GemmBatch(trans_a, trans_b, m, n, k, alpha, a, lda, b, ldb,
                            beta, c, ldc);
}

template <typename Integer, typename Real>
void FortranRoutines<Integer, Real>::Syrk(char uplo, char trans, std::int64_t n,
                                          std::int64_t k, Real alpha,
                                          const Real* a, std::int64_t lda,
                                          Real beta, Real* c,
                                          std::int64_t ldc) const {
  using Int = ByAddress<Integer>;
  Present<Real>(syrk_, "syrk")(&uplo, &trans, Int(n).address(),
                               Int(k).address(), &alpha, a, Int(lda).address(),
                               &beta, c, Int(ldc).address(), kOneCharacter,
                               kOneCharacter);
}

template <typename Integer, typename Real>
std::int64_t FortranRoutines<Integer, Real>::Potrf(char uplo, std::int64_t n,
                                                   Real* a,
                                                   std::int64_t lda) const {
  using Int = ByAddress<Integer>;
  Integer info = 0;
  Present<Real>(potrf_, "potrf")(&uplo, Int(n).address(), a, Int(lda).address(),
                                 &info, kOneCharacter);
  return info;
}

template <typename Integer, typename Real>
std::int64_t FortranRoutines<Integer, Real>::Gesv(std::int64_t n,
                                                  std::int64_t nrhs, Real* a,
                                                  std::int64_t lda,
                                                  void* pivots, Real* b,
                                                  std::int64_t ldb) const {
  using Int = ByAddress<Integer>;
  Integer info = 0;
  Present<Real>(gesv_, "gesv")(
      Int(n).address(), Int(nrhs).address(), a, Int(lda).address(),
      static_cast<Integer*>(pivots), b, Int(ldb).address(), &info);
  return info;
}

template <typename Integer, typename Real>
std::int64_t FortranRoutines<Integer, Real>::Gesdd(
    char jobz, std::int64_t m, std::int64_t n, Real* a, std::int64_t lda,
    Real* s, Real* u, std::int64_t ldu, Real* vt, std::int64_t ldvt, Real* work,
    std::int64_t lwork, void* iwork) const {
  using Int = ByAddress<Integer>;
  Integer info = 0;
  Present<Real>(gesdd_, "gesdd")(
      &jobz, Int(m).address(), Int(n).address(), a, Int(lda).address(), s, u,
      Int(ldu).address(), vt, Int(ldvt).address(), work, Int(lwork).address(),
      static_cast<Integer*>(iwork), &info, kOneCharacter);
  return info;
}

template <typename Integer, typename Real>
std::int64_t FortranRoutines<Integer, Real>::Syevd(
    char jobz, char uplo, std::int64_t n, Real* a, std::int64_t lda, Real* w,
    Real* work, std::int64_t lwork, void* iwork, std::int64_t liwork) const {
  using Int = ByAddress<Integer>;
  Integer info = 0;
  Present<Real>(syevd_, "syevd")(
      &jobz, &uplo, Int(n).address(), a, Int(lda).address(), w, work,
      Int(lwork).address(), static_cast<Integer*>(iwork), Int(liwork).address(),
      &info, kOneCharacter, kOneCharacter);
  return info;
}

template <typename Integer, typename Real>
std::int64_t FortranRoutines<Integer, Real>::Gelsd(
    std::int64_t m, std::int64_t n, std::int64_t nrhs, Real* a,
    std::int64_t lda, Real* b, std::int64_t ldb, Real* s, Real rcond,
    Real* work, std::int64_t lwork, void* iwork) const {
  using Int = ByAddress<Integer>;
  Integer rank = 0;
  Integer info = 0;
  Present<Real>(gelsd_, "gelsd")(
      Int(m).address(), Int(n).address(), Int(nrhs).address(), a,
      Int(lda).address(), b, Int(ldb).address(), s, &rcond, &rank, work,
      Int(lwork).address(), static_cast<Integer*>(iwork), &info);
  return info;
}

template class FortranRoutines<std::int32_t, double>;
template class FortranRoutines<std::int32_t, float>;
template class FortranRoutines<std::int64_t, double>;
template class FortranRoutines<std::int64_t, float>;

}  // namespace hybrid
