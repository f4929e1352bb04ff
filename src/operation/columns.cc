#include "operation/columns.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace hybrid {
namespace {

double Dot(std::span<const double> x, std::span<const double> y) {
  return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
}

/// The largest of sums, where NaN is larger than all.
double Largest(std::span<const double> sums) {
  double largest = 0;
  for (const double sum : sums) {
    if (std::isnan(sum)) return sum;
    largest = std::max(largest, sum);
  }
  return largest;
}

}  // namespace

std::vector<double> Times(const Columns& matrix, std::span<const double> x) {
  std::vector<double> y(matrix.rows);
  for (std::uint64_t j = 0; j < matrix.columns; ++j) {
    const std::span<const double> column = matrix.column(j);
    for (std::size_t i = 0; i < y.size(); ++i) y[i] += column[i] * x[j];
  }
  return y;
}

std::vector<double> TransposedTimes(const Columns& matrix,
                                    std::span<const double> x) {
  std::vector<double> y(matrix.columns);
  for (std::uint64_t j = 0; j < matrix.columns; ++j) {
    y[j] = Dot(matrix.column(j), x);
  }
  return y;
}

std::vector<double> LowerTimes(const Columns& matrix,
                               std::span<const double> x) {
  std::vector<double> y(matrix.rows);
  for (std::uint64_t j = 0; j < matrix.columns; ++j) {
    const std::span<const double> column = matrix.column(j);
    for (std::size_t i = j; i < y.size(); ++i) y[i] += column[i] * x[j];
  }
  return y;
}

std::vector<double> LowerTransposedTimes(const Columns& matrix,
                                         std::span<const double> x) {
  std::vector<double> y(matrix.columns);
  for (std::uint64_t j = 0; j < matrix.columns; ++j) {
    y[j] = Dot(matrix.column(j).subspan(j), x.subspan(j));
  }
  return y;
}

double OneNorm(const Columns& matrix) {
  std::vector<double> sums(matrix.columns);
  for (std::uint64_t j = 0; j < matrix.columns; ++j) {
    for (const double element : matrix.column(j)) sums[j] += std::abs(element);
  }
  return Largest(sums);
}

double InfinityNorm(const Columns& matrix) {
  std::vector<double> sums(matrix.rows);
  for (std::uint64_t j = 0; j < matrix.columns; ++j) {
    const std::span<const double> column = matrix.column(j);
    for (std::size_t i = 0; i < sums.size(); ++i)
      sums[i] += std::abs(column[i]);
  }
  return Largest(sums);
}

double SumOfSquares(std::span<const double> values) {
  return Dot(values, values);
}

template <typename Real>
void Symmetrize(std::uint64_t n, Real* matrix) {
  // In tiles, or each element of a large matrix's rows costs a cache line.
  constexpr std::uint64_t kTile = 32;
  for (std::uint64_t first_j = 0; first_j < n; first_j += kTile) {
    const std::uint64_t end_j = std::min(n, first_j + kTile);
    for (std::uint64_t first_i = first_j; first_i < n; first_i += kTile) {
      const std::uint64_t end_i = std::min(n, first_i + kTile);
      for (std::uint64_t j = first_j; j < end_j; ++j) {
        for (std::uint64_t i = std::max(first_i, j + 1); i < end_i; ++i) {
          matrix[i * n + j] = matrix[j * n + i];
        }
      }
    }
  }
}

template void Symmetrize(std::uint64_t n, double* matrix);
template void Symmetrize(std::uint64_t n, float* matrix);

}  // namespace hybrid
