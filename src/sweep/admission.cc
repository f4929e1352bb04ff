#include "sweep/admission.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace hybrid {
namespace {

constexpr double kMiB = 1024.0 * 1024.0;

/// BLIS packs a panel of B that all threads of a process share (KC × NC, at
/// most 256 × 8160 doubles over the sub-configurations of 0.9.0) and a block
/// of A for each thread (MC × KC, at most 2 MiB). Source: BLIS, docs/
/// Multithreading.md and config/*/bli_cntx_init_*.c.
constexpr double kPackedPanelBytes = 16 * kMiB;
constexpr double kPackedBlockBytes = 2 * kMiB;
/// Resident size of a worker before it holds data, libraries included.
constexpr double kProcessBytes = 8 * kMiB;

/// Primes above 11 that BLIS can't factor into its loops are reduced by one
/// (bli_rntm.c), so the worker would run fewer threads than asked for.
bool IsPrimeAbove11(std::uint64_t value) {
  if (value <= 11) return false;
  for (std::uint64_t divisor = 2; divisor <= value / divisor; ++divisor) {
    if (value % divisor == 0) return false;
  }
  return true;
}

}  // namespace

double EstimateMemoryBytes(const Key& key) {
  const auto workers = static_cast<double>(key.workers);
  double bytes = workers * kProcessBytes;
  if (key.operation == "none") return bytes;
  const double matrix =
      static_cast<double>(key.n) * static_cast<double>(key.n) * sizeof(double);
  const double batch = static_cast<double>(key.batch);
  bytes +=
      workers * (kPackedPanelBytes +
                 static_cast<double>(key.blas_threads) * kPackedBlockBytes);
  bytes +=
      key.data == Data::kResident ? 2 * batch * matrix : 2 * workers * matrix;
  bytes += key.collect == Collect::kShared ? batch * matrix : workers * matrix;
  return bytes;
}

std::optional<std::string> WhyNotAdmissible(
    const Key& key, int usable_cores, std::uint64_t memory_available_bytes) {
  if (key.pin == Pin::kCores && IsOversubscribed(key.split(), usable_cores)) {
    return fmt::format(
        "--pin=cores: {} threads need as many cores, {} are usable",
        key.workers * key.blas_threads, usable_cores);
  }
  if (IsPrimeAbove11(key.blas_threads)) {
    return fmt::format("BLIS runs {} threads when told {} (a prime above 11)",
                       key.blas_threads - 1, key.blas_threads);
  }
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
