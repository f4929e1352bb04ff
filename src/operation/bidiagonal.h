#ifndef HYBRID_OPERATION_BIDIAGONAL_H_
#define HYBRID_OPERATION_BIDIAGONAL_H_

#include <algorithm>
#include <string_view>

#include "operation/shape.h"

namespace hybrid {

/// Reduction of an m × n matrix to bidiagonal form by the cheaper of two ways:
/// at once, 4mn² − 4n³/3, or of the factor R of its QR factors, which take
/// 2mn² − 2n³/3, 8n³/3 (Blackford & Dongarra, Installation Guide for LAPACK
/// (LAPACK Working Note 41), gebrd and geqrf). The iteration that singular
/// values take after it has no count.
inline double BidiagonalFlops(const Shape& shape) {
  const auto m = static_cast<double>(shape.m());
  const auto n = static_cast<double>(shape.n);
  return std::min(4 * m * n * n - 4 * n * n * n / 3,
                  2 * m * n * n + 2 * n * n * n);
}
inline constexpr std::string_view kBidiagonalFormula =
    "the smaller of 4mn² − 4n³/3 and 2mn² + 2n³";
inline constexpr std::string_view kBidiagonalSource =
    "LAPACK Working Note 41, gebrd, or geqrf and gebrd";

}  // namespace hybrid

#endif  // HYBRID_OPERATION_BIDIAGONAL_H_
