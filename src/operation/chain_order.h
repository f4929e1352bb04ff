#ifndef HYBRID_OPERATION_CHAIN_ORDER_H_
#define HYBRID_OPERATION_CHAIN_ORDER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hybrid {

/// The order in which a chain of matrices is multiplied with the fewest
/// multiplications. The dynamic programme over all parts of the chain, in O(k³)
/// for k matrices: Cormen, Leiserson, Rivest & Stein, Introduction to
/// Algorithms, 15.2; numpy's `linalg.multi_dot` does the same.
class ChainOrder {
 public:
  static constexpr std::size_t kMost = 8;

  /// Of matrices of dimensions[i] × dimensions[i + 1], two to kMost of them.
  explicit ChainOrder(std::span<const std::uint64_t> dimensions);

  /// The product of matrices `first` to `last` is that of `first` to this one
  /// times that of the next one to `last`.
  std::size_t SplitAfter(std::size_t first, std::size_t last) const {
    return split_[first][last];
  }
  /// Multiplications of the whole chain.
  double multiplications() const { return costs_[0][matrices_ - 1]; }

 private:
  std::size_t matrices_;
  std::array<std::array<double, kMost>, kMost> costs_{};
  std::array<std::array<std::size_t, kMost>, kMost> split_{};
};

}  // namespace hybrid

#endif  // HYBRID_OPERATION_CHAIN_ORDER_H_
