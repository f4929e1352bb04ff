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

/// γ: the rounding error of a sum, in proportion to its size.
double Gamma(std::uint64_t terms, Precision precision) {
  const double units = static_cast<double>(terms) * UnitRoundoff(precision);
  return units < 1 ? units / (1 - units)
                   : std::numeric_limits<double>::infinity();
}

void CompareSides(const BothSides& sides, double tolerance,
                  Verification& result) {
  for (std::size_t i = 0; i < sides.operands.values.size(); ++i) {
    result.Note(i, std::abs(sides.product.values[i] - sides.operands.values[i]),
                tolerance * sides.operands.sizes[i]);
  }
}

}  // namespace

double UnitRoundoff(Precision precision) {
  return precision == Precision::kSingle
             ? std::numeric_limits<float>::epsilon() / 2
             : std::numeric_limits<double>::epsilon() / 2;
}

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
    std::uint64_t n, const SummedTerms& terms, Precision precision,
    std::uint64_t seed,
    const std::function<BothSides(const Sums& signs)>& both_sides) {
  const double tolerance =
      Gamma(terms.product, precision) + Gamma(terms.check, Precision::kDouble);
  Verification result;
  for (int round = 0; round < kFreivaldsRounds; ++round) {
    const Sums signs{.values = RandomSigns(n, seed, round),
                     .sizes = std::vector<double>(n, 1.0)};
    CompareSides(both_sides(signs), tolerance, result);
  }
  return result;
}

}  // namespace hybrid
