#include "pool/worker_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "base/cpu_ranges.h"
#include "base/program_folder.h"
#include "blas/blas_files.h"
#include "machine/placement.h"
#include "pool/worker_group.h"

namespace hybrid {

std::string DefaultWorkerExecutable() {
  return (std::filesystem::path(ProgramFolder()) / "hybrid-worker").string();
}

Key AskingKey(std::string blas, std::uint64_t blas_threads) {
  Key key;
  key.operation = "none";
  key.blas = std::move(blas);
  key.n = 1;
  key.batch = 1;
  key.pin = Pin::kNone;
  key.blas_threads = blas_threads;
  return key;
}

Pin ResolvePin(const Key& key, const Machine& machine) {
  // A program that makes its own workers also places them.
  if (key.is_whole()) return Pin::kNone;
  if (key.pin != Pin::kAuto) return key.pin;
  return !machine.can_pin || IsOversubscribed(key.split(), machine.usable_cores)
             ? Pin::kNone
             : Pin::kCores;
}

std::vector<CpuList> CpusOf(const Key& key, const Machine& machine) {
  if (ResolvePin(key, machine) != Pin::kCores) return {};
  return AssignCores(machine.topology, static_cast<int>(key.workers),
                     static_cast<int>(key.blas_threads));
}

std::string CpusText(const std::vector<CpuList>& workers) {
  std::vector<std::string> ranges;
  ranges.reserve(workers.size());
  for (const CpuList& cpus : workers) ranges.push_back(CpuRanges(cpus));
  return fmt::format("{}", fmt::join(ranges, " "));
}

namespace {

/// What `key`'s workers load, or a program is to find first; of a command there
/// may be none.
BlasFiles BlasOf(const Key& key) {
  if (key.runs_command() && key.blas.empty()) return {};
  try {
    return FilesOf(key.blas, key.blas_threads);
  } catch (const std::runtime_error& error) {
    throw PoolError(fmt::format("--blas: {}", error.what()));
  }
}

/// What workers that load `blas` themselves report.
Expectation ExpectationOf(const Key& key, const BlasFiles& blas) {
  Expectation expectation;
  if (!blas.threading.empty()) expectation.threading = {blas.threading};
  // Other libraries, and BLIS's pthread build, start theirs as they like.
  if (blas.family == "blis" && blas.threading != "pthread") {
    expectation.threads = key.workers / key.processes() * key.blas_threads;
  }
  return expectation;
}

}  // namespace

PoolSettings MakePoolSettings(const Key& key, const Machine& machine,
                              const WorkerSettings& workers) {
  PoolSettings settings;
  settings.worker_executable = workers.executable;
  settings.environment = workers.environment;
  settings.oversubscribed = IsOversubscribed(key.split(), machine.usable_cores);
  settings.shared_cpus = machine.topology.shared_cpus;
  settings.hang_timeout_s = workers.hang_timeout_s;
  settings.blas = BlasOf(key);
  if (key.runs_command()) {
    settings.command = workers.command;
    std::vector<std::string>& hosts = settings.command.hosts;
    hosts.resize(key.is_whole()
                     ? std::min<std::size_t>(hosts.size(), key.host_count)
                     : 0);
    // A program may say nothing and use no CPU time until then.
    settings.start_allowance_s =
        std::max(settings.start_allowance_s, workers.command.start_timeout_s);
  } else {
    settings.expectation = ExpectationOf(key, settings.blas);
  }
  settings.elsewhere = workers.elsewhere;
  settings.interrupted = workers.interrupted;
  settings.cpus = CpusOf(key, machine);
  if (settings.cpus.empty() && ResolvePin(key, machine) == Pin::kCores) {
    throw PoolError(
        fmt::format("--pin=cores: {}×{} threads do not fit {} usable cores",
                    key.workers, key.blas_threads, machine.usable_cores));
  }
  return settings;
}

}  // namespace hybrid
