#include "output/expected_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include "output/progress.h"

namespace hybrid {
namespace {

/// With fewer configurations, or in less time, the start is too large a part.
constexpr std::size_t kFewestConfigurations = 4;
constexpr double kShortestRunS = 4;
/// Longer between two repetitions is an interruption that was gone on from.
constexpr double kLongestGapS = 600;

std::optional<std::time_t> ParseUtc(const std::string& time_utc) {
  std::tm parts{};
  const char* const end =
      strptime(time_utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return timegm(&parts);
}

/// From the first repetition to the last, without interruptions.
double MeasuringS(std::span<const Row> rows) {
  std::vector<std::time_t> times;
  for (const Row& row : rows) {
    if (const auto time = ParseUtc(row.time_utc)) times.push_back(*time);
  }
  std::sort(times.begin(), times.end());
  double seconds = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    const double gap_s = std::difftime(times[i], times[i - 1]);
    if (gap_s <= kLongestGapS) seconds += gap_s;
  }
  return seconds;
}

/// The repetitions of one configuration.
struct Repeated {
  int repetitions = 0;
  bool anew = false;
  MinTime min_time;  // that the first of them is the outcome of
};

}  // namespace

std::optional<double> ExpectedTimeS(double weight, std::span<const Row> rows) {
  std::map<Key, Repeated> keys;
  for (const Row& row : rows) {
    if (row.family == Family::kOverhead || row.family == Family::kHosts ||
        row.status == Status::kSkipped) {
      continue;
    }
    Repeated& repeated = keys[row];
    repeated.anew |= row.is_launch();
    if (repeated.repetitions++ == 0) {
      repeated.min_time.seconds = row.wall_s.value_or(0) *
                                  static_cast<double>(row.iterations) /
                                  (row.is_launch() ? 1 : 1.3);
    }
  }
  const double measuring_s = MeasuringS(rows);
  if (keys.size() < kFewestConfigurations || measuring_s < kShortestRunS) {
    return std::nullopt;
  }
  double measured = 0;
  for (const auto& [key, repeated] : keys) {
    measured +=
        ExpectedWeight(key, static_cast<int>(rows.front().usable_cores),
                       repeated.repetitions, repeated.min_time, repeated.anew);
  }
  return weight * measuring_s / measured;
}

std::string AboutText(double seconds) {
  return fmt::format("about {} (estimated)", MinutesText(seconds));
}

}  // namespace hybrid
