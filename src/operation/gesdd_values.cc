#include <algorithm>
#include <cstdint>
#include <span>

#include "operation/bidiagonal.h"
#include "operation/columns.h"
#include "operation/lapack_call.h"
#include "operation/lapack_check.h"
#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr Operation::Operand kOperands[] = {{TallMatrix}};

std::uint64_t Integers(const Shape& shape) { return 8 * shape.n; }

/// What dgesdd's documentation demands.
std::uint64_t Work(const Shape& shape) {
  return 3 * shape.n + std::max(shape.m(), 7 * shape.n);
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
  ExpectSuccess<Real>("gesdd", blas.Gesdd('N', m, n, &none, m, &none, &none, 1,
                                          &none, 1, &work, -1, &no_integers));
  return std::max(WorkNumbers(work), Work(shape));
}

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  const auto m = static_cast<std::int64_t>(shape.m());
  const auto n = static_cast<std::int64_t>(shape.n);
  Real no_vectors = 0;
  ExpectSuccess<Real>(
      "gesdd", blas.Gesdd('N', m, n, data.operands[0], m, data.product,
                          &no_vectors, 1, &no_vectors, 1, data.scratch.data(),
                          static_cast<std::int64_t>(data.scratch.size()),
                          data.integers));
}

Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  Verification result;
  CheckSingularValues({shape.m(), shape.n, operands[0]}, {product, shape.n},
                      shape.precision, seed, result);
  return result;
}

}  // namespace

/// The singular values alone, as numpy's `linalg.svd(compute_uv=False)` and
/// `linalg.norm(ord=2)` make them.
const Operation operations::kGesddValues{
    .name = "gesdd_values",
    .help = "singular values of an m × n matrix alone",
    .operands = kOperands,
    .product = Vector,
    .written = Vector,
    .flops = BidiagonalFlops,
    .flops_formula = kBidiagonalFormula,
    .flops_source = kBidiagonalSource,
    .nominal = true,
    .usual_aspect = 1,
    .lapack = "gesdd",
    .destroys = true,
    .scratch = Scratch,
    .ask_scratch = {AskScratch<double>, AskScratch<float>},
    .integers = Integers,
    .largest_count = TallMatrix,
    .call = {Call<double>, Call<float>},
    .check = Check};

}  // namespace hybrid
