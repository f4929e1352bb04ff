#include "operation/registry.h"

namespace hybrid {
namespace {

std::uint64_t Unknown(const Shape&) { return 0; }
double UnknownFlops(const Shape&) { return 0; }

}  // namespace

const Operation operations::kCommand{.name = kCommandOperation,
                                     .help = "what the user's own program does",
                                     .operands = {},
                                     .product = Unknown,
                                     .written = Unknown,
                                     .flops = UnknownFlops,
                                     .nominal = true,
                                     .runs_program = true};

}  // namespace hybrid
