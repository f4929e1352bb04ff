#include "history/trend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "statistics/theil_sen.h"

namespace hybrid {
namespace {

/// What a sparkline spans at least, in logarithms of the time: log(1.1).
constexpr double kLeastScale = 0.0953;
constexpr std::array<const char*, 8> kBlocks = {"▁", "▂", "▃", "▄",
                                                "▅", "▆", "▇", "█"};

/// The block for a height between 0 and 1.
const char* BlockOf(double height) {
  const double level = std::floor(height * kBlocks.size());
  return kBlocks[static_cast<std::size_t>(
      std::clamp(level, 0.0, kBlocks.size() - 1.0))];
}

}  // namespace

Trend FindTrend(const Series& series) {
  Trend trend;
  std::vector<TrendPoint> logs;
  std::optional<double> first_s;
  for (const Point& point : series.points) {
    if (!point.median_s) continue;
    if (!first_s) first_s = point.median_s;
    trend.last_s = point.median_s;
    logs.push_back({static_cast<double>(point.run), std::log(*point.median_s)});
  }
  trend.runs = logs.size();
  const std::optional<double> slope = TheilSen(logs);
  if (!slope) return trend;
  trend.slope_per_run = std::expm1(*slope);
  trend.first_to_last = *trend.last_s / *first_s;
  return trend;
}

std::string Sparkline(const Series& series, std::size_t run_count,
                      std::size_t runs) {
  const std::size_t first = run_count - std::min(run_count, runs);
  std::vector<const Point*> shown(run_count - first, nullptr);
  std::vector<double> logs;
  for (const Point& point : series.points) {
    if (point.run < first || point.run >= run_count) continue;
    shown[point.run - first] = &point;
    if (point.median_s) logs.push_back(std::log(*point.median_s));
  }
  if (logs.empty()) logs.push_back(0);
  const auto [least, most] = std::minmax_element(logs.begin(), logs.end());
  const double scale = std::max(*most - *least, kLeastScale);
  const double lowest = (*most + *least - scale) / 2;
  std::string line;
  for (const Point* const point : shown) {
    if (point == nullptr) {
      line += ' ';
    } else if (!point->median_s) {
      line += "×";
    } else {
      line += BlockOf((std::log(*point->median_s) - lowest) / scale);
    }
  }
  return line;
}

}  // namespace hybrid
