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
std::uint64_t Factor(const Shape& shape) { return shape.n * Inner(shape.n); }

constexpr Operation::Operand kOperands[kFactors] = {
    {Factor}, {Factor}, {Factor}, {Factor}};

Dimensions DimensionsOf(std::uint64_t n) {
  const std::uint64_t k = Inner(n);
  return {n, k, n, k, n};
}

/// Two for each multiplication of the best order.
double Flops(const Shape& shape) {
  return 2 * ChainOrder(DimensionsOf(shape.n)).multiplications();
}

/// Where the chain's products lie and in which order they are made.
class Chain {
 public:
  explicit Chain(std::uint64_t n)
      : dimensions_(DimensionsOf(n)), order_(dimensions_) {}

  /// Numbers that lie between the factors and the product of the whole chain.
  std::uint64_t Between() const { return Below(0, kFactors - 1); }

  /// The product of factors `first` to `last`, each in rows, into `product`;
  /// `between` is where free memory begins.
  template <typename Real>
  void Multiply(const Routines<Real>& blas, const CallData<Real>& data,
                std::size_t first, std::size_t last, Real* product,
                Real* between) const {
    const std::size_t split = order_.SplitAfter(first, last);
    const Real* const left = Part(blas, data, first, split, between);
    if (split != first) between += Numbers(first, split) + Below(first, split);
    const Real* const right = Part(blas, data, split + 1, last, between);
    const auto rows = static_cast<std::int64_t>(dimensions_[first]);
    const auto terms = static_cast<std::int64_t>(dimensions_[split + 1]);
    const auto columns = static_cast<std::int64_t>(dimensions_[last + 1]);
    // To a BLAS, which sees columns, all are transposed.
    blas.Gemm('N', 'N', columns, rows, terms, 1, right, columns, left, terms, 0,
              product, columns);
  }

 private:
  std::uint64_t Numbers(std::size_t first, std::size_t last) const {
    return dimensions_[first] * dimensions_[last + 1];
  }

  /// Numbers of the parts that make up that one.
  std::uint64_t Below(std::size_t first, std::size_t last) const {
    if (first == last) return 0;
    const std::size_t split = order_.SplitAfter(first, last);
    const auto part = [&](std::size_t from, std::size_t to) {
      return from == to ? 0 : Numbers(from, to) + Below(from, to);
    };
    return part(first, split) + part(split + 1, last);
  }

  template <typename Real>
  const Real* Part(const Routines<Real>& blas, const CallData<Real>& data,
                   std::size_t first, std::size_t last, Real* between) const {
    if (first == last) return data.operands[first];
    Multiply(blas, data, first, last, between, between + Numbers(first, last));
    return between;
  }

  Dimensions dimensions_;
  ChainOrder order_;
};

std::uint64_t Scratch(const Shape& shape) { return Chain(shape.n).Between(); }

template <typename Real>
void Call(const Routines<Real>& blas, const Shape& shape,
          const CallData<Real>& data) {
  Chain(shape.n).Multiply(blas, data, 0, kFactors - 1, data.product,
                          data.scratch.data());
}

/// On the way to an element of the product are sums of k, n and k terms,
/// whatever the order; on the way to product·r are n more, and on the factors'
/// n, k, n and k.
Verification Check(const Shape& shape, Operation::Operands operands,
                   const double* product, std::uint64_t seed) {
  const std::uint64_t n = shape.n;
  const std::uint64_t k = Inner(n);
  const SummedTerms terms{.product = n + 2 * k, .check = 3 * n + 2 * k};
  return FreivaldsCheck(
      n, terms, shape.precision, seed, [&](const Sums& signs) {
        const Sums right =
            Multiply(n, operands[2], Multiply(k, operands[3], signs));
        return BothSides{.product = Multiply(n, product, signs),
                         .operands = Multiply(n, operands[0],
                                              Multiply(k, operands[1], right))};
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
    .call = {Call<double>, Call<float>},
    .check = Check};

}  // namespace hybrid
