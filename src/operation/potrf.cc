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
void MakePositiveDefinite(std::uint64_t n, double* matrix) {
  Symmetrize(n, matrix);
  for (std::uint64_t i = 0; i < n; ++i) {
    matrix[i * n + i] += static_cast<double>(n);
  }
}

constexpr Operation::Operand kOperands[] = {
    {SquareMatrix, MakePositiveDefinite}};

/// Blackford & Dongarra, Installation Guide for LAPACK (LAPACK Working Note
/// 41), table of operation counts of LAPACK.
double Flops(std::uint64_t n) {
  const auto order = static_cast<double>(n);
  return order * order * order / 3 + order * order / 2 + order / 6;
}

void Call(const BlasCalls& blas, std::uint64_t n,
          const Operation::CallData& data) {
  const auto order = static_cast<std::int64_t>(n);
  ExpectSuccess("dpotrf", blas.Potrf('L', order, data.product, order));
}

/// ‖L·Lᵀ − A‖ / (n ‖A‖ eps), LAPACK's dpot01.
Verification Check(std::uint64_t n, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const Columns a{n, n, operands[0]};
  const Columns factor{n, n, product};
  Verification result;
  CompareProducts(
      n, seed,
      kLinearThreshold * static_cast<double>(n) * InfinityNorm(a) * kEps,
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
    .call = Call,
    .check = Check};

}  // namespace hybrid
