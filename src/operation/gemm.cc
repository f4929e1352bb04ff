#include <vector>

#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr Operation::Operand kOperands[] = {{SquareMatrix}, {SquareMatrix}};

/// Golub & Van Loan, Matrix Computations, 1.1.11.
double Flops(std::uint64_t n) {
  const auto order = static_cast<double>(n);
  return 2 * order * order * order;
}

void Call(const BlasCalls& blas, std::uint64_t n,
          const Operation::CallData& data) {
  const auto order = static_cast<std::int64_t>(n);
  // The matrices lie in rows: to a BLAS, which sees columns, all are
  // transposed, and so are the factors' places.
  blas.Gemm('N', 'N', order, order, order, 1, data.operands[1], order,
            data.operands[0], order, 0, data.product, order);
}

void CallBatch(const BlasCalls& blas, std::uint64_t n,
               std::span<const Operation::CallData> data) {
  const auto order = static_cast<std::int64_t>(n);
  std::vector<const double*> left;
  std::vector<const double*> right;
  std::vector<double*> products;
  for (const Operation::CallData& task : data) {
    left.push_back(task.operands[1]);
    right.push_back(task.operands[0]);
    products.push_back(task.product);
  }
  blas.GemmBatch('N', 'N', order, order, order, 1, left, order, right, order, 0,
                 products, order);
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
const Operation operations::kGemm{
    .name = "gemm",
    .help = "product of two n × n matrices",
    .operands = kOperands,
    .product = SquareMatrix,
    .written = SquareMatrix,
    .flops = Flops,
    .flops_formula = "2n³",
    .flops_source = "Golub & Van Loan, Matrix Computations, 1.1.11",
    .call = Call,
    .call_batch = CallBatch,
    .check = Check};

}  // namespace hybrid
