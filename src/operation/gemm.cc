#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr Operation::Doubles kOperands[] = {SquareMatrix, SquareMatrix};

/// Golub & Van Loan, Matrix Computations, 1.1.11.
double Flops(std::uint64_t n) {
  const auto order = static_cast<double>(n);
  return 2 * order * order * order;
}

void Call(const BlasCalls& blas, std::uint64_t n, Operation::Operands operands,
          double* product) {
  blas.gemm(n, operands[0], operands[1], product);
}

Verification Check(std::uint64_t n, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  return FreivaldsCheck(n, seed, [&](const Sums& signs) {
    return BothSides{
        .product = Multiply(n, product, signs),
        .operands = Multiply(n, operands[0], Multiply(n, operands[1], signs))};
  });
}

}  // namespace

/// product = a × b.
const Operation operations::kGemm{.name = "gemm",
                                  .help = "product of two n × n matrices",
                                  .operands = kOperands,
                                  .product = SquareMatrix,
                                  .written = SquareMatrix,
                                  .flops = Flops,
                                  .call = Call,
                                  .check = Check};

}  // namespace hybrid
