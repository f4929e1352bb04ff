#include <algorithm>
#include <cstddef>
#include <vector>

#include "machine/machine.h"

namespace hybrid {

std::vector<CpuList> AssignCores(const std::vector<CpuList>& cores, int workers,
                                 int blas_threads) {
  if (workers < 1 || blas_threads < 1) return {};
  const auto count = static_cast<std::size_t>(workers);
  // Divided, not multiplied: no product can overflow.
  if (cores.size() / count < static_cast<std::size_t>(blas_threads)) return {};

  // Worker w gets the cores from w/W to (w+1)/W of the list. Sizes differ by at
  // most one, and the larger runs are spread out instead of coming first, so
  // that with an even number of workers none straddles the middle, where the
  // second of two sockets begins.
  std::vector<CpuList> assigned(count);
  for (std::size_t w = 0; w < count; ++w) {
    const std::size_t end = cores.size() * (w + 1) / count;
    for (std::size_t c = cores.size() * w / count; c < end; ++c) {
      assigned[w].insert(assigned[w].end(), cores[c].begin(), cores[c].end());
    }
    std::sort(assigned[w].begin(), assigned[w].end());
  }
  return assigned;
}

}  // namespace hybrid
