#include "operation/chain_order.h"

namespace hybrid {

ChainOrder::ChainOrder(std::span<const std::uint64_t> dimensions)
    : matrices_(dimensions.size() - 1) {
  for (std::size_t length = 2; length <= matrices_; ++length) {
    for (std::size_t first = 0; first + length <= matrices_; ++first) {
      const std::size_t last = first + length - 1;
      for (std::size_t split = first; split < last; ++split) {
        const double cost = costs_[first][split] + costs_[split + 1][last] +
                            static_cast<double>(dimensions[first]) *
                                static_cast<double>(dimensions[split + 1]) *
                                static_cast<double>(dimensions[last + 1]);
        if (split == first || cost < costs_[first][last]) {
          costs_[first][last] = cost;
          split_[first][last] = split;
        }
      }
    }
  }
}

}  // namespace hybrid
