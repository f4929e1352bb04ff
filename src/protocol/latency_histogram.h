#ifndef HYBRID_PROTOCOL_LATENCY_HISTOGRAM_H_
#define HYBRID_PROTOCOL_LATENCY_HISTOGRAM_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace hybrid {

/// How long tasks took, in buckets of 1/32 of a power of two: at most 3.2 %
/// wide, as in HdrHistogram (Tene, 2012). Plain data, so that it can lie in
/// shared memory; adding costs a few instructions and no division for a single
/// task.
class LatencyHistogram {
 public:
  /// `tasks` tasks took `total_ns` together; each counts with their mean.
  void Add(std::int64_t total_ns, std::uint64_t tasks) {
    const auto total = static_cast<std::uint64_t>(total_ns < 0 ? 0 : total_ns);
    const std::uint64_t each = tasks == 1 ? total : total / tasks;
    counts_[BucketOf(each)] += tasks;
    if (each > max_ns_) max_ns_ = each;
  }

  /// One of the tasks, added with others' mean, took `ns`.
  void NoteMax(std::int64_t ns) {
    if (ns > 0 && static_cast<std::uint64_t>(ns) > max_ns_) {
      max_ns_ = static_cast<std::uint64_t>(ns);
    }
  }

  /// Adds all tasks of `other`.
  void Add(const LatencyHistogram& other);

  std::uint64_t count() const;
  std::uint64_t max_ns() const { return max_ns_; }

  /// The latency in seconds that `share` (0 … 1) of the tasks did not exceed,
  /// to the middle of its bucket; nothing if there is no task.
  std::optional<double> Quantile_s(double share) const;

 private:
  static constexpr int kBits = 5;
  static constexpr std::uint64_t kPerOctave = std::uint64_t{1} << kBits;
  /// Up to 2^41 ns, more than half an hour; longer ones share the last bucket.
  static constexpr std::size_t kBuckets = kPerOctave * (41 - kBits + 1);

  static std::size_t BucketOf(std::uint64_t ns) {
    if (ns < kPerOctave) return ns;
    const int shift = static_cast<int>(std::bit_width(ns)) - 1 - kBits;
    const std::size_t bucket =
        static_cast<std::size_t>(shift) * kPerOctave + (ns >> shift);
    return bucket < kBuckets ? bucket : kBuckets - 1;
  }

  std::array<std::uint64_t, kBuckets> counts_{};
  std::uint64_t max_ns_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_PROTOCOL_LATENCY_HISTOGRAM_H_
