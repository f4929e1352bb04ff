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
  // Of one host, where all others are those of the weakest.
  if (row.family == Family::kHosts) return;
  RecordedCeilings::Peak& peak = ceilings.peak(row.precision);
  Raise(row.core_peak_gflops, peak.core_gflops);
  Raise(row.peak_gflops, peak.gflops);
  Raise(row.core_triad_bytes_per_s, ceilings.core_triad_bytes_per_s);
  Raise(row.triad_bytes_per_s, ceilings.triad_bytes_per_s);
  // No rate by a nominal count refutes a peak.
  if (row.status == Status::kOk && !IsNominal(row.operation) && row.gflops) {
    Raise(*row.gflops / static_cast<double>(row.host_count),
          peak.fastest_gflops);
  }
  if (row.cache_bytes.value_or(0) > 0) {
    ceilings.cache_bytes =
        std::max(ceilings.cache_bytes.value_or(0), *row.cache_bytes);
  }
}

void RefuseImpossiblePeaks(RecordedCeilings& ceilings) {
  // Beyond the noise of two figures.
  constexpr double kPasses = 1.05;
  for (RecordedCeilings::Peak& peak : ceilings.peaks) {
    if (!peak.gflops || std::max(peak.fastest_gflops, peak.core_gflops) <=
                            kPasses * *peak.gflops) {
      continue;
    }
    peak.core_gflops.reset();
    peak.gflops.reset();
  }
}

std::string CeilingsText(const RecordedCeilings& ceilings) {
  const auto peak_text = [&ceilings](const char* name, Precision precision) {
    const RecordedCeilings::Peak& peak = ceilings.peak(precision);
    return RateText(name, "GFLOP/s", 1, peak.gflops, peak.core_gflops);
  };
  std::string peak = peak_text("peak", Precision::kDouble);
  const std::string single =
      peak_text("peak in single precision", Precision::kSingle);
  peak += (peak.empty() || single.empty() ? "" : ", ") + single;
  const std::string triad =
      RateText("triad", "GB/s", 1e9, ceilings.triad_bytes_per_s,
               ceilings.core_triad_bytes_per_s);
  if (peak.empty() && triad.empty()) return {};
  return "measured " + peak + (peak.empty() || triad.empty() ? "" : ", ") +
         triad;
}

}  // namespace hybrid
