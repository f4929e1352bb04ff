#ifndef HYBRID_BENCH_OUTPUT_RESULT_TABLE_H_
#define HYBRID_BENCH_OUTPUT_RESULT_TABLE_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// The lines that a run prints as it measures: one for each configuration, in
/// no more than 80 columns.
class ResultTable {
 public:
  /// For configurations `keys`; what is the same in all of them but n and batch
  /// is not repeated in every line. `count_width` columns are left for what
  /// stands before each line. With `verbose`, below each line stands how the
  /// workers spent the time, and what made it noisy.
  ResultTable(const std::vector<Key>& keys, std::size_t count_width,
              bool verbose);

  std::string Header() const;

  /// Of a configuration that is done: median and spread of its wall time,
  /// GFLOP/s and the share of the peak, or a command's tasks/s (`800/s` in a
  /// table of others too) and, by the flops that it says, GFLOP/s, and `!`
  /// where it was noisy; or how it ended, `ending` being the whole story, which
  /// is told of what has no rows. It begins with `count`.
  std::string Line(const std::string& count, const Key& key,
                   std::span<const Row> rows, const std::string& ending) const;

  /// Of a configuration whose first of `repetitions` took `wall_s`.
  std::string FirstLine(const std::string& count, const Key& key, double wall_s,
                        std::size_t repetitions) const;

 private:
  struct Cells {
    std::string count, label, split, time, spread, rate, peak, mark;
  };
  std::string Join(const Cells& cells) const;
  Cells HeadOf(const std::string& count, const Key& key) const;
  std::string Label(const Key& key) const;

  std::vector<std::string> common_;  // words of all labels
  std::size_t count_width_;
  std::size_t label_width_ = 0;
  std::size_t split_width_ = 5;
  bool verbose_;
  bool all_of_commands_;  ///< of which there is no share of a peak
  std::size_t peak_width_ = 5;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_RESULT_TABLE_H_
