// Feeds arbitrary bytes to the reader of Google Benchmark's JSON (libFuzzer).

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "foreign/google_benchmark.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

std::optional<BenchmarkRun> Parse(std::string_view text) {
  try {
    return ParseGoogleBenchmark("a.json", text,
                                [](const std::string&) { return true; });
  } catch (const ResultsError& error) {
    const std::string_view cause = error.what();
    Check(cause.starts_with("a.json:"), "an error names the file");
    Check(cause.find('\n') == std::string_view::npos, "it is one line");
    return std::nullopt;
  }
}

void CheckBenchmark(const MeasuredBenchmark& benchmark) {
  Check(!benchmark.name.empty(), "what was measured has a name");
  Check(benchmark.name.find('\n') == std::string::npos, "names are one line");
  for (const double time_s : benchmark.real_times_s) {
    Check(std::isfinite(time_s) && time_s > 0, "times are above 0");
  }
}

}  // namespace
}  // namespace hybrid

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto run = hybrid::Parse(text);
  if (!run) return 0;
  for (const auto& benchmark : run->benchmarks) {
    hybrid::CheckBenchmark(benchmark);
  }
  return 0;
}
