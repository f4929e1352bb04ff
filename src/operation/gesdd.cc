#include <algorithm>
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

constexpr Operation::Operand kOperands[] = {{TallMatrix}};

/// U, then Vᵀ, then the values.
std::uint64_t Product(const Shape& shape) {
  return TallMatrix(shape) + SquareMatrix(shape) + shape.n;
}

/// Reduction to bidiagonal form, 4mn² − 4n³/3, and transformation back,
/// 4mn² − 2n³ for U and 2n³ for V; the iteration between them has no count
/// (Blackford & Dongarra, Installation Guide for LAPACK (LAPACK Working Note
/// 41), gebrd and ormbr).
double Flops(const Shape& shape) {
  const auto m = static_cast<double>(shape.m());
  const auto n = static_cast<double>(shape.n);
  return 8 * m * n * n - 4 * n * n * n / 3;
}

std::uint64_t Integers(const Shape& shape) { return 8 * shape.n; }

/// What dgesdd's documentation demands.
std::uint64_t Work(const Shape& shape) {
  return 4 * SquareMatrix(shape) + 7 * shape.n;
}

/// And two panels.
std::uint64_t Scratch(const Shape& shape) {
  return Work(shape) + 2 * Panel(shape.n);
}

template <typename Real>
std::uint64_t AskScratch(const Routines<Real>& blas, const Shape& shape) {
  const auto m = static_cast<std::int64_t>(shape.m());
  const auto n = static_cast<std::int64_t>(shape.n);
  Real work = 0;
  Real none = 0;
  std::int64_t no_integers = 0;
  ExpectSuccess<Real>("gesdd", blas.Gesdd('S', m, n, &none, m, &none, &none, m,
                                          &none, n, &work, -1, &no_integers));
  return std::max(WorkNumbers(work), Work(shape));
}

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  const auto m = static_cast<std::int64_t>(shape.m());
  const auto n = static_cast<std::int64_t>(shape.n);
  Real* const u = data.product;
  Real* const vt = u + TallMatrix(shape);
  Real* const values = vt + SquareMatrix(shape);
  ExpectSuccess<Real>(
      "gesdd", blas.Gesdd('S', m, n, data.operands[0], m, values, u, m, vt, n,
                          data.scratch.data(),
                          static_cast<std::int64_t>(data.scratch.size()),
                          data.integers));
}

/// ‖A − U·S·Vᵀ‖ / (‖A‖ m ulp), ‖I − Uᵀ·U‖ / (m ulp), the same of V, LAPACK's
/// dbdt01 and dort01; and the values, as an error in one of them hides from
/// vectors that are at right angles to its own.
Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const std::uint64_t m = shape.m();
  const std::uint64_t n = shape.n;
  const Columns a{m, n, operands[0]};
  const Columns u{m, n, product};
  const Columns vt{n, n, product + m * n};
  const std::span<const double> values(product + m * n + n * n, n);
  Verification result;
  CompareProducts(
      n, seed,
      kSingularThreshold * static_cast<double>(m) * InfinityNorm(a) *
          Ulp(shape.precision),
      [&](std::span<const double> signs) {
        std::vector<double> x = Times(vt, signs);
        for (std::size_t i = 0; i < n; ++i) x[i] *= values[i];
        return Times(u, x);
      },
      [&](std::span<const double> signs) { return Times(a, signs); }, result);
  CheckOrthogonal(u, shape.precision, seed, kSingularThreshold, result);
  CheckOrthogonal(vt, shape.precision, seed, kSingularThreshold, result);
  CheckSingularValues(a, values, shape.precision, seed, result);
  return result;
}

}  // namespace

/// The singular value decomposition, as numpy's
/// `linalg.svd(full_matrices=False)` makes it.
const Operation operations::kGesdd{
    .name = "gesdd",
    .help = "singular values and vectors of an m × n matrix",
    .operands = kOperands,
    .product = Product,
    .written = Product,
    .flops = Flops,
    .flops_formula = "8mn² − 4n³/3",
    .flops_source = "LAPACK Working Note 41, gebrd and twice ormbr",
    .nominal = true,
    .usual_aspect = 1,
    .lapack = "gesdd",
    .destroys = true,
    .scratch = Scratch,
    .ask_scratch = {AskScratch<double>, AskScratch<float>},
    .integers = Integers,
    .largest_count =
        [](const Shape& shape) {
          return std::max(TallMatrix(shape), Work(shape));
        },
    .call = {Call<double>, Call<float>},
    .check = Check};

}  // namespace hybrid
