#include "measure/pool_keeper.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <utility>

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

WorkerPool& PoolKeeper::Acquire(const Config& config) {
  if (!pool_ || config_ != config) {
    Release();
    pool_.emplace(config, SettingsFor(config));
    config_ = config;
  }
  return *pool_;
}

WorkerPool PoolKeeper::Launch(const Config& config) const {
  return WorkerPool(config, SettingsFor(config));
}

void PoolKeeper::Drop() { pool_.reset(); }

void PoolKeeper::Release() {
  if (!pool_) return;
  try {
    pool_->Shutdown();
  } catch (const PoolError& error) {
    ++bad_ends_;
    fmt::print(stderr, "bench: {}: {}\n", Describe(*config_), error.what());
  }
  pool_.reset();
}

PoolSettings PoolKeeper::SettingsFor(const Config& config) const {
  PoolSettings settings = SettingsWithoutKernels(config);
  const Kernels kernels = kernels_.For(config).kernels;
  settings.blis_arch_type = kernels.arch_type;
  settings.expected_kernels = kernels.name;
  return settings;
}

PoolSettings PoolKeeper::SettingsWithoutKernels(const Config& config) const {
  PoolSettings settings;
  settings.worker_executable =
      config.blas_threads == 1 && !executables_.serial.empty()
          ? executables_.serial
          : executables_.openmp;
  settings.environment = environment_;
  settings.oversubscribed = IsOversubscribed(config, machine_.usable_cores);
  settings.hang_timeout_s = hang_timeout_s_;
  settings.interrupted = [] { return InterruptSignal() != 0; };
  if (ResolvePin(config, machine_) == Pin::kCores) {
    settings.cpus =
        AssignCores(machine_.topology, static_cast<int>(config.workers),
                    static_cast<int>(config.blas_threads));
    if (settings.cpus.empty()) {
      throw PoolError(fmt::format(
          "--pin=cores: {}×{} threads do not fit {} usable cores",
          config.workers, config.blas_threads, machine_.usable_cores));
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
