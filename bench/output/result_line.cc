#include "output/result_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/noisy.h"
#include "key/key_text.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

std::vector<double> Values(std::span<const Row> rows,
                           std::optional<double> Row::*member) {
  std::vector<double> values;
  for (const Row& row : rows) {
    if (row.*member) values.push_back(*(row.*member));
  }
  return values;
}

std::string Percent(std::span<const Row> rows,
                    std::optional<double> Row::*member) {
  const std::optional<double> phase_s = Median(Values(rows, member));
  const std::optional<double> wall_s = Median(Values(rows, &Row::wall_s));
  if (!phase_s || !wall_s || *wall_s <= 0) return "  -";
  return fmt::format("{:3.0f}", 100 * *phase_s / *wall_s);
}

}  // namespace

std::string ResultLine(const Key& key, std::span<const Row> rows,
                       const std::string& ending) {
  const std::string head = fmt::format(
      "{:<26} {:<5}", KeyText(key, KeyStyle::kGroup), SplitText(key.split()));
  if (!ending.empty()) return fmt::format("{} {}", head, ending);
  const std::vector<double> walls = Values(rows, &Row::wall_s);
  const std::optional<double> wall_s = Median(walls);
  if (!wall_s) return head + " no result";
  const std::optional<double> spread = RelativeSpread(walls);
  const std::optional<double> gflops = Median(Values(rows, &Row::gflops));
  const std::string rate =
      gflops.value_or(0) > 0
          ? fmt::format("{:>6} GFLOP/s", FormatNumber(*gflops))
          : std::string(14, ' ');
  const std::string again =
      rows.front().attempt > 0
          ? fmt::format("  (attempt {})", rows.front().attempt + 1)
          : "";
  const std::vector<std::string> noise = NoiseWarnings(rows);
  return fmt::format(
      "{} {:>8} {:<7} {}  load {}% operate {}% idle {}%{}{}", head,
      FormatSeconds(*wall_s), spread ? FormatSpread(*spread) : "", rate,
      Percent(rows, &Row::load_s), Percent(rows, &Row::operate_s),
      Percent(rows, &Row::idle_s), again,
      noise.empty() ? "" : fmt::format("  noisy: {}", fmt::join(noise, ", ")));
}

}  // namespace hybrid
