#include "pool/worker_group.h"

#include <utility>

#include "pool/local_group.h"

namespace hybrid {

std::unique_ptr<WorkerGroup> LaunchGroup(const Key& key,
                                         PoolSettings settings) {
  return std::make_unique<LocalGroup>(key, std::move(settings));
}

}  // namespace hybrid
