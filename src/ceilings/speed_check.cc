#include "ceilings/speed_check.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace hybrid {
namespace {

constexpr auto kCheckSlice = std::chrono::microseconds(500);
constexpr int kCheckSlices = 4;

PeakLoop LoopOf(const std::string& vector_unit) {
  const std::vector<PeakLoop> loops = SupportedPeakLoops();
  const auto found = std::find_if(
      loops.begin(), loops.end(),
      [&](const PeakLoop& loop) { return loop.vector_unit == vector_unit; });
  return found == loops.end() ? loops.front() : *found;
}

}  // namespace

SpeedCheck::SpeedCheck(std::span<const CpuList> cores, const Ceilings& ceilings,
                       std::function<bool()> interrupted)
    : team_(cores, std::move(interrupted)),
      loop_(LoopOf(ceilings.vector_unit)),
      peak_gflops_(ceilings.peak_gflops) {}

std::optional<double> SpeedCheck::Measure() {
  double best = 0;
  for (int slice = 0; slice < kCheckSlices; ++slice) {
    const std::optional<double> gflops = PeakRate(team_, loop_, kCheckSlice);
    if (!gflops) return std::nullopt;
    best = std::max(best, *gflops);
  }
  // Whatever ran beside the first measurement, no rate passes the peak.
  peak_gflops_ = std::max(peak_gflops_, best);
  return best / peak_gflops_;
}

}  // namespace hybrid
