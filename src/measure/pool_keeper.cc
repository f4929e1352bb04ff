#include "measure/pool_keeper.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <utility>

#include "key/key_text.h"
#include "machine/placement.h"
#include "measure/interrupt.h"
#include "measure/run_info.h"

namespace hybrid {

PoolKeeper::PoolKeeper(const Machine& machine, WorkerExecutables executables,
                       Environment environment, double hang_timeout_s)
    : machine_(machine),
      executables_(std::move(executables)),
      environment_(std::move(environment)),
      hang_timeout_s_(hang_timeout_s) {}

WorkerGroup& PoolKeeper::Acquire(const Key& key) {
  if (!pool_ || key_ != key) {
    Release();
    pool_ = Launch(key);
    key_ = key;
  }
  return *pool_;
}

std::unique_ptr<WorkerGroup> PoolKeeper::Launch(const Key& key) const {
  return LaunchGroup(key, SettingsFor(key));
}

void PoolKeeper::Drop() { pool_.reset(); }

void PoolKeeper::Release() {
  if (!pool_) return;
  try {
    pool_->Shutdown();
  } catch (const PoolError& error) {
    ++bad_ends_;
    fmt::print(stderr, "bench: {}: {}\n", KeyText(*key_, KeyStyle::kShort),
               error.what());
  }
  pool_.reset();
}

PoolSettings PoolKeeper::SettingsFor(const Key& key) const {
  PoolSettings settings = SettingsWithoutKernels(key);
  const Kernels kernels = kernels_.For(key).kernels;
  settings.blis_arch_type = kernels.arch_type;
  settings.expectation.kernels = kernels.name;
  return settings;
}

PoolSettings PoolKeeper::SettingsWithoutKernels(const Key& key) const {
  PoolSettings settings;
  settings.worker_executable =
      key.blas_threads == 1 && !executables_.serial.empty()
          ? executables_.serial
          : executables_.openmp;
  settings.environment = environment_;
  settings.oversubscribed =
      IsOversubscribed(key.split(), machine_.usable_cores);
  settings.hang_timeout_s = hang_timeout_s_;
  settings.expectation.threading = {"openmp"};
  // The serial build does as well, and better for small n.
  if (key.blas_threads == 1) settings.expectation.threading.push_back("none");
  settings.expectation.threads = key.blas_threads;
  settings.interrupted = &Interrupted;
  if (ResolvePin(key, machine_) == Pin::kCores) {
    settings.cpus =
        AssignCores(machine_.topology, static_cast<int>(key.workers),
                    static_cast<int>(key.blas_threads));
    if (settings.cpus.empty()) {
      throw PoolError(
          fmt::format("--pin=cores: {}×{} threads do not fit {} usable cores",
                      key.workers, key.blas_threads, machine_.usable_cores));
    }
  }
  return settings;
}

WorkerExecutables DefaultWorkerExecutables(bool serial_blis) {
  const std::filesystem::path folder =
      std::filesystem::read_symlink("/proc/self/exe").parent_path();
  WorkerExecutables executables{.openmp = folder / "hybrid-worker",
                                .serial = folder / "hybrid-worker-serial"};
  if (!serial_blis || !std::filesystem::exists(executables.serial)) {
    executables.serial.clear();
  }
  return executables;
}

}  // namespace hybrid
