#include "ceilings/ceilings.h"

#include <fmt/format.h>

#include <algorithm>

#include "ceilings/peak.h"
#include "ceilings/team.h"
#include "ceilings/triad.h"

namespace hybrid {
namespace {

/// Beyond noise and what a clock does when more cores are at work.
constexpr double kTogetherAtLeast = 0.95;
/// On hybrid CPUs the first core may be one of the slow ones.
constexpr double kTogetherAtMost = 2;
constexpr int kMostAgain = 3;

/// Raises `gflops` to what `team` reaches together; false if interrupted.
bool Raise(CoreTeam& team, Precision precision, double& gflops) {
  const std::optional<Peak> peak = MeasurePeak(team, precision);
  if (peak) gflops = std::max(gflops, peak->gflops);
  return peak.has_value();
}

/// Measures all peaks once more; the higher ones count, since a disturbance
/// only takes away. False if interrupted.
bool RaisePeaks(std::span<const CpuList> cores,
                const std::function<bool()>& interrupted, Ceilings& ceilings) {
  const auto raise = [&](std::span<const CpuList> some, double& in_double,
                         double SinglePeak::*in_single) {
    CoreTeam team(some, interrupted);
    return Raise(team, Precision::kDouble, in_double) &&
           (!ceilings.single ||
            Raise(team, Precision::kSingle, (*ceilings.single).*in_single));
  };
  return raise(cores.first(1), ceilings.core_peak_gflops,
               &SinglePeak::core_gflops) &&
         raise(cores, ceilings.peak_gflops, &SinglePeak::gflops);
}

std::optional<std::string> WhyImpossible(double one, double all,
                                         std::size_t cores) {
  if (all >= kTogetherAtLeast * one &&
      all <= kTogetherAtMost * static_cast<double>(cores) * one) {
    return std::nullopt;
  }
  return fmt::format(
      "{} cores reached {:.3g} GFLOP/s, one of them alone {:.3g}", cores, all,
      one);
}

}  // namespace

std::optional<std::string> WhyImpossible(const Ceilings& ceilings,
                                         std::size_t cores) {
  auto why =
      WhyImpossible(ceilings.core_peak_gflops, ceilings.peak_gflops, cores);
  if (why || !ceilings.single) return why;
  return WhyImpossible(ceilings.single->core_gflops, ceilings.single->gflops,
                       cores);
}

std::optional<Ceilings> MeasureCeilings(
    std::span<const CpuList> cores, std::uint64_t cache_bytes,
    std::uint64_t memory_available_bytes,
    const std::function<bool()>& interrupted, bool with_single) {
  const std::uint64_t triad_bytes =
      TriadBytes(cache_bytes, memory_available_bytes);
  const CpuList anywhere;
  const std::span<const CpuList> given =
      cores.empty() ? std::span(&anywhere, 1) : cores;
  Ceilings ceilings;
  {
    CoreTeam one(given.first(1), interrupted);
    const std::optional<Peak> peak = MeasurePeak(one);
    if (!peak) return std::nullopt;
    const std::optional<double> triad = MeasureTriad(one, triad_bytes);
    if (!triad) return std::nullopt;
    ceilings = {.vector_unit = peak->vector_unit,
                .core_peak_gflops = peak->gflops,
                .peak_gflops = peak->gflops,
                .core_triad_bytes_per_s = *triad,
                .triad_bytes_per_s = *triad};
    if (with_single) {
      double& gflops = ceilings.single.emplace().core_gflops;
      if (!Raise(one, Precision::kSingle, gflops)) return std::nullopt;
      ceilings.single->gflops = gflops;
    }
  }
  if (given.size() == 1) return ceilings;  // measured already
  {
    CoreTeam all(given, interrupted);
    const std::optional<Peak> peak = MeasurePeak(all);
    if (!peak) return std::nullopt;
    const std::optional<double> triad = MeasureTriad(all, triad_bytes);
    if (!triad) return std::nullopt;
    ceilings.peak_gflops = peak->gflops;
    if (with_single) {
      double& gflops = ceilings.single->gflops;
      gflops = 0;
      if (!Raise(all, Precision::kSingle, gflops)) return std::nullopt;
    }
    // The others could leave the memory to one.
    ceilings.triad_bytes_per_s =
        std::max(*triad, ceilings.core_triad_bytes_per_s);
  }
  for (int again = 0; again < kMostAgain; ++again) {
    if (!WhyImpossible(ceilings, given.size())) break;
    if (!RaisePeaks(given, interrupted, ceilings)) return std::nullopt;
  }
  return ceilings;
}

}  // namespace hybrid
