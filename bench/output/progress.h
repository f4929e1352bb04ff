#ifndef HYBRID_BENCH_OUTPUT_PROGRESS_H_
#define HYBRID_BENCH_OUTPUT_PROGRESS_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "flags/min_time.h"
#include "key/key.h"

namespace hybrid {

/// How far the run is: counts benchmarks and estimates the time left.
class Progress {
 public:
  struct Item {
    std::string name;
    double weight = 1;  ///< expected cost, in any unit
  };

  /// `done` others were done before.
  explicit Progress(std::vector<Item> items, std::size_t done = 0);

  /// Of the benchmark `name` another `part` of 1 is done, `elapsed_s` after the
  /// start of the run.
  void Advance(const std::string& name, double part, double elapsed_s);

  /// The benchmark `name` is done, `elapsed_s` after the start of the run.
  void Finish(const std::string& name, double elapsed_s);

  /// What is not done yet.
  double weight_left() const;

  /// `text`, what is being measured now, between Count and TimeLeft.
  std::string StatusText(const std::string& text) const;

  /// How many are done, as `[ 7/36]`.
  std::string Count() const;
  /// How long the rest takes, as `~1:05 left (estimated)`; nothing before the
  /// first one is done and after the last.
  std::string TimeLeft() const;

 private:
  std::size_t total_;
  struct Left {
    double whole = 0;
    double left = 0;
  };
  std::map<std::string, Left> left_;
  double weight_done_ = 0;
  double elapsed_s_ = 0;
};

/// `1:05`: minutes and seconds.
std::string MinutesText(double seconds);

/// A rough weight for TimeLeft: seconds that `repetitions` of `key` would
/// take at 20 GFLOP/s per core, each with workers of its own if `anew`. Only
/// ratios of weights matter.
double ExpectedWeight(const Key& key, int usable_cores, int repetitions,
                      const MinTime& min_time, bool anew);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_PROGRESS_H_
