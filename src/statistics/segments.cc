#include "statistics/segments.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <queue>
#include <span>
#include <vector>

#include "statistics/samples.h"

namespace hybrid {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
/// What the normal distribution has: its standard deviation over its median
/// distance, and its mean distance over its standard deviation.
constexpr double kDeviationPerMedian = 1.4826;
constexpr double kMeanPerDeviation = 0.798;
/// An outlier is this many standard deviations off: in 1000 values chance
/// makes none.
constexpr double kOutlierScatters = 6;
/// Values that an outlier is held against, on each side.
constexpr std::size_t kNeighbours = 3;
constexpr std::size_t kMostCuts = 32;
/// How far squares may move a cut.
constexpr std::size_t kRefine = 2;

/// The sum of distances from the median of values that come one by one.
class RunningCost {
 public:
  void Add(double value) {
    if (lower_.empty() || value <= lower_.top()) {
      lower_.push(value);
      lower_sum_ += value;
    } else {
      upper_.push(value);
      upper_sum_ += value;
    }
    if (lower_.size() > upper_.size() + 1) {
      Move(lower_, lower_sum_, upper_, upper_sum_);
    } else if (upper_.size() > lower_.size()) {
      Move(upper_, upper_sum_, lower_, lower_sum_);
    }
  }
  double Get() const {
    const double surplus = lower_.size() > upper_.size() ? lower_.top() : 0;
    return std::max(0.0, upper_sum_ - lower_sum_ + surplus);
  }

 private:
  static void Move(auto& from, double& from_sum, auto& to, double& to_sum) {
    const double value = from.top();
    from.pop();
    from_sum -= value;
    to.push(value);
    to_sum += value;
  }

  std::priority_queue<double> lower_;
  std::priority_queue<double, std::vector<double>, std::greater<>> upper_;
  double lower_sum_ = 0;
  double upper_sum_ = 0;
};

double InverseSize(std::span<const double> values) {
  return 1 / static_cast<double>(values.size());
}

std::span<const double> Segment(std::span<const double> values,
                                std::span<const std::size_t> cuts,
                                std::size_t index) {
  const std::size_t first = index == 0 ? 0 : cuts[index - 1];
  const std::size_t end = index == cuts.size() ? values.size() : cuts[index];
  return values.subspan(first, end - first);
}

/// The sum of squared distances from the mean.
double Squares(std::span<const double> values) {
  const double mean = Mean(values);
  double squares = 0;
  for (const double value : values) squares += std::pow(value - mean, 2);
  return squares;
}

}  // namespace

double RobustScatter(std::span<const double> values) {
  std::vector<double> distances;
  for (std::size_t i = 1; i < values.size(); ++i) {
    distances.push_back(std::abs(values[i] - values[i - 1]));
  }
  return kDeviationPerMedian * Median(distances).value_or(0) / std::sqrt(2.0);
}

std::vector<std::size_t> FindOutliers(std::span<const double> values,
                                      double least) {
  std::vector<std::size_t> outliers;
  const double far = std::max(least, kOutlierScatters * RobustScatter(values));
  for (std::size_t i = 1; i + 1 < values.size(); ++i) {
    const std::size_t first = i - std::min(i, kNeighbours);
    const std::size_t count = std::min(kNeighbours, values.size() - i - 1);
    const double before = *Median(values.subspan(first, i - first));
    const double after = *Median(values.subspan(i + 1, count));
    const auto apart = [&](double other) {
      return std::abs(values[i] - other) > far;
    };
    // Both neighbours too: of a level of two values neither is an outlier.
    if (apart(before) && apart(after) && apart(values[i - 1]) &&
        apart(values[i + 1]) &&
        std::abs(before - after) < std::abs(values[i] - before) / 2) {
      outliers.push_back(i);
    }
  }
  return outliers;
}

