#ifndef HYBRID_STATISTICS_SEGMENTS_H_
#define HYBRID_STATISTICS_SEGMENTS_H_

#include <cstddef>
#include <span>
#include <vector>

namespace hybrid {

/// A level can't be told from an outlier with fewer values than this.
inline constexpr std::size_t kFewestPerSegment = 2;

/// How values scatter about their level, as a standard deviation: from the
/// median distance of neighbours, which neither steps nor a few outliers nor a
/// drift move much. Von Neumann's differences (1941), with a median for their
/// mean. 0 with fewer than two values.
double RobustScatter(std::span<const double> values);

/// Which single values stand apart from the values before and after them,
/// which agree: by more than `least`, and than what values scatter. Never the
/// first or the last, for which one side is missing.
std::vector<std::size_t> FindOutliers(std::span<const double> values,
                                      double least);

/// All ways to cut `values` into few segments of constant level, each the best
/// for its number of cuts: the one with the smallest sum of distances from the
/// segments' medians. Unlike binary segmentation, which this is the exact form
/// of, it also finds a level that comes and goes: there, no single cut is any
/// better than none. Distances, not their squares, so that an outlier does not
/// attract cuts.
///
/// I. E. Auger and C. E. Lawrence, "Algorithms for the optimal identification
/// of segment neighborhoods", Bulletin of Mathematical Biology 51 (1989),
/// 39-54; R. Killick, P. Fearnhead and I. A. Eckley, "Optimal detection of
/// changepoints with a linear computational cost", Journal of the American
/// Statistical Association 107 (2012), 1590-1598, for the penalty per cut.
class Segmentations {
 public:
  explicit Segmentations(std::span<const double> values);

  /// The number of cuts that a penalty for each of what chance gains allows: an
  /// upper bound to begin with, as tests of each cut follow.
  std::size_t most_cuts() const { return most_cuts_; }

  /// Where the segments of the best way with `count` cuts, at most most_cuts(),
  /// begin but for the first, in order.
  std::vector<std::size_t> Cuts(std::size_t count) const;

 private:
  // Near where distances cut, squares cut more exactly.
  void Refine(std::vector<std::size_t>& cuts) const;

  std::vector<double> values_;
  std::size_t size_;
  std::size_t most_cuts_ = 0;
  // best_[k][end]: the least cost of the first `end` values with k cuts, and
  // from_ where the last of these segments begins.
  std::vector<std::vector<double>> best_;
  std::vector<std::vector<std::size_t>> from_;
};

/// The sum of squared distances from the segments' means.
double SegmentSquares(std::span<const double> values,
                      std::span<const std::size_t> cuts);

/// The two-sided p-value of Student's t-test between the segments on both
/// sides of each cut; the scatter is pooled from all segments, which makes the
/// test useful where a level has few values. 1 with no degree of freedom left.
std::vector<double> CutPValues(std::span<const double> values,
                               std::span<const std::size_t> cuts);

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_SEGMENTS_H_
