#include "key/key.h"

#include <utility>

namespace hybrid {

Key WithoutSeed(Key key) {
  key.seed = 0;
  return key;
}

Key GroupOf(Key key) {
  key = WithoutSeed(std::move(key));
  key.variant.clear();
  key.host_count = 1;
  key.engine = Engine::kProcesses;
  key.workers = 0;
  key.blas_threads = 0;
  return key;
}

bool IsOversubscribed(const Split& split, int usable_cores) {
  // Divided, since the product might wrap around.
  return split.blas_threads > 0 &&
         split.workers >
             static_cast<std::uint64_t>(usable_cores) / split.blas_threads;
}

}  // namespace hybrid
