#include "registration.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "output/google_output.h"
#include "selection.h"

namespace hybrid {
namespace {

// Everything that is registered was selected before.
constexpr char kEverything[] = "all";

void Register(const std::string& name, const Key& key, const GoogleFlags& flags,
              std::function<void(benchmark::State&)> body) {
  auto* registered =
      benchmark::RegisterBenchmark(name.c_str(), std::move(body));
  registered->UseManualTime();
  if (RunsOnce(key, flags)) registered->Repetitions(1);
}

}  // namespace

void RunAll(Measurements& measurements, const GoogleFlags& flags,
            benchmark::BenchmarkReporter& reporter) {
  for (Measurement& measurement : measurements) {
    Register(
        measurement.name(), measurement.key(), flags,
        [&measurement](benchmark::State& state) { measurement.Run(state); });
  }
  std::unique_ptr<benchmark::BenchmarkReporter> file;
  if (!flags.Value("benchmark_out").empty()) {
    file = MakeFileReporter(flags.IsSet("benchmark_out_format")
                                ? flags.Value("benchmark_out_format")
                                : "json",
                            measurements);
  }
  benchmark::RunSpecifiedBenchmarks(&reporter, file.get(), kEverything);
}

void ListNames(const std::vector<Benchmark>& benchmarks,
               const GoogleFlags& flags) {
  for (const Benchmark& benchmark : benchmarks) {
    Register(benchmark.name, benchmark.key, flags, [](benchmark::State&) {});
  }
  benchmark::RunSpecifiedBenchmarks(kEverything);
}

}  // namespace hybrid
