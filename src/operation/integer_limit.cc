#include "operation/integer_limit.h"

#include <fmt/format.h>

#include <cstdint>

namespace hybrid {

std::optional<std::string> WhyNotLp64(const Operation& operation,
                                      const Shape& shape) {
  constexpr double kMostLp64 = 2147483647;
  if (operation.largest_count == nullptr) return std::nullopt;
  const std::uint64_t count = operation.largest_count(shape);
  if (static_cast<double>(count) <= kMostLp64) return std::nullopt;
  const std::string tall = operation.has_aspects() && shape.aspect != 1
                               ? fmt::format(", m = {}", shape.m())
                               : "";
  return fmt::format(
      "{} counts up to {} at n = {}{}, 32-bit integers (LP64) only to {:.0f}",
      operation.name, count, shape.n, tall, kMostLp64);
}

}  // namespace hybrid
