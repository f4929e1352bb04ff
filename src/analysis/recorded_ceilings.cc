#include "analysis/recorded_ceilings.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

void Raise(const std::optional<double>& value, std::optional<double>& highest) {
  if (IsPositive(value)) highest = std::max(highest.value_or(0), *value);
}

/// "peak 118 GFLOP/s (59.3 one core)"; empty without the rate of all cores.
std::string RateText(const char* name, const char* unit, double scale,
                     const std::optional<double>& all,
                     const std::optional<double>& core) {
  if (!all) return {};
  std::string text =
      std::string(name) + " " + FormatNumber(*all / scale) + " " + unit;
  if (core) text += " (" + FormatNumber(*core / scale) + " one core)";
  return text;
}

}  // namespace

void AddCeilings(const Row& row, RecordedCeilings& ceilings) {
  Raise(row.core_peak_gflops, ceilings.core_peak_gflops);
  Raise(row.peak_gflops, ceilings.peak_gflops);
  Raise(row.core_triad_bytes_per_s, ceilings.core_triad_bytes_per_s);
  Raise(row.triad_bytes_per_s, ceilings.triad_bytes_per_s);
  // No rate by a nominal count refutes a peak.
  if (row.status == Status::kOk && !IsNominal(row.operation)) {
    Raise(row.gflops, ceilings.fastest_gflops);
  }
  if (row.cache_bytes.value_or(0) > 0) {
    ceilings.cache_bytes =
        std::max(ceilings.cache_bytes.value_or(0), *row.cache_bytes);
  }
}

void RefuseImpossiblePeaks(RecordedCeilings& ceilings) {
  // Beyond the noise of two figures.
  constexpr double kPasses = 1.05;
  if (!ceilings.peak_gflops) return;
  if (std::max(ceilings.fastest_gflops, ceilings.core_peak_gflops) <=
      kPasses * *ceilings.peak_gflops) {
    return;
  }
  ceilings.core_peak_gflops.reset();
  ceilings.peak_gflops.reset();
}
std::string CeilingsText(const RecordedCeilings& ceilings) {
  const std::string peak = RateText("peak", "GFLOP/s", 1, ceilings.peak_gflops,
                                    ceilings.core_peak_gflops);
  const std::string triad =
      RateText("triad", "GB/s", 1e9, ceilings.triad_bytes_per_s,
               ceilings.core_triad_bytes_per_s);
  if (peak.empty() && triad.empty()) return {};
  return "measured " + peak + (peak.empty() || triad.empty() ? "" : ", ") +
         triad;
}

}  // namespace hybrid
