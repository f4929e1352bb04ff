#ifndef HYBRID_OPERATION_LAPACK_CHECK_H_
#define HYBRID_OPERATION_LAPACK_CHECK_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "operation/columns.h"
#include "operation/verification.h"

namespace hybrid {

// LAPACK's own tests divide residuals by norms, sizes and the unit of rounding,
// and let what is left be as large as these (LAPACK, TESTING/*.in).
inline constexpr double kLinearThreshold = 30;
inline constexpr double kSingularThreshold = 50;
inline constexpr double kEigenThreshold = 60;

// LAPACK measures linear solvers by the first, decompositions by the second.
// Checks are done in double, whose own rounding is far below float's.
inline double Eps(Precision precision) { return UnitRoundoff(precision); }
inline double Ulp(Precision precision) { return 2 * UnitRoundoff(precision); }

/// The cheap form of a check that two matrices of n columns are the same:
/// multiplies both by a few random vectors of ±1 instead of making them, and
/// lets every element be off by `tolerance`. Whoever passes the whole check,
/// whose norm the tolerance is of, passes this one.
void CompareProducts(
    std::uint64_t n, std::uint64_t seed, double tolerance,
    const std::function<std::vector<double>(std::span<const double>)>& left,
    const std::function<std::vector<double>(std::span<const double>)>& right,
    Verification& result);

/// matrixᵀ · matrix must be the identity, within threshold · rows · ulp.
void CheckOrthogonal(const Columns& matrix, Precision precision,
                     std::uint64_t seed, double threshold,
                     Verification& result);

/// Singular values must be finite, at least 0 and descending.
void CheckDescending(std::span<const double> singular_values,
                     Verification& result);

/// What can be told in O(rows · columns) of singular values without vectors:
/// they descend, their squares add up to those of the matrix's elements, and
/// no product with a vector is longer than the largest allows or shorter than
/// the smallest does. An error of 1e-6 of the largest shows in any of them, up
/// to a few thousand columns, in double precision; in single precision one of a
/// few percent.
void CheckSingularValues(const Columns& matrix,
                         std::span<const double> singular_values,
                         Precision precision, std::uint64_t seed,
                         Verification& result);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_LAPACK_CHECK_H_
