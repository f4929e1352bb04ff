#ifndef HYBRID_OPERATION_LAPACK_CALL_H_
#define HYBRID_OPERATION_LAPACK_CALL_H_

#include <cstdint>

namespace hybrid {

/// Throws std::runtime_error unless `info`, which LAPACK's `routine` gave, says
/// success.
void ExpectSuccess(const char* routine, std::int64_t info);

/// The doubles of work that a routine wants, as it tells them in work[0]:
/// rounded up, since it may have rounded them.
std::uint64_t WorkDoubles(double told);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_LAPACK_CALL_H_
