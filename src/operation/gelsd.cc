#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "operation/bidiagonal.h"
#include "operation/columns.h"
#include "operation/lapack_call.h"
#include "operation/lapack_check.h"
#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

std::uint64_t Rows(const Shape& shape) { return shape.m(); }

constexpr Operation::Operand kOperands[] = {{TallMatrix}, {Rows}};

/// The singular values, then the solution.
std::uint64_t Product(const Shape& shape) { return 2 * shape.n; }

/// Of the tree of dgelsd's divide and conquer, whatever its leaves' size.
std::uint64_t Levels(const Shape& shape) { return std::bit_width(shape.n); }

std::uint64_t Integers(const Shape& shape) {
  return (3 * Levels(shape) + 11) * shape.n;
}

/// What dgelsd's documentation demands, with leaves of 25 as everywhere.
std::uint64_t Work(const Shape& shape) {
  constexpr std::uint64_t kLeaf = 25;
  return (13 + 2 * kLeaf + 8 * Levels(shape)) * shape.n +
         (kLeaf + 1) * (kLeaf + 1);
}

/// And panels.
std::uint64_t Scratch(const Shape& shape) {
  return Work(shape) + 4 * Panel(shape.n);
}

/// Below it singular values are taken for 0. None are: the matrices have full
/// rank, though square ones may be near to a lesser one in float.
template <typename Real>
constexpr Real kSmallestRatio = std::numeric_limits<Real>::min();

template <typename Real>
std::uint64_t AskScratch(const Routines<Real>& blas, const Shape& shape) {
  const auto m = static_cast<std::int64_t>(shape.m());
  const auto n = static_cast<std::int64_t>(shape.n);
  Real work = 0;
  Real none = 0;
  std::int64_t no_integers = 0;
  ExpectSuccess<Real>(
      "gelsd", blas.Gelsd(m, n, 1, &none, m, &none, m, &none,
                          kSmallestRatio<Real>, &work, -1, &no_integers));
  return std::max(WorkNumbers(work), Work(shape));
}

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  const auto m = static_cast<std::int64_t>(shape.m());
  const auto n = static_cast<std::int64_t>(shape.n);
  Real* const b = data.operands[1];
  ExpectSuccess<Real>(
      "gelsd", blas.Gelsd(m, n, 1, data.operands[0], m, b, m, data.product,
                          kSmallestRatio<Real>, data.scratch.data(),
                          static_cast<std::int64_t>(data.scratch.size()),
                          data.integers));
  std::copy_n(b, shape.n, data.product + shape.n);
}

/// What is tolerated of b − A·x where A is square and so nothing need be left
/// of it: ‖b − A·x‖ / (‖A‖ ‖x‖ n eps), LAPACK's dqrt16.
double ToleratedResidual(const Columns& a, std::span<const double> x,
                         Precision precision) {
  double size = 0;
  for (const double element : x) size = std::max(size, std::abs(element));
  return kLinearThreshold * InfinityNorm(a) * size *
         static_cast<double>(a.rows) * Eps(precision);
}

/// ‖Aᵀ·r‖ / (‖A‖ ‖r‖ max(m, n) eps) with the residual r = b − A·x, LAPACK's
/// dqrt17: only the best solution leaves nothing of r in A's range. And the
/// singular values.
Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const Columns a{shape.m(), shape.n, operands[0]};
  const std::span<const double> x(product + shape.n, shape.n);
  std::vector<double> left = Times(a, x);
  double largest = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    left[i] = operands[1][i] - left[i];
    largest = std::max(largest, std::abs(left[i]));
  }
  double tolerance = ToleratedResidual(a, x, shape.precision);
  if (a.rows > a.columns) {
    left = TransposedTimes(a, left);
    tolerance = kLinearThreshold * OneNorm(a) * largest *
                static_cast<double>(a.rows) * Eps(shape.precision);
  }
  Verification result;
  for (std::size_t i = 0; i < left.size(); ++i) {
    result.Note(i, std::abs(left[i]), tolerance);
  }
  CheckSingularValues(a, {product, shape.n}, shape.precision, seed, result);
  return result;
}

}  // namespace

/// The least-squares solution of m equations in n unknowns, as numpy's
/// `linalg.lstsq` makes it.
const Operation operations::kGelsd{
    .name = "gelsd",
    .help = "least-squares fit of n parameters to m equations",
    .operands = kOperands,
    .product = Product,
    .written = Product,
    .flops = BidiagonalFlops,
    .flops_formula = kBidiagonalFormula,
    .flops_source = kBidiagonalSource,
    .nominal = true,
    .usual_aspect = 4,
    .lapack = "gelsd",
    .destroys = true,
    .scratch = Scratch,
    .ask_scratch = {AskScratch<double>, AskScratch<float>},
    .integers = Integers,
    .largest_count = TallMatrix,
    .call = {Call<double>, Call<float>},
    .check = Check};

}  // namespace hybrid
