#ifndef HYBRID_OPERATION_COLUMNS_H_
#define HYBRID_OPERATION_COLUMNS_H_

#include <cstdint>
#include <span>
#include <vector>

namespace hybrid {

/// A matrix in columns, as LAPACK has them, for checks in O(rows · columns).
struct Columns {
  std::uint64_t rows;
  std::uint64_t columns;
  const double* data;

  std::span<const double> column(std::uint64_t j) const {
    return {data + j * rows, rows};
  }
};

/// matrix · x.
std::vector<double> Times(const Columns& matrix, std::span<const double> x);

/// matrixᵀ · x.
std::vector<double> TransposedTimes(const Columns& matrix,
                                    std::span<const double> x);

/// The lower triangle of the square matrix times x.
std::vector<double> LowerTimes(const Columns& matrix,
                               std::span<const double> x);

/// The transpose of the square matrix's lower triangle, times x.
std::vector<double> LowerTransposedTimes(const Columns& matrix,
                                         std::span<const double> x);

/// The largest sum of a column's absolute values.
double OneNorm(const Columns& matrix);

/// The largest sum of a row's absolute values.
double InfinityNorm(const Columns& matrix);

/// Sum of all squares.
double SumOfSquares(std::span<const double> values);

/// Makes the square matrix symmetric by its lower triangle.
template <typename Real>
void Symmetrize(std::uint64_t n, Real* matrix);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_COLUMNS_H_
