#include "sweep/admission.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <string_view>

#include "blas/blas_files.h"
#include "operation/caller_stack.h"
#include "operation/integer_limit.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// Resident size of a worker before it holds data, libraries included.
constexpr double kProcessBytes = 8 * 1024.0 * 1024.0;
/// What a worker maps of its libraries and its heap, and for each thread of its
/// BLAS: a stack of the usual size.
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

/// Why the operation's routine can't be had.
std::optional<std::string> WhyNotRoutine(const Key& key) {
  if (!OperationNamed(key.operation).needs_lapack()) return std::nullopt;
  return WhyNotLapack(key.blas);
}

std::optional<std::string> WhyNotEngine(const Key& key) {
  switch (key.engine) {
    case Engine::kProcesses:
      break;
    case Engine::kThreads:
      return WhyNotCallers(key.blas, key.workers, key.blas_threads);
    case Engine::kBatched:
      if (OperationNamed(key.operation).call_batch.in_double != nullptr) break;
      return fmt::format("there is no batched call of {}, only of {}",
                         key.operation,
                         fmt::join(BatchedOperationNames(), ", "));
  }
  return std::nullopt;
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

/// Bytes of a worker's own: operands that it keeps, that its calls work on,
/// and, where these destroy them, that it makes again to verify the product;
/// the product, and what the call and the check need beside.
double OwnBytes(const Operation& operation, const Key& key) {
  const Shape shape = ShapeOf(key);
  const double operands = OperandBytes(operation, shape);
  const bool fresh = key.data == Data::kFresh;
  // What a batched call works on and makes is all there at once.
  const double at_once =
      key.engine == Engine::kBatched ? static_cast<double>(key.batch) : 1;
  double bytes = ScratchBytes(operation, shape) + CheckBytes(operation, shape);
  if (key.data == Data::kHot) bytes += operands;
  if (fresh || operation.destroys) {
    bytes += at_once * operands;
    if (operation.in_place) {
      bytes -= static_cast<double>(operation.operands.front().numbers(shape) *
                                   BytesOf(shape.precision));
    }
  }
  if (operation.destroys) bytes += operands;
  if (key.collect == Collect::kNone) {
    bytes += at_once * ProductBytes(operation, shape);
  }
  return bytes;
}

/// Bytes of the arenas that all workers share.
double SharedBytes(const Operation& operation, const Key& key) {
  const Shape shape = ShapeOf(key);
  double bytes = 0;
  if (key.data == Data::kResident) bytes += OperandBytes(operation, shape);
  if (key.collect == Collect::kShared) bytes += ProductBytes(operation, shape);
  return static_cast<double>(key.batch) * bytes;
}

/// Why the operation's matrices can't have the shape.
std::optional<std::string> WhyNotShape(const Key& key) {
  const Operation& operation = OperationNamed(key.operation);
  if (operation.has_aspects() || key.aspect == 1) return std::nullopt;
  return fmt::format(
      "{} has no matrix of m rows: it takes --aspect=1 only, or auto",
      operation.name);
}

/// LAPACK counts in the library's integers. Of a path of which nobody knows
/// them the worker says it.
std::optional<std::string> WhyNotCounted(const Key& key) {
  if (IntegerBitsOf(key.blas) != 32) return std::nullopt;
  return WhyNotLp64(OperationNamed(key.operation), ShapeOf(key));
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
  double bytes = static_cast<double>(key.processes()) * kProcessBytes;
  const Operation& operation = OperationNamed(key.operation);
  if (!operation.computes()) return bytes;
  bytes +=
      workers * (PackingBytes(key.blas_threads) + OwnBytes(operation, key));
  return bytes + SharedBytes(operation, key);
}

double EstimateProcessBytes(const Key& key) {
  const std::uint64_t of_each = key.workers / key.processes();
  const auto workers = static_cast<double>(of_each);
  const auto threads = workers * static_cast<double>(key.blas_threads);
  // The first worker of a process is its first thread.
  const double started = workers - 1;
  double bytes = kProcessMappedBytes +
                 (threads - started) * kThreadMappedBytes +
                 started * static_cast<double>(kCallerStackBytes);
  const Operation& operation = OperationNamed(key.operation);
  if (!operation.computes()) return bytes;
  return bytes +
         workers * (PackingBytes(key.blas_threads) + OwnBytes(operation, key) +
                    SharedBytes(operation, key));
}

std::optional<std::string> WhyNotAdmissible(const Key& key,
                                            const Machine& machine) {
  if (auto reason = WhyNotShape(key)) return reason;
  if (auto reason = WhyNotPinned(key, machine)) return reason;
  if (auto reason = WhyNotThreads(key.blas, key.blas_threads)) return reason;
  if (auto reason = WhyNotEngine(key)) return reason;
  if (auto reason = WhyNotRoutine(key)) return reason;
  if (auto reason = WhyNotCounted(key)) return reason;
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
