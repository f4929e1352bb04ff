#ifndef HYBRID_OPERATION_CALLER_STACK_H_
#define HYBRID_OPERATION_CALLER_STACK_H_

#include <cstddef>

namespace hybrid {

/// The stack of a thread that is started to call a LAPACK, whose recursion puts
/// half a MiB a level there (OpenBLAS's getrf), whatever `ulimit -s` says.
inline constexpr std::size_t kCallerStackBytes = std::size_t{16} << 20U;

}  // namespace hybrid

#endif  // HYBRID_OPERATION_CALLER_STACK_H_
