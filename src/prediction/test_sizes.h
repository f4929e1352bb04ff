#ifndef HYBRID_PREDICTION_TEST_SIZES_H_
#define HYBRID_PREDICTION_TEST_SIZES_H_

#include <cstdint>
#include <map>
#include <string>

#include "analysis/test_rows.h"
#include "key/key.h"

namespace hybrid {

/// For tests: splits of a machine of two cores.
inline constexpr Split kWorkers{2, 1};
inline constexpr Split kSerial{1, 1};
inline constexpr Split kThreads{1, 2};
inline constexpr Split kTooMany{4, 1};

/// For tests: results of several sizes on a machine of two cores.
struct TestSizes : TestRows {
  TestSizes() {
    base.run_id = "run";
    base.time_utc = "2026-11-22T10:00:00Z";
    base.kernels_asked = kBestKernels;
    base.cpu_model = "CPU";
    base.memory_bytes = 1;
    base.os = "OS 1";
    base.machine_id = "cpu-2c-8g-01234567";
  }

  /// Adds three repetitions of each split that take exactly so many seconds.
  void Add(std::uint64_t n, std::uint64_t batch,
           const std::map<Split, double>& seconds) {
    base.n = n;
    base.batch = batch;
    for (const auto& [split, time] : seconds) Ok(split, {time, time, time});
  }
};

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_TEST_SIZES_H_
