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

std::optional<std::string> WhyNotAdmissible(
    const Key& key, int usable_cores, std::uint64_t memory_available_bytes) {
  if (key.pin == Pin::kCores && IsOversubscribed(key.split(), usable_cores)) {
    return fmt::format(
        "--pin=cores: {} threads need as many cores, {} are usable",
        key.workers * key.blas_threads, usable_cores);
  }
  if (auto reason = WhyNotThreads(key.blas_threads)) return reason;
  const double need = EstimateMemoryBytes(key);
  const double available = static_cast<double>(memory_available_bytes);
  if (need > kMemoryShare * available) {
    return fmt::format(
        "needs {} (estimated), more than {:.0f} % of the {} available",
        FormatBytes(need), 100 * kMemoryShare, FormatBytes(available));
  }
  return std::nullopt;
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
