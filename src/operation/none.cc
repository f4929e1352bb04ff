#include "operation/registry.h"

namespace hybrid {
namespace {

std::uint64_t NoDoubles(std::uint64_t) { return 0; }
double NoFlops(std::uint64_t) { return 0; }

}  // namespace

const Operation operations::kNone{
    .name = "none",
    .help = "neither load nor operate: the harness's own cost",
    .operands = {},
    .product = NoDoubles,
    .written = NoDoubles,
    .flops = NoFlops};

}  // namespace hybrid
