#ifndef HYBRID_BENCH_OUTPUT_PROGRESS_H_
#define HYBRID_BENCH_OUTPUT_PROGRESS_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "flags/min_time.h"
#include "key/key.h"
#include "output/text_output.h"

namespace hybrid {

/// How far the run is: counts benchmarks, estimates the time left, and keeps a
/// status line at the bottom of a terminal. On anything but a terminal there
/// is no status line.
class Progress {
 public:
  struct Item {
    std::string name;
    double weight = 1;  ///< expected cost, in any unit
  };

  /// `done` others were done before. `out` has to live on.
  Progress(std::vector<Item> items, TextOutput& out, std::size_t done = 0);

  /// Shows `text` as what is being measured now.
  void ShowStatus(const std::string& text);
  /// Takes the status line away, before anything else is printed.
  void ClearStatus();

  /// The benchmark `name` is done, `elapsed_s` after the start of the run.
  void Finish(const std::string& name, double elapsed_s);

  /// How many are done, as `[ 7/36]`.
  std::string Count() const;
  /// How long the rest takes, as `~1:05 left (estimated)`; nothing before the
  /// first one is done and after the last.
  std::string TimeLeft() const;

 private:
  TextOutput& out_;
  bool is_terminal_;
  bool status_shown_ = false;
  std::size_t total_;
  std::map<std::string, double> left_;
  double weight_done_ = 0;
  double elapsed_s_ = 0;
};

/// A rough weight for TimeLeft: seconds that `repetitions` of `key` would
/// take at 20 GFLOP/s per core. Only ratios of weights matter.
double ExpectedWeight(const Key& key, int usable_cores, int repetitions,
                      const MinTime& min_time);

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_PROGRESS_H_
