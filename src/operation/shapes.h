#ifndef HYBRID_OPERATION_SHAPES_H_
#define HYBRID_OPERATION_SHAPES_H_

#include <cstdint>

namespace hybrid {

/// Doubles of an n × n matrix.
constexpr std::uint64_t SquareMatrix(std::uint64_t n) { return n * n; }

}  // namespace hybrid

#endif  // HYBRID_OPERATION_SHAPES_H_
