#ifndef HYBRID_BLAS_ROUTINE_RESOLVER_H_
#define HYBRID_BLAS_ROUTINE_RESOLVER_H_

#include <functional>
#include <string>

namespace hybrid {

/// Where a routine's entry point lies: of Fortran's "dgemm", or C's
/// "cblas_dgemm_batch", for example, whatever the library calls it; null where
/// it has none.
using RoutineResolver = std::function<void*(const std::string& routine)>;

}  // namespace hybrid

#endif  // HYBRID_BLAS_ROUTINE_RESOLVER_H_
