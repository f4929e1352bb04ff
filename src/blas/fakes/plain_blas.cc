// The BLAS of the fake libraries: slow, right, and of one thread. How its names
// are spelt and how wide its integers are, fake_blas.cmake says.

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "blas/fakes/fake.h"

#define FAKE_PASTE(prefix, routine, suffix) prefix##routine##suffix
#define FAKE_EXPAND(prefix, routine, suffix) FAKE_PASTE(prefix, routine, suffix)
#define FAKE_NAME(routine) FAKE_EXPAND(FAKE_PREFIX, routine, FAKE_SUFFIX)

namespace {

using Integer = FAKE_INTEGER;

/// A matrix by columns, or its transpose.
template <typename Real>
struct Matrix {
  const Real* elements;
  Integer leading;
  bool is_transposed;

  Real operator()(Integer i, Integer j) const {
    return is_transposed ? elements[j + i * leading]
                         : elements[i + j * leading];
  }
};

bool IsTransposed(char trans) { return trans != 'N' && trans != 'n'; }

template <typename Real>
void Gemm(Integer m, Integer n, Integer k, Real alpha, Matrix<Real> a,
          Matrix<Real> b, Real beta, Real* c, Integer ldc) {
  for (Integer j = 0; j < n; ++j) {
    for (Integer i = 0; i < m; ++i) {
      Real sum = 0;
      for (Integer l = 0; l < k; ++l) sum += a(i, l) * b(l, j);
      Real& element = c[i + j * ldc];
      element = alpha * sum + (beta == 0 ? 0 : beta * element);
    }
  }
}

}  // namespace

FAKE_EXPORT void FAKE_NAME(dgemm)(const char* trans_a, const char* trans_b,
                                  const Integer* m, const Integer* n,
                                  const Integer* k, const double* alpha,
                                  const double* a, const Integer* lda,
                                  const double* b, const Integer* ldb,
                                  const double* beta, double* c,
                                  const Integer* ldc) {
  fake::RunGemm(
      [&](double* target) {
        Gemm(*m, *n, *k, *alpha, {a, *lda, IsTransposed(*trans_a)},
             {b, *ldb, IsTransposed(*trans_b)}, *beta, target, *ldc);
      },
      c, static_cast<std::size_t>(*ldc * *n));
}

FAKE_EXPORT void FAKE_NAME(sgemm)(const char* trans_a, const char* trans_b,
                                  const Integer* m, const Integer* n,
                                  const Integer* k, const float* alpha,
                                  const float* a, const Integer* lda,
                                  const float* b, const Integer* ldb,
                                  const float* beta, float* c,
                                  const Integer* ldc) {
  Gemm(*m, *n, *k, *alpha, {a, *lda, IsTransposed(*trans_a)},
       {b, *ldb, IsTransposed(*trans_b)}, *beta, c, *ldc);
}

/// By which the width of integers can be told: 0 where there are none.
FAKE_EXPORT Integer FAKE_NAME(isamax)(const Integer* n, const float* x,
                                      const Integer* increment) {
  if (*n < 1 || *increment < 1) return 0;
  Integer largest = 0;
  for (Integer i = 1; i < *n; ++i) {
    if (std::abs(x[i * *increment]) > std::abs(x[largest * *increment])) {
      largest = i;
    }
  }
  return largest + 1;
}
