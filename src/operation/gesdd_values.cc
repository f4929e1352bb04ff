#include <cstdint>
#include <span>

#include "operation/columns.h"
#include "operation/lapack_call.h"
#include "operation/lapack_check.h"
#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr Operation::Operand kOperands[] = {{SquareMatrix}};

/// Reduction to bidiagonal form; the iteration after it has no count
/// (Blackford & Dongarra, Installation Guide for LAPACK (LAPACK Working Note
/// 41), gebrd).
double Flops(std::uint64_t n) {
  const auto order = static_cast<double>(n);
  return 8 * order * order * order / 3;
}

std::uint64_t Integers(std::uint64_t n) { return 8 * n; }

/// What dgesdd's documentation demands, and two panels.
std::uint64_t Scratch(std::uint64_t n) {
  return Integers(n) + 10 * n + 2 * Panel(n);
}

std::uint64_t AskScratch(const BlasCalls& blas, std::uint64_t n) {
  const auto order = static_cast<std::int64_t>(n);
  double work = 0;
  double none = 0;
  ExpectSuccess("dgesdd", blas.Gesdd('N', order, order, &none, order, &none,
                                     &none, 1, &none, 1, &work, -1, &none));
  return Integers(n) + WorkDoubles(work);
}

void Call(const BlasCalls& blas, std::uint64_t n,
          const Operation::CallData& data) {
  const auto order = static_cast<std::int64_t>(n);
  const std::span<double> work = data.scratch.subspan(Integers(n));
  double no_vectors = 0;
  ExpectSuccess(
      "dgesdd",
      blas.Gesdd('N', order, order, data.operands[0], order, data.product,
                 &no_vectors, 1, &no_vectors, 1, work.data(),
                 static_cast<std::int64_t>(work.size()), data.scratch.data()));
}

Verification Check(std::uint64_t n, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  Verification result;
  CheckSingularValues({n, n, operands[0]}, {product, n}, seed, result);
  return result;
}

}  // namespace

/// The singular values alone, as numpy's `linalg.svd(compute_uv=False)` and
/// `linalg.norm(ord=2)` make them.
const Operation operations::kGesddValues{
    .name = "gesdd_values",
    .help = "singular values alone",
    .operands = kOperands,
    .product = Vector,
    .written = Vector,
    .flops = Flops,
    .flops_formula = "8n³/3",
    .flops_source = "LAPACK Working Note 41, gebrd",
    .nominal = true,
    .lapack = "gesdd",
    .destroys = true,
    .scratch = Scratch,
    .ask_scratch = AskScratch,
    .largest_count = SquareMatrix,
    .call = Call,
    .check = Check};

}  // namespace hybrid
