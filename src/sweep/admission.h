#ifndef HYBRID_SWEEP_ADMISSION_H_
#define HYBRID_SWEEP_ADMISSION_H_

#include <optional>
#include <string>

#include "key/key.h"
#include "machine/machine.h"

namespace hybrid {

/// The share of available memory that one configuration may take.
inline constexpr double kMemoryShare = 0.8;

/// Bytes that a configuration's processes take together, estimated: operands
/// and products (shared arenas counted once), the BLAS's packing buffers, and
/// the processes themselves. Saturates instead of wrapping.
double EstimateMemoryBytes(const Key& key);

/// Bytes that one of its processes maps, estimated: memory that it shares
/// with others, libraries and the stacks of its threads included.
double EstimateProcessBytes(const Key& key);

/// Why `key` may not run on `machine`, or nothing if it may: workers that must
/// have cores of their own need enough of them, the BLAS must run the threads
/// it is told to, processes and threads must be allowed, and the estimates must
/// fit.
std::optional<std::string> WhyNotAdmissible(const Key& key,
                                            const Machine& machine);

/// `1.5 GiB`: three significant digits and a binary unit.
std::string FormatBytes(double bytes);

}  // namespace hybrid

#endif  // HYBRID_SWEEP_ADMISSION_H_
