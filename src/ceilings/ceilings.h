#ifndef HYBRID_CEILINGS_CEILINGS_H_
#define HYBRID_CEILINGS_CEILINGS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "machine/topology.h"

namespace hybrid {

/// Of float32.
struct SinglePeak {
  double core_gflops = 0;  ///< one core
  double gflops = 0;       ///< all cores at once
};

/// The rates no program can pass on this machine, as the roofs of a roofline:
/// arithmetic as fast as the vector units go with all operands in registers,
/// and memory as fast as a triad streams through it.
///
/// Each is the best of many slices of some milliseconds after a warm-up: other
/// load, steal and interrupts can only take away from a rate, so the highest
/// seen is the nearest to the truth. That is also why short-lived boosts count,
/// and why a CPU quota is not seen, which lets processes run at full speed
/// until a period's time is used up.
struct Ceilings {
  /// What `core_peak_gflops` was reached with: "AVX-512", "AVX2 + FMA", "AVX",
  /// "SSE2", "NEON" or "scalar".
  std::string vector_unit;
  double core_peak_gflops = 0;  ///< one core, float64; a multiply-add counts 2
  double peak_gflops = 0;       ///< all cores at once, with whatever unit
  std::optional<SinglePeak> single{};  ///< absent where it was not measured
  double core_triad_bytes_per_s = 0;   ///< one core
  double triad_bytes_per_s = 0;        ///< all cores at once
};

/// Why `ceilings` of so many cores can't be what these can do, or nothing:
/// together they do no less than one of them alone, and no more than all could.
/// Programs beside the measurement make such figures.
std::optional<std::string> WhyImpossible(const Ceilings& ceilings,
                                         std::size_t cores);

/// Measures the ceilings in about a second, half as much more for those of
/// float32 if `with_single`, with one thread on each of `cores`, pinned to its
/// first logical CPU if the system allows it; without cores, with one thread
/// that is not pinned. "One core" is the first. Give no more cores
/// than a CPU quota pays for. What is impossible is measured again, a few
/// times.
///
/// `cache_bytes` is the size of all last-level caches together, 0 if unknown;
/// `memory_available_bytes` bounds what is allocated (MeasureTriad), 0 if
/// unknown. `interrupted` is polled by the calling thread every few
/// milliseconds; once it is true, nothing is returned. Throws
/// std::system_error if the system gives no threads or no memory. No thread
/// and no memory is left behind.
std::optional<Ceilings> MeasureCeilings(
    std::span<const CpuList> cores, std::uint64_t cache_bytes,
    std::uint64_t memory_available_bytes,
    const std::function<bool()>& interrupted, bool with_single = false);

}  // namespace hybrid

#endif  // HYBRID_CEILINGS_CEILINGS_H_
