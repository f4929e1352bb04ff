#include "measure/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/contains.h"
#include "blas/blas_files.h"
#include "blas/library_table.h"
#include "operation/integer_limit.h"
#include "operation/operation.h"
#include "pool/worker_group.h"
#include "results/machine_id.h"

namespace hybrid {
namespace {

PoolStart AskWorker(const std::string& blas, std::uint64_t blas_threads,
                    const Machine& machine, const WorkerSettings& workers) {
  const Key key = AskingKey(blas, blas_threads);
  const std::unique_ptr<WorkerGroup> pool =
      LaunchGroup(key, MakePoolSettings(key, machine, workers));
  PoolStart start = pool->start();
  pool->Shutdown();
  return start;
}

BlasIdentity IdentifyBlas(const std::string& name, const Machine& machine,
                          const WorkerSettings& workers) {
  constexpr std::uint64_t kSeveral = 2;
  BlasIdentity blas;
  blas.name = name;
  try {
    const PoolStart one = AskWorker(name, 1, machine, workers);
    // A path's workers are all of one build, a name's may be of two.
    const bool is_serial = IsBlasPath(name)
                               ? one.most_threads == 1
                               : WhyNotThreads(name, kSeveral).has_value();
    const PoolStart start =
        is_serial ? one : AskWorker(name, kSeveral, machine, workers);
    blas.family = start.blas_family;
    blas.file = start.blas_file;
    blas.version = start.blas_version;
    blas.threading = start.blas_threading;
    blas.kernels = start.kernels;
    blas.integer_bits = start.integer_bits;
    blas.most_threads = start.most_threads;
    blas.has_lapack = start.has_lapack;
    blas.one_thread_threading = one.blas_threading;
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

std::optional<std::string> WhyNotAt(const Site& site, const Key& key) {
  const BlasIdentity& blas = site.Of(key.blas);
  if (!IsBlasPath(blas.name) || !blas.error.empty()) return std::nullopt;
  if (auto reason =
          WhyNotThreads(blas.family, blas.most_threads, key.blas_threads)) {
    return reason;
  }
  if (key.engine == Engine::kThreads) {
    if (auto reason = WhyNotCallers(blas.family, blas.threading, key.workers,
                                    key.blas_threads)) {
      return reason;
    }
  }
  const Operation& operation = OperationNamed(key.operation);
  if (operation.needs_lapack() && !blas.has_lapack) {
    return fmt::format("needs a LAPACK, and {} has none, nor one beside it",
                       blas.file);
  }
  if (blas.integer_bits != 32) return std::nullopt;
  return WhyNotLp64(operation, ShapeOf(key));
}

std::vector<std::string> LibrariesOf(std::span<const Key> keys) {
  std::vector<std::string> names;
  for (const Key& key : keys) {
    if (!key.blas.empty() && !Contains(names, key.blas)) {
      names.push_back(key.blas);
    }
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
