#ifndef HYBRID_STATISTICS_BOOTSTRAP_H_
#define HYBRID_STATISTICS_BOOTSTRAP_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace hybrid {

/// The samples of one configuration, by run.
using Runs = std::vector<std::vector<double>>;

/// All samples of all runs.
std::vector<double> AllSamples(const Runs& runs);

/// From `low` to `high`, both included.
struct Interval {
  double low = 0;
  double high = 0;
};

/// The 95 % bootstrap percentile interval of median(new) / median(baseline),
/// from 2000 resamples a side. With several runs a side it resamples runs, and
/// repetitions within each, so that what differs from run to run counts.
/// Random numbers have a fixed seed: the same samples give the same interval,
/// in whatever order configurations are asked for. Keeps the ranks it drew for
/// sides of one run, which depend on their size alone.
///
/// B. Efron, "Bootstrap methods: another look at the jackknife", Annals of
/// Statistics 7 (1979), 1-26; A. C. Davison and D. V. Hinkley, "Bootstrap
/// Methods and their Application" (1997), sections 3.8 and 5.3.
class RatioBootstrap {
 public:
  /// The interval of `now` over `baseline`. Each side holds at least one run,
  /// each run at least one sample, all positive.
  Interval operator()(const Runs& baseline, const Runs& now);

 private:
  /// Where the two middle samples of a resample stand among all, sorted.
  struct Middle {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
  };
  using Middles = std::vector<Middle>;

  static Middles Draw(std::span<const std::size_t> sizes,
                      std::span<const std::uint32_t> ranks, std::uint64_t seed);
  const Middles& DrawOfOneRun(std::size_t size, std::uint64_t seed);
  void ResampleMedians(const Runs& runs, std::uint64_t seed,
                       std::vector<double>& medians);

  std::map<std::pair<std::size_t, std::uint64_t>, Middles> drawn_;
  std::vector<double> ratios_;
  std::vector<double> bases_;
};

}  // namespace hybrid

#endif  // HYBRID_STATISTICS_BOOTSTRAP_H_
