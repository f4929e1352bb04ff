#include "operation/integer_limit.h"

#include <fmt/format.h>

namespace hybrid {

std::optional<std::string> WhyNotLp64(const Operation& operation,
                                      std::uint64_t n) {
  constexpr double kMostLp64 = 2147483647;
  if (operation.largest_count == nullptr) return std::nullopt;
  const std::uint64_t count = operation.largest_count(n);
  if (static_cast<double>(count) <= kMostLp64) return std::nullopt;
  return fmt::format(
      "{} counts up to {} at n = {}, 32-bit integers (LP64) only to {:.0f}",
      operation.name, count, n, kMostLp64);
}

}  // namespace hybrid
