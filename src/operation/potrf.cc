#include <cstdint>
#include <span>
#include <vector>

#include "operation/columns.h"
#include "operation/lapack_call.h"
#include "operation/lapack_check.h"
#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

/// Symmetric with elements of [0, 1), and n more on the diagonal: then each
/// element there is larger than the sum of the others in its row, which makes
/// the matrix positive definite.
template <typename Real>
void MakePositiveDefinite(std::uint64_t n, Real* matrix) {
  Symmetrize(n, matrix);
  for (std::uint64_t i = 0; i < n; ++i) {
    matrix[i * n + i] += static_cast<Real>(n);
  }
}

constexpr Operation::Operand kOperands[] = {
    {SquareMatrix,
     {MakePositiveDefinite<double>, MakePositiveDefinite<float>}}};

/// Blackford & Dongarra, Installation Guide for LAPACK (LAPACK Working Note
/// 41), table of operation counts of LAPACK.
double Flops(const Shape& shape) {
  const auto order = static_cast<double>(shape.n);
  return order * order * order / 3 + order * order / 2 + order / 6;
}

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  const auto order = static_cast<std::int64_t>(shape.n);
  ExpectSuccess<Real>("potrf", blas.Potrf('L', order, data.product, order));
}

/// ‖L·Lᵀ − A‖ / (n ‖A‖ eps), LAPACK's dpot01.
Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const std::uint64_t n = shape.n;
  const Columns a{n, n, operands[0]};
  const Columns factor{n, n, product};
  Verification result;
  CompareProducts(
      n, seed,
      kLinearThreshold * static_cast<double>(n) * InfinityNorm(a) *
          Eps(shape.precision),
      [&](std::span<const double> signs) {
        return LowerTimes(factor, LowerTransposedTimes(factor, signs));
      },
      [&](std::span<const double> signs) { return Times(a, signs); }, result);
  return result;
}

}  // namespace

/// The Cholesky factor of a positive definite matrix; the upper triangle stays
/// the operand's.
const Operation operations::kPotrf{
    .name = "potrf",
    .help = "Cholesky factor of a positive definite matrix",
    .operands = kOperands,
    .product = SquareMatrix,
    .written = Triangle,
    .flops = Flops,
    .flops_formula = "n³/3 + n²/2 + n/6",
    .flops_source = "LAPACK Working Note 41",
    .lapack = "potrf",
    .destroys = true,
    .in_place = true,
    .largest_count = SquareMatrix,
    .call = {Call<double>, Call<float>},
    .check = Check};

}  // namespace hybrid
