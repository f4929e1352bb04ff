#include "prediction/predict.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>

namespace hybrid {
namespace {

/// How far apart two batches are, as a factor's logarithm.
double DistanceOf(std::uint64_t a, std::uint64_t b) {
  return std::abs(std::log(static_cast<double>(a)) -
                  std::log(static_cast<double>(b)));
}

/// `dividend` / `divisor`, of which 0 counts as 1, up to the next whole number.
std::uint64_t RoundedUp(std::uint64_t dividend, std::uint64_t divisor) {
  divisor = std::max<std::uint64_t>(divisor, 1);
  return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
}

/// The batches of `times` that tell of `asked` on `hosts` hosts: itself, then
/// the nearest.
std::vector<std::uint64_t> TellingBatches(const TimesOfSplit& times,
                                          std::uint64_t asked,
                                          std::uint64_t hosts,
                                          std::uint64_t cores) {
  std::vector<std::uint64_t> batches;
  for (const auto& [batch, by_n] : times) {
    if (BatchTellsOf(batch, asked, hosts * cores)) batches.push_back(batch);
  }
  std::stable_sort(batches.begin(), batches.end(),
                   [asked](std::uint64_t a, std::uint64_t b) {
                     return DistanceOf(a, asked) < DistanceOf(b, asked);
                   });
  return batches;
}

/// The value at `n` of what is `low_value` at `range.low` and `high_value` at
/// `range.high` and a power of n between them.
double Interpolated(std::uint64_t n, const MeasuredRange& range,
                    double low_value, double high_value) {
  if (range.low == range.high) return low_value;
  const auto log_of = [](std::uint64_t order) {
    return std::log(static_cast<double>(std::max<std::uint64_t>(order, 1)));
  };
  const double low = log_of(range.low);
  const double high = log_of(range.high);
  if (low == high) return low_value;
  const double share = (log_of(n) - low) / (high - low);
  return low_value * std::pow(high_value / low_value, share);
}

std::optional<PredictedTime> PredictSplit(const Split& split,
                                          const TimesOfSplit& times,
                                          const TaskSize& size,
                                          std::uint64_t cores) {
  for (const std::uint64_t batch :
       TellingBatches(times, size.batch, split.host_count, cores)) {
    const std::map<std::uint64_t, MeasuredTime>& by_n = times.at(batch);
    const auto high = by_n.lower_bound(size.n);
    if (high == by_n.end()) continue;
    const bool is_there = high->first == size.n;
    if (!is_there && high == by_n.begin()) continue;
    const auto low = is_there ? high : std::prev(high);
    const MeasuredRange n{low->first, high->first};
    const double rounds =
        Rounds(split, size.batch, cores) / Rounds(split, batch, cores);
    return PredictedTime{
        .split = split,
        .seconds = rounds * Interpolated(size.n, n, low->second.seconds,
                                         high->second.seconds),
        .is_bound = low->second.is_bound || high->second.is_bound,
        .is_second_choice =
            low->second.is_second_choice || high->second.is_second_choice,
        .n = n,
        .batch = batch};
  }
  return std::nullopt;
}

}  // namespace

bool IsOverTheCores(const Split& split, std::uint64_t cores) {
  return split.workers > cores / std::max<std::uint64_t>(split.blas_threads, 1);
}

double Rounds(const Split& split, std::uint64_t batch, std::uint64_t cores) {
  if (IsOverTheCores(split, cores)) {
    return std::max(1.0, static_cast<double>(batch) /
                             (static_cast<double>(split.host_count) *
                              static_cast<double>(cores)));
  }
  // Divided one by one, since the product might wrap around.
  return static_cast<double>(
      RoundedUp(RoundedUp(batch, split.host_count), split.workers));
}

bool BatchTellsOf(std::uint64_t measured, std::uint64_t asked,
                  std::uint64_t cores) {
  return measured == asked || std::min(measured, asked) / 2 >= cores;
}

std::span<const PredictedTime> Prediction::ties() const {
  const auto end = std::find_if(
      times.begin(), times.end(), [this](const PredictedTime& time) {
        return time.seconds > kPredictedTie * times.front().seconds;
      });
  return {times.begin(), end};
}

const PredictedTime& Prediction::pick() const {
  const auto calm = std::find_if(
      times.begin(), times.end(),
      [](const PredictedTime& time) { return !time.is_second_choice; });
  const PredictedTime& fastest = times.front();
  return calm != times.end() &&
                 calm->seconds <= kPredictedAlike * fastest.seconds
             ? *calm
             : fastest;
}

std::optional<Prediction> Predict(const MeasuredTimes& times,
                                  const TaskSize& size) {
  Prediction prediction;
  std::vector<PredictedTime> bounds;
  for (const auto& [split, of_split] : times.splits) {
    const auto time = PredictSplit(split, of_split, size, times.cores);
    if (!time) {
      prediction.unknown.push_back(split);
    } else {
      (time->is_bound ? bounds : prediction.times).push_back(*time);
    }
  }
  if (prediction.times.empty()) return std::nullopt;
  const auto is_faster = [](const PredictedTime& a, const PredictedTime& b) {
    return a.seconds < b.seconds;
  };
  std::stable_sort(prediction.times.begin(), prediction.times.end(), is_faster);
  std::stable_sort(bounds.begin(), bounds.end(), is_faster);
  for (const PredictedTime& bound : bounds) {
    if (bound.seconds <= kPredictedTie * prediction.times.front().seconds) {
      prediction.open.push_back(bound);
    }
  }
  return prediction;
}

}  // namespace hybrid
