#ifndef HYBRID_OPERATION_VERIFICATION_H_
#define HYBRID_OPERATION_VERIFICATION_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "key/precision.h"

namespace hybrid {

/// How far a product is from what its operands give.
struct Verification {
  /// The largest residual divided by its tolerance; at most 1 for a right
  /// product, NaN where the product holds one.
  double worst_ratio = 0;
  std::uint64_t worst_row = 0;

  bool ok() const { return worst_ratio <= 1; }

  /// Takes into account that `row` is off by `residual` ≥ 0. Where nothing is
  /// tolerated it must be 0; nothing is worse than NaN.
  void Note(std::uint64_t row, double residual, double tolerance);
};

/// The unit of rounding of these numbers, u.
double UnitRoundoff(Precision precision);

/// Vector number `round` of ±1 that `seed` decides.
std::vector<double> RandomSigns(std::uint64_t n, std::uint64_t seed, int round);

/// A vector of sums and, beside each, the sum of its terms' absolute values,
/// which bounds its rounding error.
struct Sums {
  std::vector<double> values;
  std::vector<double> sizes;
};

/// matrix · x, and as its sizes |matrix| · x.sizes; the matrix lies in rows, as
/// long as x.
Sums Multiply(std::uint64_t rows, const double* matrix, const Sums& x);

/// matrixᵀ · x, and as its sizes |matrixᵀ| · x.sizes; the matrix lies in rows,
/// as many as x has elements.
Sums MultiplyTransposed(std::uint64_t columns, const double* matrix,
                        const Sums& x);

/// What must agree: product·r as the product gives it, and as the operands do.
struct BothSides {
  Sums product;
  Sums operands;
};

/// How many terms are summed one after the other.
struct SummedTerms {
  std::uint64_t product;  ///< on the way to an element of the product
  std::uint64_t check;    ///< on the ways to product·r and what it must be
};

/// Freivalds' check (Probabilistic machines can use less running time, 1977)
/// of a product of matrices with n columns: compares `both_sides`(r) for random
/// r of ±1 instead of multiplying again, in O(n²). Any single wrong element
/// shows for certain; other patterns of error are missed with probability at
/// most 1/4.
///
/// The tolerance of each row is the rounding error bound of the product and of
/// the check itself, (γ_p + γ_c) |a|·(|b|·1) with γ_k = k·u / (1 − k·u)
/// (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 3.5),
/// which holds for every order of summation. The check is done in double
/// whatever the product's `precision`: p = n terms of product are counted with
/// that one's u, c with double's, n each for product·r, for b·r and for
/// a·(b·r). On [0, 1) operands of order n it tells a relative error of n²·u in
/// one element, of 1e-6 up to n ≈ 45 000 in double precision, of 1 % up to n ≈
/// 400 in single.
Verification FreivaldsCheck(
    std::uint64_t n, const SummedTerms& terms, Precision precision,
    std::uint64_t seed,
    const std::function<BothSides(const Sums& signs)>& both_sides);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_VERIFICATION_H_
