#include "blas/typed_blis_calls.h"

#include <blis.h>
#include <fmt/format.h>

#include <stdexcept>

namespace hybrid {
namespace {

trans_t TransposeOf(char trans) {
  return trans == 'N' ? BLIS_NO_TRANSPOSE : BLIS_TRANSPOSE;
}

[[noreturn]] void ThrowNoLapack(const char* routine) {
  throw std::runtime_error(
      fmt::format("BLIS's typed interface has no {}", routine));
}

}  // namespace

TypedBlisCalls::TypedBlisCalls(
    const std::function<void*(const std::string& symbol)>& resolver)
    : gemm_(resolver("bli_dgemm")), syrk_(resolver("bli_dsyrk")) {
  if (gemm_ == nullptr || syrk_ == nullptr) {
    throw std::runtime_error("this BLAS has no typed interface (bli_dgemm)");
  }
}

bool TypedBlisCalls::has(const std::string& routine) const {
  return routine == "dgemm" || routine == "dsyrk";
}

// BLIS takes its inputs by non-const pointer but only reads them.

void TypedBlisCalls::Gemm(char trans_a, char trans_b, std::int64_t m,
                          std::int64_t n, std::int64_t k, double alpha,
                          const double* a, std::int64_t lda, const double* b,
                          std::int64_t ldb, double beta, double* c,
                          std::int64_t ldc) const {
  reinterpret_cast<decltype(&bli_dgemm)>(gemm_)(
      TransposeOf(trans_a), TransposeOf(trans_b), m, n, k, &alpha,
      const_cast<double*>(a), 1, lda, const_cast<double*>(b), 1, ldb, &beta, c,
      1, ldc);
}

void TypedBlisCalls::Syrk(char uplo, char trans, std::int64_t n, std::int64_t k,
                          double alpha, const double* a, std::int64_t lda,
                          double beta, double* c, std::int64_t ldc) const {
  reinterpret_cast<decltype(&bli_dsyrk)>(syrk_)(
      uplo == 'U' ? BLIS_UPPER : BLIS_LOWER, TransposeOf(trans), n, k, &alpha,
      const_cast<double*>(a), 1, lda, &beta, c, 1, ldc);
}

std::int64_t TypedBlisCalls::Potrf(char, std::int64_t, double*,
                                   std::int64_t) const {
  ThrowNoLapack("dpotrf");
}

std::int64_t TypedBlisCalls::Gesv(std::int64_t, std::int64_t, double*,
                                  std::int64_t, void*, double*,
                                  std::int64_t) const {
  ThrowNoLapack("dgesv");
}

std::int64_t TypedBlisCalls::Gesdd(char, std::int64_t, std::int64_t, double*,
                                   std::int64_t, double*, double*, std::int64_t,
                                   double*, std::int64_t, double*, std::int64_t,
                                   void*) const {
  ThrowNoLapack("dgesdd");
}

std::int64_t TypedBlisCalls::Syevd(char, char, std::int64_t, double*,
                                   std::int64_t, double*, double*, std::int64_t,
                                   void*, std::int64_t) const {
  ThrowNoLapack("dsyevd");
}

std::int64_t TypedBlisCalls::Gelsd(std::int64_t, std::int64_t, std::int64_t,
                                   double*, std::int64_t, double*, std::int64_t,
                                   double*, double, double*, std::int64_t,
                                   void*) const {
  ThrowNoLapack("dgelsd");
}

}  // namespace hybrid
