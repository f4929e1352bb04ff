#include "blas/batched_gemm.h"

#include <optional>

#include "blas/blas_calls.h"

namespace hybrid {
namespace {

// CBLAS's enumerations.
constexpr int kColumnMajor = 102;
constexpr int kNoTranspose = 111;
constexpr int kTranspose = 112;

int CblasTranspose(char trans) {
  return trans == 'N' ? kNoTranspose : kTranspose;
}

/// The distance between all neighbours, if it is one that no two overlap by.
template <typename Pointer>
std::optional<std::ptrdiff_t> StrideOf(std::span<const Pointer> matrices) {
  if (matrices.size() < 2) return 0;
  const std::ptrdiff_t stride = matrices[1] - matrices[0];
  for (std::size_t i = 1; i < matrices.size(); ++i) {
    if (matrices[i] - matrices[i - 1] != stride) return std::nullopt;
  }
  if (stride <= 0) return std::nullopt;
  return stride;
}

}  // namespace

template <typename Integer, typename Real>
BatchedGemm<Integer, Real>::BatchedGemm(const RoutineResolver& resolver)
    : arrays_(reinterpret_cast<ArraysRoutine>(resolver(kBatchedGemm<Real>))),
      strided_(reinterpret_cast<StridedRoutine>(resolver(kStridedGemm<Real>))) {
}

template <typename Integer, typename Real>
std::string_view BatchedGemm<Integer, Real>::name(bool in_strides) const {
  if (arrays_ != nullptr) return kBatchedGemm<Real>;
  return in_strides && strided_ != nullptr ? kStridedGemm<Real> : "";
}

template <typename Integer, typename Real>
bool BatchedGemm<Integer, Real>::Run(const Shape& shape, Inputs a, Inputs b,
                                     Outputs c) const {
  const auto integer = [](auto value) { return static_cast<Integer>(value); };
  const int trans_a = CblasTranspose(shape.trans_a);
  const int trans_b = CblasTranspose(shape.trans_b);
  const Integer m = integer(shape.m);
  const Integer n = integer(shape.n);
  const Integer k = integer(shape.k);
  const Integer lda = integer(shape.lda);
  const Integer ldb = integer(shape.ldb);
  const Integer ldc = integer(shape.ldc);
  const Integer count = integer(c.size());
  if (arrays_ != nullptr) {
    arrays_(kColumnMajor, &trans_a, &trans_b, &m, &n, &k, &shape.alpha,
            a.data(), &lda, b.data(), &ldb, &shape.beta, c.data(), &ldc, 1,
            &count);
    return true;
  }
  const auto stride_a = StrideOf(a);
  const auto stride_b = StrideOf(b);
  const auto stride_c = StrideOf(c);
  if (strided_ == nullptr || !stride_a || !stride_b || !stride_c) return false;
  strided_(kColumnMajor, trans_a, trans_b, m, n, k, shape.alpha, a[0], lda,
           integer(*stride_a), b[0], ldb, integer(*stride_b), shape.beta, c[0],
           ldc, integer(*stride_c), count);
  return true;
}

template class BatchedGemm<std::int32_t, double>;
template class BatchedGemm<std::int32_t, float>;
template class BatchedGemm<std::int64_t, double>;
template class BatchedGemm<std::int64_t, float>;

}  // namespace hybrid
