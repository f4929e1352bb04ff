#include "operation/operation.h"

namespace hybrid {

std::vector<std::string> OperationNames() { return {"gemm", "none"}; }

double FlopsPerTask(std::string_view operation, std::uint64_t n) {
  if (operation == "none") return 0;
  const double order = static_cast<double>(n);
  return 2 * order * order * order;
}

}  // namespace hybrid
