#include "operation/lapack_call.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace hybrid {

void ExpectSuccess(const char* routine, std::int64_t info) {
  if (info == 0) return;
  throw std::runtime_error(
      info < 0 ? fmt::format("{} refuses its argument {} (info = {})", routine,
                             -info, info)
               : fmt::format("{} failed (info = {})", routine, info));
}

std::uint64_t WorkDoubles(double told) {
  return static_cast<std::uint64_t>(
      std::ceil(std::nextafter(told, std::numeric_limits<double>::infinity())));
}

}  // namespace hybrid
