#ifndef HYBRID_OPERATION_LAPACK_CALL_H_
#define HYBRID_OPERATION_LAPACK_CALL_H_

#include <cstdint>

#include "blas/blas_calls.h"

namespace hybrid {

/// Throws std::runtime_error unless `info`, which LAPACK's `routine`, named
/// without its `letter`, gave, says success.
void ExpectSuccess(char letter, const char* routine, std::int64_t info);

/// The same for the routine of these numbers.
template <typename Real>
void ExpectSuccess(const char* routine, std::int64_t info) {
  ExpectSuccess(kLetter<Real>, routine, info);
}

/// The numbers of work that a routine wants, as it tells them in work[0]:
/// rounded up, since it may have rounded them.
std::uint64_t WorkNumbers(double told);
std::uint64_t WorkNumbers(float told);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_LAPACK_CALL_H_
