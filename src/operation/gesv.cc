#include <algorithm>
#include <cmath>
#include <cstddef>
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

constexpr Operation::Operand kOperands[] = {{SquareMatrix}, {Vector}};

/// Factors and one right-hand side: Blackford & Dongarra, Installation Guide
/// for LAPACK (LAPACK Working Note 41), table of operation counts of LAPACK,
/// getrf and getrs.
double Flops(const Shape& shape) {
  const auto order = static_cast<double>(shape.n);
  return 2 * order * order * order / 3 - order * order / 2 + 5 * order / 6 +
         2 * order * order - order;
}

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  const auto order = static_cast<std::int64_t>(shape.n);
  Real* const b = data.operands[1];
  ExpectSuccess<Real>("gesv", blas.Gesv(order, 1, data.operands[0], order,
                                        data.integers, b, order));
  std::copy_n(b, shape.n, data.product);
}

double SumOfSizes(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += std::abs(value);
  return sum;
}

/// ‖b − A·x‖₁ / (‖A‖₁ ‖x‖₁ eps), LAPACK's dget02, which is in O(n²) as it is.
Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t) {
  const std::uint64_t n = shape.n;
  const Columns a{n, n, operands[0]};
  const std::span<const double> x(product, n);
  std::vector<double> residual = Times(a, x);
  std::size_t worst = 0;
  for (std::size_t i = 0; i < n; ++i) {
    residual[i] -= operands[1][i];
    if (!(std::abs(residual[i]) <= std::abs(residual[worst]))) worst = i;
  }
  Verification result;
  result.Note(
      worst, SumOfSizes(residual),
      kLinearThreshold * OneNorm(a) * SumOfSizes(x) * Eps(shape.precision));
  return result;
}

}  // namespace

/// The solution of n linear equations.
const Operation operations::kGesv{
    .name = "gesv",
    .help = "solution of n linear equations",
    .operands = kOperands,
    .product = Vector,
    .written = Vector,
    .flops = Flops,
    .flops_formula = "2n³/3 + 3n²/2 − n/6",
    .flops_source = "LAPACK Working Note 41, getrf and getrs",
    .lapack = "gesv",
    .destroys = true,
    .integers = Vector,  // the pivots
    .largest_count = SquareMatrix,
    .call = {Call<double>, Call<float>},
    .check = Check};

}  // namespace hybrid
