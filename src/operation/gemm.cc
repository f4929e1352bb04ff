#include <span>
#include <vector>

#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr Operation::Operand kOperands[] = {{TallMatrix}, {SquareMatrix}};

/// Golub & Van Loan, Matrix Computations, 1.1.11.
double Flops(const Shape& shape) {
  const auto n = static_cast<double>(shape.n);
  return 2 * static_cast<double>(shape.m()) * n * n;
}

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  const auto m = static_cast<std::int64_t>(shape.m());
  const auto n = static_cast<std::int64_t>(shape.n);
  // The matrices lie in rows: to a BLAS, which sees columns, all are
  // transposed, and so are the factors' places.
  blas.Gemm('N', 'N', n, m, n, 1, data.operands[1], n, data.operands[0], n, 0,
            data.product, n);
}

template <typename Real>
void CallBatch(const Routines<Real>& blas, const Shape& shape,
               std::span<const CallData<Real>> data) {
  const auto m = static_cast<std::int64_t>(shape.m());
  const auto n = static_cast<std::int64_t>(shape.n);
  std::vector<const Real*> left;
  std::vector<const Real*> right;
  std::vector<Real*> products;
  for (const CallData<Real>& task : data) {
    left.push_back(task.operands[1]);
    right.push_back(task.operands[0]);
    products.push_back(task.product);
  }
  blas.GemmBatch('N', 'N', n, m, n, 1, left, n, right, n, 0, products, n);
}

Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const std::uint64_t m = shape.m();
  const std::uint64_t n = shape.n;
  const SummedTerms terms{.product = n, .check = 3 * n};
  return FreivaldsCheck(
      n, terms, shape.precision, seed, [&](const Sums& signs) {
        return BothSides{.product = Multiply(m, product, signs),
                         .operands = Multiply(m, operands[0],
                                              Multiply(n, operands[1], signs))};
      });
}

}  // namespace

/// product = a × b.
const Operation operations::kGemm{
    .name = "gemm",
    .help = "product of an m × n and an n × n matrix",
    .operands = kOperands,
    .product = TallMatrix,
    .written = TallMatrix,
    .flops = Flops,
    .flops_formula = "2mn²",
    .flops_source = "Golub & Van Loan, Matrix Computations, 1.1.11",
    .usual_aspect = 1,
    .call = {Call<double>, Call<float>},
    .call_batch = {CallBatch<double>, CallBatch<float>},
    .check = Check};

}  // namespace hybrid
