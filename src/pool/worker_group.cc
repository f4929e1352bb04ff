#include "pool/worker_group.h"

#include <algorithm>
#include <utility>

#include "pool/local_group.h"

namespace hybrid {

std::unique_ptr<WorkerGroup> LaunchGroup(const Key& key,
                                         PoolSettings settings) {
  if (settings.elsewhere && !key.is_whole()) {
    return settings.elsewhere(key, settings);
  }
  return std::make_unique<LocalGroup>(key, std::move(settings));
}

double CpuShare(const BatchTiming& timing, std::uint64_t blas_threads,
                std::uint64_t cores) {
  double could_use_s = 0;
  for (const WorkerTiming& worker : timing.workers) {
    if (worker.tasks == 0) continue;
    could_use_s += timing.gate_s + worker.load_s +
                   static_cast<double>(blas_threads) * worker.operate_s;
  }
  could_use_s =
      std::min(could_use_s, static_cast<double>(cores) * timing.wall_s);
  return could_use_s > 0 ? std::min(1.0, timing.cpu_s / could_use_s) : 1;
}

}  // namespace hybrid
