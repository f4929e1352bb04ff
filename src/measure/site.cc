#include "measure/site.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "pool/worker_group.h"
#include "results/machine_id.h"

namespace hybrid {
namespace {

PoolStart AskWorker(std::uint64_t blas_threads, const Machine& machine,
                    const WorkerSettings& workers) {
  Key key;
  key.operation = "none";
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

BlasIdentity IdentifyBlas(const Machine& machine,
                          const WorkerSettings& workers) {
  BlasIdentity blas;
  try {
    const PoolStart start = AskWorker(2, machine, workers);
    blas.version = start.blis_version;
    blas.threading = start.blis_threading;
    blas.kernels = start.kernels;
    blas.one_thread_threading = AskWorker(1, machine, workers).blis_threading;
  } catch (const PoolInterrupted&) {
    blas.error = "interrupted";
  } catch (const PoolError& error) {
    blas.error = error.what();
  }
  return blas;
}

}  // namespace

Site SurveySite(Machine machine, WorkerSettings workers) {
  MachineKind kind = ReadMachineKind(machine);
  BlasIdentity blas = IdentifyBlas(machine, workers);
  std::string machine_id =
      MachineId(kind.cpu_model, static_cast<std::uint64_t>(kind.usable_cores),
                kind.memory_bytes, kind.os);
  return {.machine = std::move(machine),
          .kind = std::move(kind),
          .workers = std::move(workers),
          .blas = std::move(blas),
          .machine_id = std::move(machine_id)};
}

std::span<const CpuList> UsableCores(const Machine& machine) {
  const std::span<const CpuList> cores(machine.topology.cores);
  return cores.first(
      std::min(cores.size(), static_cast<std::size_t>(machine.usable_cores)));
}

}  // namespace hybrid
