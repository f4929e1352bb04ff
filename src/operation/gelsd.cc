#include <algorithm>
#include <bit>
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

std::uint64_t Rows(std::uint64_t n) { return 4 * n; }
std::uint64_t TallMatrix(std::uint64_t n) { return Rows(n) * n; }

constexpr Operation::Operand kOperands[] = {{TallMatrix}, {Rows}};

/// The singular values, then the solution.
std::uint64_t Product(std::uint64_t n) { return 2 * n; }

/// QR factors of m × n, 2mn² − 2n³/3, and reduction of R to bidiagonal form,
/// 8n³/3; the iteration after it has no count (Blackford & Dongarra,
/// Installation Guide for LAPACK (LAPACK Working Note 41), geqrf and gebrd).
double Flops(std::uint64_t n) {
  const auto columns = static_cast<double>(n);
  const auto rows = static_cast<double>(Rows(n));
  return 2 * rows * columns * columns + 2 * columns * columns * columns;
}

/// Of the tree of dgelsd's divide and conquer, whatever its leaves' size.
std::uint64_t Levels(std::uint64_t n) { return std::bit_width(n); }

std::uint64_t Integers(std::uint64_t n) { return (3 * Levels(n) + 11) * n; }

/// What dgelsd's documentation demands, with leaves of 25 as everywhere, and
/// panels.
std::uint64_t Scratch(std::uint64_t n) {
  constexpr std::uint64_t kLeaf = 25;
  return Integers(n) + (13 + 2 * kLeaf + 8 * Levels(n)) * n +
         (kLeaf + 1) * (kLeaf + 1) + 4 * Panel(n);
}

/// Below it singular values are taken for 0: as numpy's `lstsq`.
double SmallestRatio(std::uint64_t n) {
  return kUlp * static_cast<double>(Rows(n));
}

std::uint64_t AskScratch(const BlasCalls& blas, std::uint64_t n) {
  const auto rows = static_cast<std::int64_t>(Rows(n));
  const auto columns = static_cast<std::int64_t>(n);
  double work = 0;
  double none = 0;
  ExpectSuccess("dgelsd",
                blas.Gelsd(rows, columns, 1, &none, rows, &none, rows, &none,
                           SmallestRatio(n), &work, -1, &none));
  return Integers(n) + WorkDoubles(work);
}

void Call(const BlasCalls& blas, std::uint64_t n,
          const Operation::CallData& data) {
  const auto rows = static_cast<std::int64_t>(Rows(n));
  const auto columns = static_cast<std::int64_t>(n);
  double* const b = data.operands[1];
  const std::span<double> work = data.scratch.subspan(Integers(n));
  ExpectSuccess(
      "dgelsd",
      blas.Gelsd(rows, columns, 1, data.operands[0], rows, b, rows,
                 data.product, SmallestRatio(n), work.data(),
                 static_cast<std::int64_t>(work.size()), data.scratch.data()));
  std::copy_n(b, n, data.product + n);
}

/// ‖Aᵀ·r‖ / (‖A‖ ‖r‖ max(m, n) eps) with the residual r = b − A·x, LAPACK's
/// dqrt17: only the best solution leaves nothing of r in A's range. And the
/// singular values.
Verification Check(std::uint64_t n, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const Columns a{Rows(n), n, operands[0]};
  std::vector<double> residual = Times(a, {product + n, n});
  double largest = 0;
  for (std::size_t i = 0; i < residual.size(); ++i) {
    residual[i] = operands[1][i] - residual[i];
    largest = std::max(largest, std::abs(residual[i]));
  }
  const double tolerance = kLinearThreshold * OneNorm(a) * largest *
                           static_cast<double>(Rows(n)) * kEps;
  Verification result;
  const std::vector<double> left = TransposedTimes(a, residual);
  for (std::size_t i = 0; i < left.size(); ++i) {
    result.Note(i, std::abs(left[i]), tolerance);
  }
  CheckSingularValues(a, {product, n}, seed, result);
  return result;
}

}  // namespace

/// The least-squares solution of 4n equations in n unknowns, as numpy's
/// `linalg.lstsq` makes it.
const Operation operations::kGelsd{
    .name = "gelsd",
    .help = "least-squares fit of n parameters to 4n equations",
    .operands = kOperands,
    .product = Product,
    .written = Product,
    .flops = Flops,
    .flops_formula = "10n³",
    .flops_source = "LAPACK Working Note 41, geqrf of 4n × n and gebrd",
    .nominal = true,
    .lapack = "gelsd",
    .destroys = true,
    .scratch = Scratch,
    .ask_scratch = AskScratch,
    .largest_count = TallMatrix,
    .call = Call,
    .check = Check};

}  // namespace hybrid
