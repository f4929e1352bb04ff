#include "ceilings/peak.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>

#include "ceilings/peak_loop.h"

namespace hybrid {
namespace {

// Governors and boost take tens of milliseconds to raise an idle core's clock.
constexpr auto kWarmUp = std::chrono::milliseconds(40);
// Less than a scheduler lets a thread run: of many short slices some go
// undisturbed even beside other programs, with many members too.
constexpr auto kPeakSlice = std::chrono::milliseconds(1);
constexpr int kPeakRounds = 80;
// A rate that was reached this often is no luck; beside others that takes more
// rounds, up to kMostRounds.
constexpr int kConfirmations = 3;
constexpr int kMostRounds = 400;
constexpr long kIterations = 2000;  // some 10 µs between two looks at the clock
constexpr double kNoise = 0.03;

/// How many of `rates` are the highest, within noise.
std::ptrdiff_t TimesReached(const std::vector<double>& rates) {
  const double highest = *std::max_element(rates.begin(), rates.end());
  return std::count_if(rates.begin(), rates.end(), [&](double rate) {
    return rate >= (1 - kNoise) * highest;
  });
}

}  // namespace

std::vector<PeakLoop> SupportedPeakLoops(Precision precision) {
  using namespace internal;  // NOLINT: the loops and what they are made of
  const bool floats = precision == Precision::kSingle;
  // Of one vector unit: so many bytes for each of so many accumulators.
  const auto loop = [floats](const char* unit, int bytes, int accumulators,
                             auto* in_double, auto* in_single) {
    const int lanes =
        bytes / static_cast<int>(floats ? sizeof(float) : sizeof(double));
    return PeakLoop{unit, lanes * accumulators, floats ? in_single : in_double};
  };
  std::vector<PeakLoop> loops;
#if defined(__x86_64__)
  // These ask the CPU (cpuid) and whether the system saves the registers
  // (xgetbv).
  if (__builtin_cpu_supports("avx512f")) {
    loops.push_back(
        loop("AVX-512", 64, kFmaAccumulators, RunAvx512, RunAvx512Floats));
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    loops.push_back(
        loop("AVX2 + FMA", 32, kFmaAccumulators, RunAvx2, RunAvx2Floats));
  } else if (__builtin_cpu_supports("avx")) {
    loops.push_back(
        loop("AVX", 32, kTwoInstructionAccumulators, RunAvx, RunAvxFloats));
  }
  loops.push_back(loop("SSE2", 16, kTwoInstructionAccumulators, RunBaseline,
                       RunBaselineFloats));
#elif defined(__aarch64__)
  loops.push_back(
      loop("NEON", 16, kNeonAccumulators, RunBaseline, RunBaselineFloats));
#else
  loops.push_back(
      loop("scalar", static_cast<int>(floats ? sizeof(float) : sizeof(double)),
           kTwoInstructionAccumulators, RunBaseline, RunBaselineFloats));
#endif
  return loops;
}

std::optional<double> PeakRate(CoreTeam& team, const PeakLoop& loop,
                               std::chrono::nanoseconds slice) {
  const double gflop =
      loop.FlopsPerIteration() * static_cast<double>(kIterations) / 1e9;
  return team.Rate(slice, [&](std::size_t) {
    // Looking at the sum keeps a link-time optimiser from dropping the loop.
    return std::isfinite(loop.run(kIterations)) ? gflop : 0.0;
  });
}

std::optional<Peak> MeasurePeak(CoreTeam& team, Precision precision) {
  const std::vector<PeakLoop> loops = SupportedPeakLoops(precision);
  if (!PeakRate(team, loops.front(), kWarmUp)) return std::nullopt;
  std::vector<double> best(loops.size(), 0.0);
  std::vector<double> all;
  for (int round = 0; round < kMostRounds; ++round) {
    // In turns, so that a disturbance does not fall on one unit alone.
    for (std::size_t i = 0; i < loops.size(); ++i) {
      const std::optional<double> gflops = PeakRate(team, loops[i], kPeakSlice);
      if (!gflops) return std::nullopt;
      best[i] = std::max(best[i], *gflops);
      all.push_back(*gflops);
    }
    if (round + 1 >= kPeakRounds && TimesReached(all) >= kConfirmations) break;
  }
  const double highest = *std::max_element(best.begin(), best.end());
  std::size_t widest = 0;
  while (best[widest] < (1 - kNoise) * highest) ++widest;
  return Peak{loops[widest].vector_unit, highest};
}

}  // namespace hybrid
