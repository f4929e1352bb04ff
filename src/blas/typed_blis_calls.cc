#include "blas/typed_blis_calls.h"

#include <blis.h>
#include <fmt/format.h>

#include <stdexcept>
#include <string>

namespace hybrid {
namespace {

trans_t TransposeOf(char trans) {
  return trans == 'N' ? BLIS_NO_TRANSPOSE : BLIS_TRANSPOSE;
}

template <typename Real>
[[noreturn]] void ThrowNoLapack(const char* routine) {
  throw std::runtime_error(fmt::format("BLIS's typed interface has no {}{}",
                                       kLetter<Real>, routine));
}

void* Symbol(const SymbolResolver& resolver, char letter, const char* name) {
  const std::string symbol = fmt::format("bli_{}{}", letter, name);
  if (void* const found = resolver(symbol)) return found;
  throw std::runtime_error(
      fmt::format("this BLAS has no typed interface ({})", symbol));
}

/// The types of BLIS's functions for these numbers.
template <typename Real>
struct Typed {
  using Gemm = decltype(&bli_dgemm);
  using Syrk = decltype(&bli_dsyrk);
};
template <>
struct Typed<float> {
  using Gemm = decltype(&bli_sgemm);
  using Syrk = decltype(&bli_ssyrk);
};

}  // namespace

bool TypedBlisCalls::has(const std::string& routine) const {
  return routine == "dgemm" || routine == "dsyrk" || routine == "sgemm" ||
         routine == "ssyrk";
}

template <typename Real>
TypedBlisRoutines<Real>::TypedBlisRoutines(const SymbolResolver& resolver)
    : gemm_(Symbol(resolver, kLetter<Real>, "gemm")),
      syrk_(Symbol(resolver, kLetter<Real>, "syrk")) {}

// BLIS takes its inputs by non-const pointer but only reads them.

template <typename Real>
void TypedBlisRoutines<Real>::Gemm(char trans_a, char trans_b, std::int64_t m,
                                   std::int64_t n, std::int64_t k, Real alpha,
                                   const Real* a, std::int64_t lda,
                                   const Real* b, std::int64_t ldb, Real beta,
                                   Real* c, std::int64_t ldc) const {
  reinterpret_cast<typename Typed<Real>::Gemm>(gemm_)(
      TransposeOf(trans_a), TransposeOf(trans_b), m, n, k, &alpha,
      const_cast<Real*>(a), 1, lda, const_cast<Real*>(b), 1, ldb, &beta, c, 1,
      ldc);
}

template <typename Real>
void TypedBlisRoutines<Real>::Syrk(char uplo, char trans, std::int64_t n,
                                   std::int64_t k, Real alpha, const Real* a,
                                   std::int64_t lda, Real beta, Real* c,
                                   std::int64_t ldc) const {
  reinterpret_cast<typename Typed<Real>::Syrk>(syrk_)(
      uplo == 'U' ? BLIS_UPPER : BLIS_LOWER, TransposeOf(trans), n, k, &alpha,
      const_cast<Real*>(a), 1, lda, &beta, c, 1, ldc);
}

template <typename Real>
std::int64_t TypedBlisRoutines<Real>::Potrf(char, std::int64_t, Real*,
                                            std::int64_t) const {
  ThrowNoLapack<Real>("potrf");
}

template <typename Real>
std::int64_t TypedBlisRoutines<Real>::Gesv(std::int64_t, std::int64_t, Real*,
                                           std::int64_t, void*, Real*,
                                           std::int64_t) const {
  ThrowNoLapack<Real>("gesv");
}

template <typename Real>
std::int64_t TypedBlisRoutines<Real>::Gesdd(char, std::int64_t, std::int64_t,
                                            Real*, std::int64_t, Real*, Real*,
                                            std::int64_t, Real*, std::int64_t,
                                            Real*, std::int64_t, void*) const {
  ThrowNoLapack<Real>("gesdd");
}

template <typename Real>
std::int64_t TypedBlisRoutines<Real>::Syevd(char, char, std::int64_t, Real*,
                                            std::int64_t, Real*, Real*,
                                            std::int64_t, void*,
                                            std::int64_t) const {
  ThrowNoLapack<Real>("syevd");
}

template <typename Real>
std::int64_t TypedBlisRoutines<Real>::Gelsd(std::int64_t, std::int64_t,
                                            std::int64_t, Real*, std::int64_t,
                                            Real*, std::int64_t, Real*, Real,
                                            Real*, std::int64_t, void*) const {
  ThrowNoLapack<Real>("gelsd");
}

template class TypedBlisRoutines<double>;
template class TypedBlisRoutines<float>;

}  // namespace hybrid
