#include "protocol/latency_histogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hybrid {

void LatencyHistogram::Add(const LatencyHistogram& other) {
  for (std::size_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
  max_ns_ = std::max(max_ns_, other.max_ns_);
}

std::uint64_t LatencyHistogram::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

std::optional<double> LatencyHistogram::Quantile_s(double share) const {
  const std::uint64_t all = count();
  if (all == 0) return std::nullopt;
  const double wanted = std::ceil(share * static_cast<double>(all));
  const auto rank = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::max(wanted, 0.0)));
  std::uint64_t seen = 0;
  std::size_t bucket = 0;
  while (bucket + 1 < kBuckets && (seen += counts_[bucket]) < rank) ++bucket;
  if (bucket < kPerOctave) return static_cast<double>(bucket) / 1e9;
  const std::size_t shift = bucket / kPerOctave - 1;
  const double width = std::ldexp(1.0, static_cast<int>(shift));
  const double low =
      static_cast<double>(kPerOctave + bucket % kPerOctave) * width;
  // No task was longer than the longest.
  return std::min(low + width / 2, static_cast<double>(max_ns_)) / 1e9;
}

}  // namespace hybrid
