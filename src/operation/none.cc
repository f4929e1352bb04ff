#include "operation/registry.h"

namespace hybrid {
namespace {

std::uint64_t Nothing(const Shape&) { return 0; }
double NoFlops(const Shape&) { return 0; }

}  // namespace

const Operation operations::kNone{
    .name = "none",
    .help = "neither load nor operate: the harness's own cost",
    .operands = {},
    .product = Nothing,
    .written = Nothing,
    .flops = NoFlops};

}  // namespace hybrid
