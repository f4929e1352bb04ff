#include "operation/lapack_check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace hybrid {
namespace {

constexpr int kRounds = 2;
constexpr double kWrong = std::numeric_limits<double>::infinity();

double Length(std::span<const double> x) { return std::sqrt(SumOfSquares(x)); }

}  // namespace

void CompareProducts(
    std::uint64_t n, std::uint64_t seed, double tolerance,
    const std::function<std::vector<double>(std::span<const double>)>& left,
    const std::function<std::vector<double>(std::span<const double>)>& right,
    Verification& result) {
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<double> signs = RandomSigns(n, seed, round);
    const std::vector<double> one = left(signs);
    const std::vector<double> other = right(signs);
    for (std::size_t i = 0; i < one.size(); ++i) {
      result.Note(i, std::abs(one[i] - other[i]), tolerance);
    }
  }
}

void CheckOrthogonal(const Columns& matrix, Precision precision,
                     std::uint64_t seed, double threshold,
                     Verification& result) {
  CompareProducts(
      matrix.columns, seed,
      threshold * static_cast<double>(matrix.rows) * Ulp(precision),
      [&](std::span<const double> signs) {
        return TransposedTimes(matrix, Times(matrix, signs));
      },
      [](std::span<const double> signs) {
        return std::vector<double>(signs.begin(), signs.end());
      },
      result);
}

void CheckDescending(std::span<const double> singular_values,
                     Verification& result) {
  double before = std::numeric_limits<double>::max();
  for (std::size_t i = 0; i < singular_values.size(); ++i) {
    const double value = singular_values[i];
    if (!(value >= 0 && value <= before)) result.Note(i, kWrong, 1);
    before = value;
  }
}

void CheckSingularValues(const Columns& matrix,
                         std::span<const double> singular_values,
                         Precision precision, std::uint64_t seed,
                         Verification& result) {
  CheckDescending(singular_values, result);
  // An error of the decomposition itself moves each value by a few units of
  // the largest; those of n transformations add up like a random walk's steps.
  const double tolerance =
      kSingularThreshold * Ulp(precision) *
      std::sqrt(static_cast<double>(std::max(matrix.rows, matrix.columns)));
  const double squares =
      SumOfSquares({matrix.data, matrix.rows * matrix.columns});
  result.Note(0, std::abs(SumOfSquares(singular_values) - squares),
              tolerance * squares);
  std::vector<double> x = RandomSigns(matrix.columns, seed, 0);
  const double largest = singular_values.front();
  const double smallest = singular_values.back();
  for (int round = 0; round < kRounds; ++round) {
    // Towards the vector of the largest one.
    const std::vector<double> product = Times(matrix, x);
    const double stretch = Length(product) / Length(x);
    result.Note(0, std::max(0.0, stretch - largest), tolerance * largest);
    result.Note(singular_values.size() - 1, std::max(0.0, smallest - stretch),
                tolerance * largest);
    x = TransposedTimes(matrix, product);
  }
}

}  // namespace hybrid
