#include "registration.h"

#include <functional>
#include <string>
#include <utility>

#include "flags/min_time.h"
#include "selection.h"

namespace hybrid {
namespace {

// Everything that is registered was selected before.
constexpr char kEverything[] = "all";

void Register(const Measurement& measurement, const GoogleFlags& flags,
              std::function<void(benchmark::State&)> body) {
  auto* registered =
      benchmark::RegisterBenchmark(measurement.name().c_str(), std::move(body));
  registered->UseManualTime();
  if (measurement.is_search()) {
    registered->Repetitions(1)->Iterations(1);
    return;
  }
  if (RunsOnce(measurement.key(), flags)) registered->Repetitions(1);
  if (const auto iterations = MinTimeOf(flags).iterations) {
    registered->Iterations(*iterations);
  }
}

}  // namespace

void RunAll(Measurements& measurements, const GoogleFlags& flags,
            benchmark::BenchmarkReporter& reporter) {
  for (Measurement& measurement : measurements) {
    Register(measurement, flags, [&measurement](benchmark::State& state) {
      measurement.Run(state);
    });
  }
  benchmark::RunSpecifiedBenchmarks(&reporter, kEverything);
}

}  // namespace hybrid
