// For tests: a program with Google Benchmark as its users have them. The
// variable HYBRID_TEST_BENCHMARKS says what else it does: `slower`, `failing`,
// `twice`, in one word or several.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <thread>

namespace {

bool IsAskedFor(std::string_view what) {
  const char* const words = std::getenv("HYBRID_TEST_BENCHMARKS");
  return words != nullptr &&
         std::string_view(words).find(what) != std::string_view::npos;
}

void Sum(benchmark::State& state) {
  while (state.KeepRunning()) {
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      benchmark::DoNotOptimize(sum += i);
    }
  }
  state.SetComplexityN(state.range(0));
  // Written as they are, which is no JSON.
  state.counters["nothing"] = std::numeric_limits<double>::quiet_NaN();
  state.counters["endless"] = std::numeric_limits<double>::infinity();
}
BENCHMARK(Sum)->Arg(64)->Arg(512)->Arg(4096)->Complexity();

void Sleep(benchmark::State& state) {
  while (state.KeepRunning()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}
BENCHMARK(Sleep)->Iterations(2)->UseRealTime();
BENCHMARK(Sleep)->Iterations(2)->Threads(2);

void Quarter(benchmark::State& state) {
  while (state.KeepRunning()) state.SetIterationTime(0.25);
}
BENCHMARK(Quarter)
    ->Name("Quarter/s")
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kSecond);
BENCHMARK(Quarter)
    ->Name("Quarter/ms")
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(Quarter)
    ->Name("Quarter/us")
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(Quarter)
    ->Name("Quarter/ns")
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kNanosecond);

// A time that scatters as times do, and is the same whatever the machine does.
void Known(benchmark::State& state) {
  static int repetition = 0;
  constexpr int kCycle = 7;
  const double time = (IsAskedFor("slower") ? 1.5e-3 : 1e-3) *
                      (1 + 1e-3 * (repetition++ * 3 % kCycle));
  while (state.KeepRunning()) state.SetIterationTime(time);
}
BENCHMARK(Known)->Iterations(1)->UseManualTime();

void Failing(benchmark::State& state) {
  if (IsAskedFor("failing")) state.SkipWithError("no \"such\" file,\nor so");
  while (state.KeepRunning()) benchmark::ClobberMemory();
}
BENCHMARK(Failing)->Iterations(1000);

}  // namespace

int main(int argc, char** argv) {
  if (IsAskedFor("twice")) {
    benchmark::RegisterBenchmark("Twice", Sleep)->Iterations(1);
    benchmark::RegisterBenchmark("Twice", Sleep)->Iterations(1);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
