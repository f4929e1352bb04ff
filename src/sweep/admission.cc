#include "sweep/admission.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "blas/limits.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// Resident size of a worker before it holds data, libraries included.
constexpr double kProcessBytes = 8 * 1024.0 * 1024.0;
/// What a worker maps of its libraries and its heap, and for each thread: a
/// stack of the usual size.
constexpr double kProcessMappedBytes = 32 * 1024.0 * 1024.0;
constexpr double kThreadMappedBytes = 8 * 1024.0 * 1024.0;

std::optional<std::string> WhyNotPinned(const Key& key,
                                        const Machine& machine) {
  if (key.pin != Pin::kCores) return std::nullopt;
  if (!machine.can_pin) {
    return "--pin=cores: this system refuses to bind processes to CPUs "
           "(sched_setaffinity)";
  }
  if (!IsOversubscribed(key.split(), machine.usable_cores)) return std::nullopt;
  return fmt::format(
      "--pin=cores: {} threads need as many cores, {} are usable",
      key.workers * key.blas_threads, machine.usable_cores);
}

std::optional<std::string> WhyNotTasks(const Key& key, const Machine& machine) {
  if (!machine.tasks_available) return std::nullopt;
  const double need =
      static_cast<double>(key.workers) * static_cast<double>(key.blas_threads);
  if (need <= static_cast<double>(*machine.tasks_available)) {
    return std::nullopt;
  }
  return fmt::format(
      "needs {:.0f} processes and threads, {} may still be started (pids.max "
      "of its control group, or ulimit -u)",
      need, *machine.tasks_available);
}

std::optional<std::string> WhyNotMemory(const Key& key,
                                        const Machine& machine) {
  const double need = EstimateMemoryBytes(key);
  if (machine.memory_available_bytes) {
    const auto available = static_cast<double>(*machine.memory_available_bytes);
    if (need > kMemoryShare * available) {
      return fmt::format(
          "needs {} (estimated), more than {:.0f} % of the {} available",
          FormatBytes(need), 100 * kMemoryShare, FormatBytes(available));
    }
  }
  const double mapped = EstimateProcessBytes(key);
  if (machine.process_bytes &&
      mapped > static_cast<double>(*machine.process_bytes)) {
    return fmt::format(
        "needs {} of address space in each process (estimated), {} are allowed "
        "(ulimit -v, -d)",
        FormatBytes(mapped),
        FormatBytes(static_cast<double>(*machine.process_bytes)));
  }
  return std::nullopt;
}

}  // namespace

double EstimateMemoryBytes(const Key& key) {
  const auto workers = static_cast<double>(key.workers);
  double bytes = workers * kProcessBytes;
  const Operation& operation = OperationNamed(key.operation);
  if (!operation.computes()) return bytes;
  const double operands = OperandDoubles(operation, key.n) * sizeof(double);
  const double product =
      static_cast<double>(operation.product(key.n)) * sizeof(double);
  const double batch = static_cast<double>(key.batch);
  bytes += workers * PackingBytes(key.blas_threads);
  bytes += (key.data == Data::kResident ? batch : workers) * operands;
  bytes += (key.collect == Collect::kShared ? batch : workers) * product;
  return bytes;
}

double EstimateProcessBytes(const Key& key) {
  const auto threads = static_cast<double>(key.blas_threads);
  double bytes = kProcessMappedBytes + threads * kThreadMappedBytes;
  const Operation& operation = OperationNamed(key.operation);
  if (!operation.computes()) return bytes;
  const double batch = static_cast<double>(key.batch);
  bytes += PackingBytes(key.blas_threads);
  bytes += (key.data == Data::kResident ? batch : 1) *
           OperandDoubles(operation, key.n) * sizeof(double);
  bytes += (key.collect == Collect::kShared ? batch : 1) *
           static_cast<double>(operation.product(key.n)) * sizeof(double);
  return bytes;
}

std::optional<std::string> WhyNotAdmissible(const Key& key,
                                            const Machine& machine) {
  if (auto reason = WhyNotPinned(key, machine)) return reason;
  if (auto reason = WhyNotThreads(key.blas_threads)) return reason;
  if (auto reason = WhyNotTasks(key, machine)) return reason;
  return WhyNotMemory(key, machine);
}

std::string FormatBytes(double bytes) {
  constexpr std::array<std::string_view, 6> kUnits{"bytes", "KiB", "MiB",
                                                   "GiB",   "TiB", "PiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < kUnits.size()) {
    bytes /= 1024;
    ++unit;
  }
  return fmt::format("{:.3g} {}", bytes, kUnits[unit]);
}

}  // namespace hybrid
