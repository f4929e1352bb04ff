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

/// The tolerance of a sum is this many times its size.
double RelativeTolerance(std::uint64_t terms) {
  constexpr double kUnit = std::numeric_limits<double>::epsilon() / 2;
  const double order = static_cast<double>(terms);
  return 4 * order * kUnit / (1 - order * kUnit);
}

void CompareSides(const BothSides& sides, double tolerance,
                  Verification& result) {
  for (std::size_t i = 0; i < sides.operands.values.size(); ++i) {
    result.Note(i, std::abs(sides.product.values[i] - sides.operands.values[i]),
                tolerance * sides.operands.sizes[i]);
  }
}

}  // namespace

void Verification::Note(std::uint64_t row, double residual, double tolerance) {
  if (std::isnan(worst_ratio)) return;
  const double ratio = residual == 0 ? 0 : residual / tolerance;
  if (ratio <= worst_ratio) return;
  worst_ratio = ratio;
  worst_row = row;
}

std::vector<double> RandomSigns(std::uint64_t n, std::uint64_t seed,
                                int round) {
  using Generator = r123::Philox2x64;
  Generator generator;
  std::vector<double> signs(n);
  for (std::uint64_t i = 0; i < n; ++i) {
    const Generator::ctr_type bits =
        generator(Generator::ctr_type{{i, static_cast<std::uint64_t>(round)}},
                  Generator::key_type{{seed}});
    signs[i] = (bits[0] & 1U) != 0 ? 1.0 : -1.0;
  }
  return signs;
}

Sums Multiply(std::uint64_t rows, const double* matrix, const Sums& x) {
  const std::size_t columns = x.values.size();
  Sums y{.values = std::vector<double>(rows),
         .sizes = std::vector<double>(rows)};
  for (std::uint64_t i = 0; i < rows; ++i) {
    const double* row = matrix + i * columns;
    double value = 0;
    double size = 0;
    for (std::size_t j = 0; j < columns; ++j) {
      value += row[j] * x.values[j];
      size += std::abs(row[j]) * x.sizes[j];
    }
    y.values[i] = value;
    y.sizes[i] = size;
  }
  return y;
}

Sums MultiplyTransposed(std::uint64_t columns, const double* matrix,
                        const Sums& x) {
  Sums y{.values = std::vector<double>(columns),
         .sizes = std::vector<double>(columns)};
  for (std::size_t i = 0; i < x.values.size(); ++i) {
    const double* row = matrix + i * columns;
    for (std::uint64_t j = 0; j < columns; ++j) {
      y.values[j] += row[j] * x.values[i];
      y.sizes[j] += std::abs(row[j]) * x.sizes[i];
    }
  }
  return y;
}

Verification FreivaldsCheck(
    std::uint64_t n, std::uint64_t seed,
    const std::function<BothSides(const Sums& signs)>& both_sides) {
  return FreivaldsCheck(n, n, seed, both_sides);
}

Verification FreivaldsCheck(
    std::uint64_t n, std::uint64_t terms, std::uint64_t seed,
    const std::function<BothSides(const Sums& signs)>& both_sides) {
  Verification result;
  for (int round = 0; round < kFreivaldsRounds; ++round) {
    const Sums signs{.values = RandomSigns(n, seed, round),
                     .sizes = std::vector<double>(n, 1.0)};
    CompareSides(both_sides(signs), RelativeTolerance(terms), result);
  }
  return result;
}

}  // namespace hybrid
