#ifndef HYBRID_KEY_PRECISION_H_
#define HYBRID_KEY_PRECISION_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "base/enum_names.h"

namespace hybrid {

/// What the matrices' numbers are, by BLAS's letters: double or float.
enum class Precision : std::uint32_t { kDouble, kSingle };
template <>
inline constexpr std::array<std::string_view, 2> kNames<Precision>{"d", "s"};

/// Double or float, as a type.
template <typename Real>
inline constexpr Precision kPrecisionOf =
    std::is_same_v<Real, float> ? Precision::kSingle : Precision::kDouble;

/// Bytes of one number.
constexpr std::uint64_t BytesOf(Precision precision) {
  return precision == Precision::kSingle ? sizeof(float) : sizeof(double);
}

}  // namespace hybrid

#endif  // HYBRID_KEY_PRECISION_H_
