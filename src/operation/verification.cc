#include "operation/verification.h"

#include <Random123/philox.h>

#include <cmath>
#include <cstddef>
#include <limits>

// Whatever way the flag took past refuse_fast_math.cmake.
#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ != 0
#error "-ffinite-math-only lets a product full of NaN pass verification"
#endif

namespace hybrid {
namespace {

constexpr int kFreivaldsRounds = 2;

Sums RandomSigns(std::uint64_t n, std::uint64_t seed, int round) {
  using Generator = r123::Philox2x64;
  Generator generator;
  Sums signs{.values = std::vector<double>(n),
             .sizes = std::vector<double>(n, 1.0)};
  for (std::uint64_t i = 0; i < n; ++i) {
    const Generator::ctr_type bits =
        generator(Generator::ctr_type{{i, static_cast<std::uint64_t>(round)}},
                  Generator::key_type{{seed}});
    signs.values[i] = (bits[0] & 1U) != 0 ? 1.0 : -1.0;
  }
  return signs;
}

/// The tolerance of a sum is this many times its size.
double RelativeTolerance(std::uint64_t n) {
  constexpr double kUnit = std::numeric_limits<double>::epsilon() / 2;
  const double order = static_cast<double>(n);
  return 4 * order * kUnit / (1 - order * kUnit);
}

/// False once nothing can be worse.
bool CompareSides(const BothSides& sides, double tolerance,
                  Verification& result) {
  for (std::size_t i = 0; i < sides.operands.values.size(); ++i) {
    const double residual =
        std::abs(sides.product.values[i] - sides.operands.values[i]);
    // An all-zero row has no tolerance and must be met exactly.
    const double ratio =
        residual == 0 ? 0 : residual / (tolerance * sides.operands.sizes[i]);
    if (!(ratio <= result.worst_ratio)) {
      result.worst_ratio = ratio;
      result.worst_row = i;
      if (std::isnan(ratio)) return false;
    }
  }
  return true;
}

}  // namespace

Sums Multiply(std::uint64_t n, const double* matrix, const Sums& x) {
  Sums y{.values = std::vector<double>(n), .sizes = std::vector<double>(n)};
  for (std::uint64_t i = 0; i < n; ++i) {
    const double* row = matrix + i * n;
    double value = 0;
    double size = 0;
    for (std::uint64_t j = 0; j < n; ++j) {
      value += row[j] * x.values[j];
      size += std::abs(row[j]) * x.sizes[j];
    }
    y.values[i] = value;
    y.sizes[i] = size;
  }
  return y;
}

Sums MultiplyTransposed(std::uint64_t n, const double* matrix, const Sums& x) {
  Sums y{.values = std::vector<double>(n), .sizes = std::vector<double>(n)};
  for (std::uint64_t i = 0; i < n; ++i) {
    const double* row = matrix + i * n;
    for (std::uint64_t j = 0; j < n; ++j) {
      y.values[j] += row[j] * x.values[i];
      y.sizes[j] += std::abs(row[j]) * x.sizes[i];
    }
  }
  return y;
}

Verification FreivaldsCheck(
    std::uint64_t n, std::uint64_t seed,
    const std::function<BothSides(const Sums& signs)>& both_sides) {
  Verification result;
  for (int round = 0; round < kFreivaldsRounds; ++round) {
    if (!CompareSides(both_sides(RandomSigns(n, seed, round)),
                      RelativeTolerance(n), result)) {
      break;
    }
  }
  return result;
}

}  // namespace hybrid
