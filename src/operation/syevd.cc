#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "operation/columns.h"
#include "operation/lapack_call.h"
#include "operation/lapack_check.h"
#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr Operation::Operand kOperands[] = {
    {SquareMatrix, {Symmetrize<double>, Symmetrize<float>}}};

/// The vectors, then the values.
std::uint64_t Product(const Shape& shape) {
  return SquareMatrix(shape) + shape.n;
}

/// Reduction to tridiagonal form and transformation back, 4n³/3 and 2n³; the
/// iteration between them has no count (Blackford & Dongarra, Installation
/// Guide for LAPACK (LAPACK Working Note 41), sytrd and ormtr).
double Flops(const Shape& shape) {
  const auto order = static_cast<double>(shape.n);
  return 10 * order * order * order / 3;
}

std::uint64_t Integers(const Shape& shape) { return 3 + 5 * shape.n; }

/// What dsyevd's documentation demands.
std::uint64_t Work(const Shape& shape) {
  return 1 + 6 * shape.n + 2 * SquareMatrix(shape);
}

/// And a panel.
std::uint64_t Scratch(const Shape& shape) {
  return Work(shape) + Panel(shape.n);
}

template <typename Real>
std::uint64_t AskScratch(const Routines<Real>& blas, const Shape& shape) {
  const auto order = static_cast<std::int64_t>(shape.n);
  Real work = 0;
  Real none = 0;
  std::int64_t no_integers = 0;
  ExpectSuccess<Real>(
      "syevd",
      blas.Syevd('V', 'L', order, &none, order, &none, &work, -1, &no_integers,
                 static_cast<std::int64_t>(Integers(shape))));
  return std::max(WorkNumbers(work), Work(shape));
}

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  const auto order = static_cast<std::int64_t>(shape.n);
  ExpectSuccess<Real>(
      "syevd",
      blas.Syevd('V', 'L', order, data.product, order,
                 data.product + SquareMatrix(shape), data.scratch.data(),
                 static_cast<std::int64_t>(data.scratch.size()), data.integers,
                 static_cast<std::int64_t>(Integers(shape))));
}

void CheckAscending(std::span<const double> values, Verification& result) {
  double before = std::numeric_limits<double>::lowest();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(values[i] >= before)) {
      result.Note(i, std::numeric_limits<double>::infinity(), 1);
    }
    before = values[i];
  }
}

/// The values must add up to the trace: an error in one of them hides from
/// vectors that are at right angles to its own.
void CheckTrace(const Columns& a, std::span<const double> values,
                double tolerance, Verification& result) {
  double trace = 0;
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    trace += a.column(i)[i];
    sum += values[i];
  }
  result.Note(values.size() - 1, std::abs(sum - trace), tolerance);
}

/// ‖A − Z·Λ·Zᵀ‖ / (‖A‖ n ulp), ‖I − Zᵀ·Z‖ / (n ulp), LAPACK's dsyt21; and the
/// values' sum and order.
Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const std::uint64_t n = shape.n;
  const Columns a{n, n, operands[0]};
  const Columns z{n, n, product};
  const std::span<const double> values(product + n * n, n);
  const double tolerance = kEigenThreshold * static_cast<double>(n) *
                           InfinityNorm(a) * Ulp(shape.precision);
  Verification result;
  CompareProducts(
      n, seed, tolerance,
      [&](std::span<const double> signs) {
        std::vector<double> x = TransposedTimes(z, signs);
        for (std::size_t i = 0; i < n; ++i) x[i] *= values[i];
        return Times(z, x);
      },
      [&](std::span<const double> signs) { return Times(a, signs); }, result);
  CheckOrthogonal(z, shape.precision, seed, kEigenThreshold, result);
  CheckAscending(values, result);
  CheckTrace(a, values, tolerance, result);
  return result;
}

}  // namespace

/// The decomposition of a symmetric matrix, as numpy's `linalg.eigh` makes it.
const Operation operations::kSyevd{
    .name = "syevd",
    .help = "eigenvalues and eigenvectors of a symmetric matrix",
    .operands = kOperands,
    .product = Product,
    .written = Product,
    .flops = Flops,
    .flops_formula = "10n³/3",
    .flops_source = "LAPACK Working Note 41, sytrd and ormtr",
    .nominal = true,
    .lapack = "syevd",
    .destroys = true,
    .in_place = true,
    .scratch = Scratch,
    .ask_scratch = {AskScratch<double>, AskScratch<float>},
    .integers = Integers,
    .largest_count = Work,
    .call = {Call<double>, Call<float>},
    .check = Check};

}  // namespace hybrid
