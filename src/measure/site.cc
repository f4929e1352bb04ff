#include "measure/site.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/contains.h"
#include "blas/blas_files.h"
#include "pool/worker_group.h"
#include "results/machine_id.h"

namespace hybrid {
namespace {

PoolStart AskWorker(const std::string& blas, std::uint64_t blas_threads,
                    const Machine& machine, const WorkerSettings& workers) {
  Key key;
  key.operation = "none";
  key.blas = blas;
  key.n = 1;
  key.batch = 1;
  key.pin = Pin::kNone;
  key.blas_threads = blas_threads;
  const std::unique_ptr<WorkerGroup> pool =
      LaunchGroup(key, MakePoolSettings(key, machine, workers));
  PoolStart start = pool->start();
  pool->Shutdown();
  return start;
}

BlasIdentity IdentifyBlas(const std::string& name, const Machine& machine,
                          const WorkerSettings& workers) {
  BlasIdentity blas;
  blas.name = name;
  try {
    const std::uint64_t threads = WhyNotThreads(name, 2) ? 1 : 2;
    const PoolStart start = AskWorker(name, threads, machine, workers);
    blas.family = start.blas_family;
    blas.file = start.blas_file;
    blas.version = start.blas_version;
    blas.threading = start.blas_threading;
    blas.kernels = start.kernels;
    blas.one_thread_threading =
        threads == 1 ? start.blas_threading
                     : AskWorker(name, 1, machine, workers).blas_threading;
  } catch (const PoolInterrupted&) {
    blas.error = "interrupted";
  } catch (const PoolError& error) {
    blas.error = error.what();
  }
  return blas;
}

}  // namespace

const BlasIdentity& Site::Of(const std::string& name) const {
  static const BlasIdentity unknown;
  const auto found = std::find_if(
      blas.begin(), blas.end(),
      [&name](const BlasIdentity& one) { return one.name == name; });
  return found == blas.end() ? unknown : *found;
}

std::vector<std::string> LibrariesOf(std::span<const Key> keys) {
  std::vector<std::string> names;
  for (const Key& key : keys) {
    if (!Contains(names, key.blas)) names.push_back(key.blas);
  }
  return names;
}

Site SurveySite(Machine machine, WorkerSettings workers,
                const std::vector<std::string>& blas) {
  MachineKind kind = ReadMachineKind(machine);
  std::vector<BlasIdentity> libraries;
  libraries.reserve(blas.size());
  for (const std::string& name : blas) {
    libraries.push_back(IdentifyBlas(name, machine, workers));
  }
  std::string machine_id =
      MachineId(kind.cpu_model, static_cast<std::uint64_t>(kind.usable_cores),
                kind.memory_bytes, kind.os);
  return {.machine = std::move(machine),
          .kind = std::move(kind),
          .workers = std::move(workers),
          .blas = std::move(libraries),
          .system_blas = SystemBlas().value_or(""),
          .machine_id = std::move(machine_id)};
}

std::span<const CpuList> UsableCores(const Machine& machine) {
  const std::span<const CpuList> cores(machine.topology.cores);
  return cores.first(
      std::min(cores.size(), static_cast<std::size_t>(machine.usable_cores)));
}

}  // namespace hybrid
