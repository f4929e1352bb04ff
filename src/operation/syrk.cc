#include <cmath>
#include <vector>

#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr Operation::Operand kOperands[] = {{SquareMatrix}};

/// k·n(n+1) with k = n: Blackford & Dongarra, Installation Guide for LAPACK
/// (LAPACK Working Note 41), table of operation counts of the level 3 BLAS.
double Flops(std::uint64_t n) {
  const auto order = static_cast<double>(n);
  return order * order * (order + 1);
}

void Call(const BlasCalls& blas, std::uint64_t n,
          const Operation::CallData& data) {
  const auto order = static_cast<std::int64_t>(n);
  // The matrices lie in rows: to a BLAS, which sees columns, the upper triangle
  // is the lower one and a is transposed.
  blas.Syrk('L', 'T', order, order, 1, data.operands[0], order, 0, data.product,
            order);
}

/// The symmetric matrix whose upper triangle `upper` holds, times `x`.
Sums MultiplySymmetric(std::uint64_t n, const double* upper, const Sums& x) {
  Sums y{.values = std::vector<double>(n), .sizes = std::vector<double>(n)};
  for (std::uint64_t i = 0; i < n; ++i) {
    const double* row = upper + i * n;
    y.values[i] += row[i] * x.values[i];
    y.sizes[i] += std::abs(row[i]) * x.sizes[i];
    for (std::uint64_t j = i + 1; j < n; ++j) {
      y.values[i] += row[j] * x.values[j];
      y.sizes[i] += std::abs(row[j]) * x.sizes[j];
      y.values[j] += row[j] * x.values[i];
      y.sizes[j] += std::abs(row[j]) * x.sizes[i];
    }
  }
  return y;
}

/// The product's rows are sums of n terms, whichever triangle their elements
/// come from: FreivaldsCheck's tolerance holds with b = aᵀ.
Verification Check(std::uint64_t n, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const double* a = operands[0];
  return FreivaldsCheck(n, seed, [&](const Sums& signs) {
    return BothSides{
        .product = MultiplySymmetric(n, product, signs),
        .operands = Multiply(n, a, MultiplyTransposed(n, a, signs))};
  });
}

}  // namespace

/// The upper triangle of product = a × aᵀ; the rest of the product is neither
/// written nor checked.
const Operation operations::kSyrk{
    .name = "syrk",
    .help = "upper triangle of a matrix times its transpose",
    .operands = kOperands,
    .product = SquareMatrix,
    .written = Triangle,
    .flops = Flops,
    .flops_formula = "n³ + n²",
    .flops_source = "LAPACK Working Note 41",
    .call = Call,
    .check = Check};

}  // namespace hybrid
