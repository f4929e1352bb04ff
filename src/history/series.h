#ifndef HYBRID_HISTORY_SERIES_H_
#define HYBRID_HISTORY_SERIES_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/noise_floor.h"
#include "results/row.h"

namespace hybrid {

/// One configuration: what its results of different runs are comparable by.
/// Not the host, since machines of one id take turns, nor the kernels that ran.
struct SeriesKey {
  std::string family;
  std::string operation;
  std::string data;
  std::string collect;
  std::string pin;
  std::string kernels_asked;
  std::uint64_t n = 0;
  std::uint64_t batch = 0;
  std::uint64_t workers = 0;
  std::uint64_t blas_threads = 0;
  auto operator<=>(const SeriesKey&) const = default;
};

/// "gemm n=256 batch=32 2×1", with what differs from bench's defaults.
std::string SeriesLabel(const SeriesKey& key);

/// How the repetitions of one configuration in one run ended. One failed or
/// capped repetition leaves the point without a median.
enum class PointStatus {
  kOk,
  kCapped,
  kFailed,
  kDisturbed,  ///< completed, but every repetition was disturbed from outside
};

/// "ok", "capped", "failed" or "disturbed".
const char* PointStatusName(PointStatus status);

/// What one run measured of one configuration. Times are seconds per batch.
struct Point {
  std::size_t run = 0;  ///< index of the run
  PointStatus status = PointStatus::kOk;
  std::vector<double> samples;  ///< wall_s of the repetitions that count
  std::optional<double> median_s;
  std::optional<double> low_s;   ///< the fastest
  std::optional<double> high_s;  ///< the slowest
  std::size_t disturbed = 0;     ///< repetitions left out as disturbed
};

/// What is kept of one run of bench: little, so that a history of many fits in
/// memory.
struct Run {
  std::string run_id;
  std::string file;      ///< where it was read from; may be empty
  std::string time_utc;  ///< when its first repetition began
  std::string git_commit;
  std::string machine_id;
  std::string cpu_model;
  std::string host;
  std::size_t rows = 0;
  std::vector<NoiseFloor> floors;  ///< of its Noise rows
  std::map<SeriesKey, Point> points;
};

/// A configuration's points in the runs' order. A run that did not measure it
/// has none.
struct Series {
  SeriesKey key;
  std::vector<Point> points;
};

/// The runs that `rows` hold, one for each run_id, by the time of their first
/// row. Of several attempts at a configuration the last one counts. Families
/// other than Hybrid, Tutorial and Overhead give no points.
std::vector<Run> GroupRuns(std::span<const Row> rows);

/// The series of all configurations that `runs` measured, by their keys.
std::vector<Series> MakeSeries(std::span<const Run> runs);

}  // namespace hybrid

#endif  // HYBRID_HISTORY_SERIES_H_
