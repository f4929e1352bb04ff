#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "operation/chain_order.h"
#include "operation/registry.h"
#include "operation/shapes.h"

namespace hybrid {
namespace {

constexpr std::size_t kFactors = 4;
using Dimensions = std::array<std::uint64_t, kFactors + 1>;

std::uint64_t Inner(std::uint64_t n) {
  return std::max<std::uint64_t>(1, n / 8);
}
std::uint64_t Factor(std::uint64_t n) { return n * Inner(n); }

constexpr Operation::Operand kOperands[kFactors] = {
    {Factor}, {Factor}, {Factor}, {Factor}};

Dimensions DimensionsOf(std::uint64_t n) {
  const std::uint64_t k = Inner(n);
  return {n, k, n, k, n};
}

/// Two for each multiplication of the best order.
double Flops(std::uint64_t n) {
  return 2 * ChainOrder(DimensionsOf(n)).multiplications();
}

/// Multiplies parts of the chain, each from and into matrices in rows.
class Chain {
 public:
  Chain(const BlasCalls* blas, std::uint64_t n)
      : blas_(blas), dimensions_(DimensionsOf(n)), order_(dimensions_) {}

  /// Doubles that lie between the factors and the product of the whole chain.
  std::uint64_t Between() const { return Below(0, kFactors - 1); }

  /// The product of factors `first` to `last`, into `product`; `between` is
  /// where free memory begins.
  void Multiply(const Operation::CallData& data, std::size_t first,
                std::size_t last, double* product, double* between) const {
    const std::size_t split = order_.SplitAfter(first, last);
    const double* const left = Part(data, first, split, between);
    if (split != first) between += Doubles(first, split) + Below(first, split);
    const double* const right = Part(data, split + 1, last, between);
    const auto rows = static_cast<std::int64_t>(dimensions_[first]);
    const auto terms = static_cast<std::int64_t>(dimensions_[split + 1]);
    const auto columns = static_cast<std::int64_t>(dimensions_[last + 1]);
    // To a BLAS, which sees columns, all are transposed.
    blas_->Gemm('N', 'N', columns, rows, terms, 1, right, columns, left, terms,
                0, product, columns);
  }

 private:
  std::uint64_t Doubles(std::size_t first, std::size_t last) const {
    return dimensions_[first] * dimensions_[last + 1];
  }

  /// Doubles of the parts that make up that one.
  std::uint64_t Below(std::size_t first, std::size_t last) const {
    if (first == last) return 0;
    const std::size_t split = order_.SplitAfter(first, last);
    const auto part = [&](std::size_t from, std::size_t to) {
      return from == to ? 0 : Doubles(from, to) + Below(from, to);
    };
    return part(first, split) + part(split + 1, last);
  }

  const double* Part(const Operation::CallData& data, std::size_t first,
                     std::size_t last, double* between) const {
    if (first == last) return data.operands[first];
    Multiply(data, first, last, between, between + Doubles(first, last));
    return between;
  }

  const BlasCalls* blas_;
  Dimensions dimensions_;
  ChainOrder order_;
};

std::uint64_t Scratch(std::uint64_t n) { return Chain(nullptr, n).Between(); }

void Call(const BlasCalls& blas, std::uint64_t n,
          const Operation::CallData& data) {
  Chain(&blas, n).Multiply(data, 0, kFactors - 1, data.product,
                           data.scratch.data());
}

/// On the way to product·r are sums of k, n, k and then n terms, whatever the
/// order, on the way to the factors' n, k, n and k: 4(n + k) in all.
Verification Check(std::uint64_t n, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const std::uint64_t k = Inner(n);
  return FreivaldsCheck(n, n + k, seed, [&](const Sums& signs) {
    const Sums right =
        Multiply(n, operands[2], Multiply(k, operands[3], signs));
    return BothSides{
        .product = Multiply(n, product, signs),
        .operands = Multiply(n, operands[0], Multiply(k, operands[1], right))};
  });
}

}  // namespace

/// n × k times k × n times n × k times k × n with k = n/8, multiplied in the
/// order that takes the fewest multiplications, as by numpy's
/// `linalg.multi_dot`: left to right would take more than twice as many.
const Operation operations::kMultiDot{
    .name = "multi_dot",
    .help =
        "product of four matrices, n × k and k × n in turn with k = n/8, "
        "in the order of fewest multiplications",
    .operands = kOperands,
    .product = SquareMatrix,
    .written = SquareMatrix,
    .flops = Flops,
    .flops_formula = "2kn² + 4k²n, k = max(1, n/8)",
    .flops_source =
        "the dynamic programme of Cormen et al., "
        "Introduction to Algorithms, 15.2",
    .scratch = Scratch,
    .call = Call,
    .check = Check};

}  // namespace hybrid
