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

constexpr Operation::Operand kOperands[] = {{SquareMatrix, Symmetrize}};

/// The vectors, then the values.
std::uint64_t Product(std::uint64_t n) { return n * n + n; }

/// Reduction to tridiagonal form and transformation back, 4n³/3 and 2n³; the
/// iteration between them has no count (Blackford & Dongarra, Installation
/// Guide for LAPACK (LAPACK Working Note 41), sytrd and ormtr).
double Flops(std::uint64_t n) {
  const auto order = static_cast<double>(n);
  return 10 * order * order * order / 3;
}

std::uint64_t Integers(std::uint64_t n) { return 3 + 5 * n; }

/// What dsyevd's documentation demands.
std::uint64_t Work(std::uint64_t n) { return 1 + 6 * n + 2 * n * n; }

/// And a panel.
std::uint64_t Scratch(std::uint64_t n) {
  return Integers(n) + Work(n) + Panel(n);
}

std::uint64_t AskScratch(const BlasCalls& blas, std::uint64_t n) {
  const auto order = static_cast<std::int64_t>(n);
  double work = 0;
  double none = 0;
  ExpectSuccess("dsyevd",
                blas.Syevd('V', 'L', order, &none, order, &none, &work, -1,
                           &none, static_cast<std::int64_t>(Integers(n))));
  return Integers(n) + WorkDoubles(work);
}

void Call(const BlasCalls& blas, std::uint64_t n,
          const Operation::CallData& data) {
  const auto order = static_cast<std::int64_t>(n);
  const std::span<double> work = data.scratch.subspan(Integers(n));
  ExpectSuccess(
      "dsyevd",
      blas.Syevd('V', 'L', order, data.product, order, data.product + n * n,
                 work.data(), static_cast<std::int64_t>(work.size()),
                 data.scratch.data(), static_cast<std::int64_t>(Integers(n))));
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
Verification Check(std::uint64_t n, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const Columns a{n, n, operands[0]};
  const Columns z{n, n, product};
  const std::span<const double> values(product + n * n, n);
  const double tolerance =
      kEigenThreshold * static_cast<double>(n) * InfinityNorm(a) * kUlp;
  Verification result;
  CompareProducts(
      n, seed, tolerance,
      [&](std::span<const double> signs) {
        std::vector<double> x = TransposedTimes(z, signs);
        for (std::size_t i = 0; i < n; ++i) x[i] *= values[i];
        return Times(z, x);
      },
      [&](std::span<const double> signs) { return Times(a, signs); }, result);
  CheckOrthogonal(z, seed, kEigenThreshold, result);
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
    .ask_scratch = AskScratch,
    .largest_count = Work,
    .call = Call,
    .check = Check};

}  // namespace hybrid
