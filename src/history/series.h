#ifndef HYBRID_HISTORY_SERIES_H_
#define HYBRID_HISTORY_SERIES_H_

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/counted_rows.h"
#include "analysis/noise_floor.h"
#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// What one run measured of one configuration, of its PooledRows what a history
/// needs. Times are seconds per batch; there are none unless it completed.
struct Point {
  std::size_t run = 0;  ///< index among the runs of the history
  PooledStatus status = PooledStatus::kOk;
  std::vector<double> samples;  ///< times of the repetitions that count
  std::optional<double> median_s;
  std::optional<double> low_s;   ///< the fastest
  std::optional<double> high_s;  ///< the slowest
  std::size_t disturbed = 0;     ///< repetitions left out as disturbed
  /// Every repetition had workers of its own; else they lived on.
  bool of_launches = false;
  bool oversubscribed = false;  ///< more BLAS threads than usable cores
};

/// What is kept of one run of bench: little, so that a history of many fits in
/// memory.
struct HistoryRun {
  std::string run_id;
  std::string file;  ///< where it was read from; may be empty
  /// Where else it was gone on with, as in a copy that was resumed.
  std::vector<std::string> more_files;
  std::string time_utc;  ///< when its first repetition began
  std::string git_commit;
  std::string machine_id;
  std::string cpu_model;
  std::string host;
  std::size_t rows = 0;            ///< how many there are, Noise included
  std::vector<NoiseFloor> floors;  ///< of its Noise rows, or its launches
  /// By configuration; their `run` is not set, as that is for MakeSeries.
  std::map<Key, Point> points;
};

/// A configuration's points in the runs' order. A run that did not measure it,
/// or hardly, has none.
struct Series {
  Key key;  ///< without its seed
  std::vector<Point> points;
};

/// The runs that `rows` hold, one for each run_id, by the time of their first
/// row. Of several attempts at a configuration the last one counts. What Noise
/// measured is kept as floors alone. What a search or a budget left out has no
/// point, nor has what a search launched less often than a comparison takes
/// (ComparedSide::has_launches). None has a `file`.
std::vector<HistoryRun> GroupRuns(std::vector<Row> rows);

/// The series of all configurations that `runs` measured, sorted by key. A
/// point's `run` is an index into `runs`.
std::vector<Series> MakeSeries(std::span<const HistoryRun> runs);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_SERIES_H_
