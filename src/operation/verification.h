#ifndef HYBRID_OPERATION_VERIFICATION_H_
#define HYBRID_OPERATION_VERIFICATION_H_

#include <cstdint>

namespace hybrid {

/// How far a product is from what its operands give.
struct Verification {
  /// The largest residual divided by its tolerance; at most 1 for a right
  /// product, NaN where the product holds one.
  double worst_ratio = 0;
  std::uint64_t worst_row = 0;

  bool ok() const { return worst_ratio <= 1; }
};

/// Freivalds' check (Probabilistic machines can use less running time, 1977)
/// that product = a × b, n × n in rows: compares product·r with a·(b·r) for
/// random r of ±1, in O(n²). Any single wrong element shows for certain; other
/// patterns of error are missed with probability at most 1/4.
///
/// The tolerance of each row is the rounding error bound of gemm and of the
/// check itself, 4 γ_n |a|·(|b|·1) with γ_n = n·u / (1 − n·u) (Higham, Accuracy
/// and Stability of Numerical Algorithms, 2nd ed., 3.5), which holds for every
/// order of summation. On [0, 1) operands it tells a relative error of 1e-6 in
/// one element up to n ≈ 45 000.
Verification VerifyProduct(std::uint64_t n, const double* a, const double* b,
                           const double* product, std::uint64_t seed);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_VERIFICATION_H_
