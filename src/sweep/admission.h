#ifndef HYBRID_SWEEP_ADMISSION_H_
#define HYBRID_SWEEP_ADMISSION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "key/key.h"

namespace hybrid {

/// The share of available memory that one configuration may take.
inline constexpr double kMemoryShare = 0.8;

/// Bytes that a configuration's processes take together, estimated: operands
/// and products (shared arenas counted once), the BLAS's packing buffers, and
/// the processes themselves. Saturates instead of wrapping.
double EstimateMemoryBytes(const Key& key);

/// Why `key` may not run on `usable_cores` with `memory_available_bytes`, or
/// nothing if it may: workers that must have cores of their own need enough of
/// them, the BLAS must run the threads it is told to, and the estimate must
/// fit.
std::optional<std::string> WhyNotAdmissible(
    const Key& key, int usable_cores, std::uint64_t memory_available_bytes);

/// `1.5 GiB`: three significant digits and a binary unit.
std::string FormatBytes(double bytes);

}  // namespace hybrid

#endif  // HYBRID_SWEEP_ADMISSION_H_
