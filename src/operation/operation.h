#ifndef HYBRID_OPERATION_OPERATION_H_
#define HYBRID_OPERATION_OPERATION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// The operations that there are.
std::vector<std::string> OperationNames();

/// Floating-point operations of one task: 2n³ for gemm (Golub & Van Loan,
/// Matrix Computations, 1.1.11), 0 for none.
double FlopsPerTask(std::string_view operation, std::uint64_t n);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_OPERATION_H_
