#ifndef HYBRID_ANALYSIS_RECORDED_CEILINGS_H_
#define HYBRID_ANALYSIS_RECORDED_CEILINGS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "results/row.h"

namespace hybrid {

/// What rows say of the rates that their machine can't pass. Of several runs
/// the highest: a disturbed measurement can only be too low. Bandwidths count
/// bytes as STREAM does: J. D. McCalpin, "Memory bandwidth and machine balance
/// in current high performance computers", IEEE TCCA Newsletter (1995), 19-25.
struct RecordedCeilings {
  /// Of one precision.
  struct Peak {
    std::optional<double> core_gflops;     ///< of one core
    std::optional<double> gflops;          ///< of all usable cores
    std::optional<double> fastest_gflops;  ///< of completed repetitions
  };
  std::array<Peak, kNames<Precision>.size()> peaks;
  std::optional<double> core_triad_bytes_per_s;  ///< of one core
  std::optional<double> triad_bytes_per_s;       ///< of all usable cores
  std::optional<std::uint64_t> cache_bytes;      ///< of the last-level caches

  Peak& peak(Precision precision) {
    return peaks[static_cast<std::size_t>(precision)];
  }
  const Peak& peak(Precision precision) const {
    return peaks[static_cast<std::size_t>(precision)];
  }
};

/// Raises `ceilings` to what `row` says where that is higher.
void AddCeilings(const Row& row, RecordedCeilings& ceilings);

/// Forgets peaks that can't be any, since a repetition or one core alone
/// passed them: they were measured beside something else. To be called when all
/// rows are in.
void RefuseImpossiblePeaks(RecordedCeilings& ceilings);
/// "measured peak 118 GFLOP/s (59.3 one core), triad 21.0 GB/s (14.0 one
/// core)", without what was not measured; empty if nothing was. Behind the peak
/// that of single precision, if there is one.
std::string CeilingsText(const RecordedCeilings& ceilings);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_RECORDED_CEILINGS_H_
