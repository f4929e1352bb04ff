#include "blas/fortran_calls.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace hybrid {
namespace {

constexpr std::size_t kOneCharacter = 1;

template <typename Routine>
Routine Resolve(const RoutineResolver& resolver, const char* name) {
  return reinterpret_cast<Routine>(resolver(name));
}

template <typename Routine>
Routine Present(Routine routine, const char* name) {
  if (routine == nullptr) {
    throw std::runtime_error(fmt::format("this BLAS has no {}", name));
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

template <typename Integer>
FortranCalls<Integer>::FortranCalls(RoutineResolver resolver)
    : resolver_(std::move(resolver)),
      gemm_(Resolve<GemmRoutine>(resolver_, "dgemm")),
      batched_gemm_(resolver_),
      syrk_(Resolve<SyrkRoutine>(resolver_, "dsyrk")),
      potrf_(Resolve<PotrfRoutine>(resolver_, "dpotrf")),
      gesv_(Resolve<GesvRoutine>(resolver_, "dgesv")),
      gesdd_(Resolve<GesddRoutine>(resolver_, "dgesdd")),
      syevd_(Resolve<SyevdRoutine>(resolver_, "dsyevd")),
      gelsd_(Resolve<GelsdRoutine>(resolver_, "dgelsd")) {}

template <typename Integer>
bool FortranCalls<Integer>::has(const std::string& routine) const {
  return resolver_(routine) != nullptr;
}

template <typename Integer>
void FortranCalls<Integer>::Gemm(char trans_a, char trans_b, std::int64_t m,
                                 std::int64_t n, std::int64_t k, double alpha,
                                 const double* a, std::int64_t lda,
                                 const double* b, std::int64_t ldb, double beta,
                                 double* c, std::int64_t ldc) const {
  using Int = ByAddress<Integer>;
  Present(gemm_, "dgemm")(&trans_a, &trans_b, Int(m).address(),
                          Int(n).address(), Int(k).address(), &alpha, a,
                          Int(lda).address(), b, Int(ldb).address(), &beta, c,
                          Int(ldc).address(), kOneCharacter, kOneCharacter);
}

template <typename Integer>
std::string_view FortranCalls<Integer>::batched_gemm(bool in_strides) const {
  const std::string_view name = batched_gemm_.name(in_strides);
  return name.empty() ? kGemmLoop : name;
}

template <typename Integer>
void FortranCalls<Integer>::GemmBatch(
    char trans_a, char trans_b, std::int64_t m, std::int64_t n, std::int64_t k,
    double alpha, std::span<const double* const> a, std::int64_t lda,
    std::span<const double* const> b, std::int64_t ldb, double beta,
    std::span<double* const> c, std::int64_t ldc) const {
  if (batched_gemm_.Run({trans_a, trans_b, m, n, k, alpha, lda, ldb, beta, ldc},
                        a, b, c)) {
    return;
  }
  BlasCalls::GemmBatch(trans_a, trans_b, m, n, k, alpha, a, lda, b, ldb, beta,
                       c, ldc);
}

template <typename Integer>
void FortranCalls<Integer>::Syrk(char uplo, char trans, std::int64_t n,
                                 std::int64_t k, double alpha, const double* a,
                                 std::int64_t lda, double beta, double* c,
                                 std::int64_t ldc) const {
  using Int = ByAddress<Integer>;
  Present(syrk_, "dsyrk")(&uplo, &trans, Int(n).address(), Int(k).address(),
                          &alpha, a, Int(lda).address(), &beta, c,
                          Int(ldc).address(), kOneCharacter, kOneCharacter);
}

template <typename Integer>
std::int64_t FortranCalls<Integer>::Potrf(char uplo, std::int64_t n, double* a,
                                          std::int64_t lda) const {
  using Int = ByAddress<Integer>;
  Integer info = 0;
  Present(potrf_, "dpotrf")(&uplo, Int(n).address(), a, Int(lda).address(),
                            &info, kOneCharacter);
  return info;
}

template <typename Integer>
std::int64_t FortranCalls<Integer>::Gesv(std::int64_t n, std::int64_t nrhs,
                                         double* a, std::int64_t lda,
                                         void* pivots, double* b,
                                         std::int64_t ldb) const {
  using Int = ByAddress<Integer>;
  Integer info = 0;
  Present(gesv_, "dgesv")(Int(n).address(), Int(nrhs).address(), a,
                          Int(lda).address(), static_cast<Integer*>(pivots), b,
                          Int(ldb).address(), &info);
  return info;
}

template <typename Integer>
std::int64_t FortranCalls<Integer>::Gesdd(
    char jobz, std::int64_t m, std::int64_t n, double* a, std::int64_t lda,
    double* s, double* u, std::int64_t ldu, double* vt, std::int64_t ldvt,
    double* work, std::int64_t lwork, void* iwork) const {
  using Int = ByAddress<Integer>;
  Integer info = 0;
  Present(gesdd_, "dgesdd")(&jobz, Int(m).address(), Int(n).address(), a,
                            Int(lda).address(), s, u, Int(ldu).address(), vt,
                            Int(ldvt).address(), work, Int(lwork).address(),
                            static_cast<Integer*>(iwork), &info, kOneCharacter);
  return info;
}

template <typename Integer>
std::int64_t FortranCalls<Integer>::Syevd(char jobz, char uplo, std::int64_t n,
                                          double* a, std::int64_t lda,
                                          double* w, double* work,
                                          std::int64_t lwork, void* iwork,
                                          std::int64_t liwork) const {
  using Int = ByAddress<Integer>;
  Integer info = 0;
  Present(syevd_, "dsyevd")(&jobz, &uplo, Int(n).address(), a,
                            Int(lda).address(), w, work, Int(lwork).address(),
                            static_cast<Integer*>(iwork), Int(liwork).address(),
                            &info, kOneCharacter, kOneCharacter);
  return info;
}

template <typename Integer>
std::int64_t FortranCalls<Integer>::Gelsd(
    std::int64_t m, std::int64_t n, std::int64_t nrhs, double* a,
    std::int64_t lda, double* b, std::int64_t ldb, double* s, double rcond,
    double* work, std::int64_t lwork, void* iwork) const {
  using Int = ByAddress<Integer>;
  Integer rank = 0;
  Integer info = 0;
  Present(gelsd_, "dgelsd")(
      Int(m).address(), Int(n).address(), Int(nrhs).address(), a,
      Int(lda).address(), b, Int(ldb).address(), s, &rcond, &rank, work,
      Int(lwork).address(), static_cast<Integer*>(iwork), &info);
  return info;
}

template class FortranCalls<std::int32_t>;
template class FortranCalls<std::int64_t>;

}  // namespace hybrid
