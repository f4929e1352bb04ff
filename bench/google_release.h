#ifndef HYBRID_BENCH_GOOGLE_RELEASE_H_
#define HYBRID_BENCH_GOOGLE_RELEASE_H_

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

namespace hybrid {

// What differs between releases of Google Benchmark.

/// Up to 1.7 a run has an error; from 1.8 on it is skipped, with an error or
/// without.
template <typename Run>
concept Skippable = requires(Run run) {
  run.skip_message;
};

template <typename Run>
bool HasFailed(const Run& run) {
  if constexpr (Skippable<Run>) {
    return run.skipped == decltype(run.skipped)::SkippedWithError;
  } else {
    return run.error_occurred;
  }
}

template <typename Run>
const std::string& FailureOf(const Run& run) {
  if constexpr (Skippable<Run>) {
    return run.skip_message;
  } else {
    return run.error_message;
  }
}

template <typename Run>
void MarkFailed(Run& run, const std::string& message) {
  if constexpr (Skippable<Run>) {
    run.skipped = decltype(run.skipped)::SkippedWithError;
    run.skip_message = message;
  } else {
    run.error_occurred = true;
    run.error_message = message;
  }
}

/// Behind the seconds of --benchmark_min_time: from 1.8 on their unit, whose
/// absence is complained of once per benchmark; before, nothing can stand
/// there.
inline constexpr std::string_view kMinTimeUnit =
    Skippable<benchmark::BenchmarkReporter::Run> ? "s" : "";

}  // namespace hybrid

#endif  // HYBRID_BENCH_GOOGLE_RELEASE_H_
