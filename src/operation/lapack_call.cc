#include "operation/lapack_call.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace hybrid {
namespace {

template <typename Real>
std::uint64_t RoundedUp(Real told) {
  return static_cast<std::uint64_t>(
      std::ceil(std::nextafter(told, std::numeric_limits<Real>::infinity())));
}

}  // namespace

void ExpectSuccess(char letter, const char* routine, std::int64_t info) {
  if (info == 0) return;
  throw std::runtime_error(
      info < 0 ? fmt::format("{}{} refuses its argument {} (info = {})", letter,
                             routine, -info, info)
               : fmt::format("{}{} failed (info = {})", letter, routine, info));
}

std::uint64_t WorkNumbers(double told) { return RoundedUp(told); }
std::uint64_t WorkNumbers(float told) { return RoundedUp(told); }

}  // namespace hybrid
