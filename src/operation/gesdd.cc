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

constexpr Operation::Operand kOperands[] = {{SquareMatrix}};

/// U, then Vᵀ, then the values.
std::uint64_t Product(std::uint64_t n) { return 2 * n * n + n; }

/// Reduction to bidiagonal form and transformation back, 8n³/3 and 4n³; the
/// iteration between them has no count (Blackford & Dongarra, Installation
/// Guide for LAPACK (LAPACK Working Note 41), gebrd and ormbr).
double Flops(std::uint64_t n) {
  const auto order = static_cast<double>(n);
  return 20 * order * order * order / 3;
}

std::uint64_t Integers(std::uint64_t n) { return 8 * n; }

/// What dgesdd's documentation demands, and two panels.
std::uint64_t Scratch(std::uint64_t n) {
  return Integers(n) + 4 * n * n + 7 * n + 2 * Panel(n);
}

std::uint64_t AskScratch(const BlasCalls& blas, std::uint64_t n) {
  const auto order = static_cast<std::int64_t>(n);
  double work = 0;
  double none = 0;
  ExpectSuccess("dgesdd",
                blas.Gesdd('A', order, order, &none, order, &none, &none, order,
                           &none, order, &work, -1, &none));
  return Integers(n) + WorkDoubles(work);
}

void Call(const BlasCalls& blas, std::uint64_t n,
          const Operation::CallData& data) {
  const auto order = static_cast<std::int64_t>(n);
  double* const u = data.product;
  double* const vt = u + n * n;
  double* const values = vt + n * n;
  const std::span<double> work = data.scratch.subspan(Integers(n));
  ExpectSuccess("dgesdd", blas.Gesdd('A', order, order, data.operands[0], order,
                                     values, u, order, vt, order, work.data(),
                                     static_cast<std::int64_t>(work.size()),
                                     data.scratch.data()));
}

/// ‖A − U·S·Vᵀ‖ / (‖A‖ n ulp), ‖I − Uᵀ·U‖ / (n ulp), the same of V, LAPACK's
/// dbdt01 and dort01; and the values, as an error in one of them hides from
/// vectors that are at right angles to its own.
Verification Check(std::uint64_t n, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const Columns a{n, n, operands[0]};
  const Columns u{n, n, product};
  const Columns vt{n, n, product + n * n};
  const std::span<const double> values(product + 2 * n * n, n);
  Verification result;
  CompareProducts(
      n, seed,
      kSingularThreshold * static_cast<double>(n) * InfinityNorm(a) * kUlp,
      [&](std::span<const double> signs) {
        std::vector<double> x = Times(vt, signs);
        for (std::size_t i = 0; i < n; ++i) x[i] *= values[i];
        return Times(u, x);
      },
      [&](std::span<const double> signs) { return Times(a, signs); }, result);
  CheckOrthogonal(u, seed, kSingularThreshold, result);
  CheckOrthogonal(vt, seed, kSingularThreshold, result);
  CheckSingularValues(a, values, seed, result);
  return result;
}

}  // namespace

/// The singular value decomposition, as numpy's `linalg.svd` makes it.
const Operation operations::kGesdd{
    .name = "gesdd",
    .help = "singular values and vectors",
    .operands = kOperands,
    .product = Product,
    .written = Product,
    .flops = Flops,
    .flops_formula = "20n³/3",
    .flops_source = "LAPACK Working Note 41, gebrd and twice ormbr",
    .nominal = true,
    .lapack = "gesdd",
    .destroys = true,
    .scratch = Scratch,
    .ask_scratch = AskScratch,
    .largest_count = [](std::uint64_t n) { return 4 * n * n + 7 * n; },
    .call = Call,
    .check = Check};

}  // namespace hybrid
