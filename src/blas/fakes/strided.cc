// Has the batched call in strides, and so may have no other.

#include <cstdint>

#include "blas/fakes/fake.h"

extern "C" void dgemm_(const char* trans_a, const char* trans_b,
                       const std::int32_t* m, const std::int32_t* n,
                       const std::int32_t* k, const double* alpha,
                       const double* a, const std::int32_t* lda,
                       const double* b, const std::int32_t* ldb,
                       const double* beta, double* c, const std::int32_t* ldc);

FAKE_EXPORT void cblas_dgemm_batch_strided(
    int order, int trans_a, int trans_b, std::int32_t m, std::int32_t n,
    std::int32_t k, double alpha, const double* a, std::int32_t lda,
    std::int32_t stride_a, const double* b, std::int32_t ldb,
    std::int32_t stride_b, double beta, double* c, std::int32_t ldc,
    std::int32_t stride_c, std::int32_t count) {
  constexpr int kColumnMajor = 102;
  if (order != kColumnMajor) return;
  const auto letter = [](int trans) { return trans == 111 ? 'N' : 'T'; };
  const char letter_a = letter(trans_a);
  const char letter_b = letter(trans_b);
  for (std::int32_t i = 0; i < count; ++i) {
    dgemm_(&letter_a, &letter_b, &m, &n, &k, &alpha, a + i * stride_a, &lda,
           b + i * stride_b, &ldb, &beta, c + i * stride_c, &ldc);
  }
  if (count > 0) fake::EndBatch(c);
}
