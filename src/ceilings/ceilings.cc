#include "ceilings/ceilings.h"

#include "ceilings/peak.h"
#include "ceilings/team.h"
#include "ceilings/triad.h"

namespace hybrid {

std::optional<Ceilings> MeasureCeilings(
    std::span<const CpuList> cores, std::uint64_t cache_bytes,
    std::uint64_t memory_available_bytes,
    const std::function<bool()>& interrupted) {
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
  }
  if (given.size() == 1) return ceilings;  // measured already
  CoreTeam all(given, interrupted);
  const std::optional<Peak> peak = MeasurePeak(all);
  if (!peak) return std::nullopt;
  const std::optional<double> triad = MeasureTriad(all, triad_bytes);
  if (!triad) return std::nullopt;
  ceilings.peak_gflops = peak->gflops;
  ceilings.triad_bytes_per_s = *triad;
  return ceilings;
}

}  // namespace hybrid