Segmentations::Segmentations(std::span<const double> values)
    : values_(values.begin(), values.end()), size_(values.size()) {
  const std::size_t segments = std::min(
      kMostCuts + 1, std::max<std::size_t>(1, size_ / kFewestPerSegment));
  best_.assign(segments, std::vector<double>(size_ + 1, kNever));
  from_.assign(segments, std::vector<std::size_t>(size_ + 1, 0));
  // Costs of the segments that end at `end`, from the shortest to the longest.
  std::vector<std::vector<double>> costs(size_);
  for (std::size_t first = 0; first < size_; ++first) {
    RunningCost cost;
    for (std::size_t i = first; i < size_; ++i) {
      cost.Add(values[i]);
      costs[first].push_back(cost.Get());
    }
  }
  for (std::size_t end = 1; end <= size_; ++end) {
    best_[0][end] = costs[0][end - 1];
  }
  for (std::size_t k = 1; k < segments; ++k) {
    for (std::size_t end = (k + 1) * kFewestPerSegment; end <= size_; ++end) {
      for (std::size_t first = k * kFewestPerSegment;
           first + kFewestPerSegment <= end; ++first) {
        const double cost = best_[k - 1][first] + costs[first][end - first - 1];
        if (cost < best_[k][end]) {
          best_[k][end] = cost;
          from_[k][end] = first;
        }
      }
    }
  }
  // What a cut has to gain by Schwarz's criterion, for Laplace's distribution.
  const double penalty = kMeanPerDeviation * RobustScatter(values) *
                         std::log(static_cast<double>(size_ + 1));
  double least = kNever;
  for (std::size_t k = 0; k < segments && size_ > 0; ++k) {
    const double cost = best_[k][size_] + penalty * static_cast<double>(k);
    if (cost < least) {
      least = cost;
      most_cuts_ = k;
    }
  }
}

void Segmentations::Refine(std::vector<std::size_t>& cuts) const {
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const std::size_t first = i == 0 ? 0 : cuts[i - 1];
    const std::size_t end = i + 1 == cuts.size() ? values_.size() : cuts[i + 1];
    const std::size_t near = cuts[i];
    double least = kNever;
    for (std::size_t at = std::max(first + kFewestPerSegment, near - kRefine);
         at + kFewestPerSegment <= end && at <= near + kRefine; ++at) {
      const std::span<const double> values = values_;
      const double squares = Squares(values.subspan(first, at - first)) +
                             Squares(values.subspan(at, end - at));
      if (squares >= least) continue;
      least = squares;
      cuts[i] = at;
    }
  }
}

std::vector<std::size_t> Segmentations::Cuts(std::size_t count) const {
  std::vector<std::size_t> cuts(count);
  std::size_t end = size_;
  for (std::size_t k = count; k > 0; --k) {
    end = from_[k][end];
    cuts[k - 1] = end;
  }
  Refine(cuts);
  return cuts;
}

double SegmentSquares(std::span<const double> values,
                      std::span<const std::size_t> cuts) {
  double squares = 0;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    squares += Squares(Segment(values, cuts, i));
  }
  return squares;
}

std::vector<double> CutPValues(std::span<const double> values,
                               std::span<const std::size_t> cuts) {
  std::vector<double> p_values(cuts.size(), 1);
  if (values.size() <= cuts.size() + 1) return p_values;
  const auto freedom = static_cast<double>(values.size() - cuts.size() - 1);
  const double deviation = std::sqrt(SegmentSquares(values, cuts) / freedom);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const auto before = Segment(values, cuts, i);
    const auto after = Segment(values, cuts, i + 1);
    const double difference = std::abs(Mean(after) - Mean(before));
    if (difference == 0) continue;
    const double t =
        difference /
        (deviation * std::sqrt(InverseSize(before) + InverseSize(after)));
    p_values[i] = std::isfinite(t)
                      ? 2 * boost::math::cdf(boost::math::complement(
                                boost::math::students_t(freedom), t))
                      : 0;
  }
  return p_values;
}

}  // namespace hybrid
