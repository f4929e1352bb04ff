#include "statistics/drift.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "statistics/segments.h"

namespace hybrid {
namespace {

/// Strong evidence (R. E. Kass and A. E. Raftery, "Bayes factors", 1995): a
/// step names a run, so that it is not given up lightly.
constexpr double kStrong = 6;

/// Less is better. The floor is for values that a model fits perfectly.
double Criterion(double squares, std::size_t values, std::size_t parameters) {
  const auto count = static_cast<double>(values);
  return count * std::log(std::max(squares, 1e-20) / count) +
         static_cast<double>(parameters) * std::log(count);
}

}  // namespace

std::optional<double> FindDrift(std::span<const TrendPoint> points,
                                std::span<const std::size_t> cuts) {
  const std::optional<double> slope = TheilSen(points);
  if (!slope) return std::nullopt;
  std::vector<double> values;
  std::vector<double> rests;
  for (const TrendPoint& point : points) {
    values.push_back(point.value);
    rests.push_back(point.value - *slope * point.run);
  }
  // A level and a place for each cut, and the first level.
  const double line = Criterion(SegmentSquares(rests, {}), rests.size(), 2);
  const double levels = Criterion(SegmentSquares(values, cuts), values.size(),
                                  2 * cuts.size() + 1);
  if (line > levels - kStrong) return std::nullopt;
  return slope;
}

}  // namespace hybrid
