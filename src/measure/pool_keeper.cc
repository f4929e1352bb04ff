#include "measure/pool_keeper.h"

#include <fmt/format.h>

#include <utility>

#include "base/standard_streams.h"
#include "key/key_text.h"

namespace hybrid {

WorkerGroup& PoolKeeper::Acquire(const Key& key) {
  if (!pool_ || key_ != key) {
    Release();
    pool_ = Launch(key);
    key_ = key;
  }
  return *pool_;
}

std::unique_ptr<WorkerGroup> PoolKeeper::Launch(const Key& key) const {
  PoolSettings settings =
      MakePoolSettings(key, context_.site.machine, context_.site.workers);
  const Kernels kernels = context_.kernels.For(key).kernels;
  settings.kernels_setting = kernels.setting;
  settings.expectation.kernels = kernels.name;
  std::unique_ptr<WorkerGroup> pool = LaunchGroup(key, settings);
  if (pool->start().late_s == 0) return pool;
  // Stopped or frozen meanwhile: it would pass for a slow start.
  pool.reset();
  return LaunchGroup(key, std::move(settings));
}

void PoolKeeper::Release() {
  if (!pool_) return;
  try {
    pool_->Shutdown();
  } catch (const PoolError& error) {
    ++bad_ends_;
    PrintError(fmt::format("bench: {}: {}\n", KeyText(key_, KeyStyle::kShort),
                           error.what()));
  }
  pool_.reset();
}

}  // namespace hybrid
