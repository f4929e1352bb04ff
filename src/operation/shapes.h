#ifndef HYBRID_OPERATION_SHAPES_H_
#define HYBRID_OPERATION_SHAPES_H_

#include <cstdint>

namespace hybrid {

/// Doubles of an n × n matrix.
constexpr std::uint64_t SquareMatrix(std::uint64_t n) { return n * n; }

/// Doubles of one of its triangles, diagonal included.
constexpr std::uint64_t Triangle(std::uint64_t n) { return n * (n + 1) / 2; }

/// Doubles of a vector of n elements.
constexpr std::uint64_t Vector(std::uint64_t n) { return n; }

/// Doubles of a panel of n rows, as wide as LAPACK's blocked routines take them
/// at most.
constexpr std::uint64_t Panel(std::uint64_t n) { return 64 * n; }

}  // namespace hybrid

#endif  // HYBRID_OPERATION_SHAPES_H_
