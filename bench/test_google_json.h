#ifndef HYBRID_BENCH_TEST_GOOGLE_JSON_H_
#define HYBRID_BENCH_TEST_GOOGLE_JSON_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hybrid {

/// One entry of `benchmarks` in Google Benchmark's JSON.
struct GoogleRun {
  std::string name;
  std::string run_type;  ///< `iteration` or `aggregate`
  std::int64_t repetition_index = -1;
  std::int64_t iterations = 0;
  double real_time = 0;
  std::string time_unit;
  bool error_occurred = false;
  std::string error_message;
  std::map<std::string, double> counters;  ///< every other number
};

/// What Google Benchmark's JSON holds.
struct GoogleJson {
  std::map<std::string, std::string> context;  ///< its strings
  std::vector<GoogleRun> runs;

  /// The runs of type `iteration`, one per repetition.
  std::vector<GoogleRun> Repetitions() const;
};

/// Reads Google Benchmark's JSON. Throws std::exception for what is none.
GoogleJson ParseGoogleJson(const std::string& text);

}  // namespace hybrid

#endif  // HYBRID_BENCH_TEST_GOOGLE_JSON_H_
