#include "output/result_line.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <vector>

#include "analysis/evidence.h"
#include "analysis/format_units.h"
#include "analysis/pooled_rows.h"
#include "key/key_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

std::string ShareText(const std::optional<double>& share) {
  return share ? fmt::format("{:3.0f}", 100 * *share) : "  -";
}

/// Median and spread of the rows' wall times, disturbed or not: no verdict, but
/// what was seen.
std::string TimeText(std::span<const Row> rows) {
  std::vector<double> walls_s;
  for (const Row& row : rows) {
    if (HasTime(row)) walls_s.push_back(*row.wall_s);
  }
  const std::optional<double> spread = RelativeSpread(walls_s);
  return fmt::format("{:>8} {:<7}", FormatSeconds(Median(walls_s).value_or(0)),
                     spread ? FormatSpread(*spread) : "");
}

}  // namespace

std::string ResultLine(const Key& key, std::span<const Row> rows,
                       const std::string& ending, std::size_t label_width) {
  const std::string head =
      fmt::format("{:<{}} {:<5}", KeyText(key, KeyStyle::kGroup), label_width,
                  SplitText(key.split()));
  if (!ending.empty()) return fmt::format("{} {}", head, ending);
  const PooledRows pooled = PoolRows(RowPointers(rows));
  if (pooled.status == PooledStatus::kDisturbed) {
    return fmt::format("{} {}  noisy: {}", head, TimeText(rows),
                       NoVerdictText(pooled));
  }
  if (!pooled.median_s) return head + " no result";
  const std::string rate =
      pooled.gflops ? fmt::format("{:>6} GFLOP/s", FormatNumber(*pooled.gflops))
                    : std::string(14, ' ');
  const std::string again =
      rows.front().attempt > 0
          ? fmt::format("  (attempt {})", rows.front().attempt + 1)
          : "";
  return fmt::format(
      "{} {:>8} {:<7} {}  load {}% operate {}% idle {}%{}{}", head,
      FormatSeconds(*pooled.median_s),
      pooled.spread ? FormatSpread(*pooled.spread) : "", rate,
      ShareText(pooled.evidence.load_share),
      ShareText(pooled.evidence.operate_share),
      ShareText(pooled.evidence.idle_share), again,
      pooled.warnings.empty()
          ? ""
          : fmt::format("  noisy: {}", fmt::join(pooled.warnings, ", ")));
}

}  // namespace hybrid
