#include "blas/limits.h"

#include <fmt/format.h>

namespace hybrid {
namespace {

constexpr double kMiB = 1024.0 * 1024.0;

/// BLIS packs a panel of B that all threads of a process share (KC × NC, at
/// most 256 × 8160 doubles over the sub-configurations of 0.9.0) and a block
/// of A for each thread (MC × KC, at most 2 MiB). Source: BLIS, docs/
/// Multithreading.md and config/*/bli_cntx_init_*.c.
constexpr double kPackedPanelBytes = 16 * kMiB;
constexpr double kPackedBlockBytes = 2 * kMiB;

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

double PackingBytes(std::uint64_t blas_threads) {
  return kPackedPanelBytes +
         static_cast<double>(blas_threads) * kPackedBlockBytes;
}

std::optional<std::string> WhyNotThreads(std::uint64_t blas_threads) {
  if (!IsPrimeAbove11(blas_threads)) return std::nullopt;
  return fmt::format("BLIS runs {} threads when told {} (a prime above 11)",
                     blas_threads - 1, blas_threads);
}

}  // namespace hybrid
