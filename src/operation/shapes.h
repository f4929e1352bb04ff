#ifndef HYBRID_OPERATION_SHAPES_H_
#define HYBRID_OPERATION_SHAPES_H_

#include <cstdint>

#include "operation/shape.h"

namespace hybrid {

/// Numbers of an n × n matrix.
constexpr std::uint64_t SquareMatrix(const Shape& shape) {
  return shape.n * shape.n;
}

/// Numbers of an m × n matrix.
constexpr std::uint64_t TallMatrix(const Shape& shape) {
  return shape.aspect * shape.n * shape.n;
}

/// Numbers of a triangle of an n × n matrix, diagonal included.
constexpr std::uint64_t Triangle(const Shape& shape) {
  return shape.n * (shape.n + 1) / 2;
}

/// Numbers of a vector of n elements.
constexpr std::uint64_t Vector(const Shape& shape) { return shape.n; }

/// Numbers of a panel of n rows, as wide as LAPACK's blocked routines take them
/// at most.
constexpr std::uint64_t Panel(std::uint64_t n) { return 64 * n; }

}  // namespace hybrid

#endif  // HYBRID_OPERATION_SHAPES_H_
