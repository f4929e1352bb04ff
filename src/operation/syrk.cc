#include <cmath>
#include <vector>

#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr Operation::Operand kOperands[] = {{TallMatrix}};

/// k·n(n+1) with k = m: Blackford & Dongarra, Installation Guide for LAPACK
/// (LAPACK Working Note 41), table of operation counts of the level 3 BLAS.
double Flops(const Shape& shape) {
  const auto n = static_cast<double>(shape.n);
  return static_cast<double>(shape.m()) * n * (n + 1);
}

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  const auto m = static_cast<std::int64_t>(shape.m());
  const auto n = static_cast<std::int64_t>(shape.n);
  // The matrices lie in rows: to a BLAS, which sees columns, the upper triangle
  // is the lower one and a is transposed.
  blas.Syrk('L', 'T', n, m, 1, data.operands[0], m, 0, data.product, n);
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

/// The product's rows are sums of m terms, whichever triangle their elements
/// come from: FreivaldsCheck's tolerance holds with b = aᵀ.
Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const double* a = operands[0];
  const std::uint64_t m = shape.m();
  const std::uint64_t n = shape.n;
  const SummedTerms terms{.product = m, .check = 2 * n + m};
  return FreivaldsCheck(
      n, terms, shape.precision, seed, [&](const Sums& signs) {
        return BothSides{
            .product = MultiplySymmetric(n, product, signs),
            .operands = Multiply(n, a, MultiplyTransposed(m, a, signs))};
      });
}

}  // namespace

/// The upper triangle of product = a × aᵀ; the rest of the product is neither
/// written nor checked.
const Operation operations::kSyrk{
    .name = "syrk",
    .help = "upper triangle of an n × m matrix times its transpose",
    .operands = kOperands,
    .product = SquareMatrix,
    .written = Triangle,
    .flops = Flops,
    .flops_formula = "mn² + mn",
    .flops_source = "LAPACK Working Note 41",
    .usual_aspect = 1,
    .call = {Call<double>, Call<float>},
    .check = Check};

}  // namespace hybrid
