#ifndef HYBRID_BLAS_LIMITS_H_
#define HYBRID_BLAS_LIMITS_H_

#include <cstdint>
#include <optional>
#include <string>

namespace hybrid {

/// Bytes that the BLAS of one process takes for packed parts of its operands,
/// at most.
double PackingBytes(std::uint64_t blas_threads);

/// Why the BLAS does not run as many threads as it is told to; nothing if it
/// does.
std::optional<std::string> WhyNotThreads(std::uint64_t blas_threads);

}  // namespace hybrid

#endif  // HYBRID_BLAS_LIMITS_H_
