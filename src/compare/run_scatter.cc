#include "compare/run_scatter.h"

#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "compare/judge.h"
#include "statistics/samples.h"

namespace hybrid {

std::optional<RunScatter> FindRunScatter(
    std::span<const ComparedConfiguration> configurations) {
  // The standard deviation over the median distance from the middle, in a
  // normal distribution: 1 / its 75 % quantile.
  constexpr double kSigmasPerMedian = 1.4826;
  std::vector<double> logs;
  for (const ComparedConfiguration& c : configurations) {
    if (!c.adjusted_p || !c.ratio) continue;
    if (c.baseline.runs.size() > 1 && c.now.runs.size() > 1) continue;
    logs.push_back(std::log(*c.ratio));
  }
  if (logs.size() < kFewestForScatter) return std::nullopt;
  RunScatter scatter{.shift = *Median(logs)};
  for (double& log : logs) log = std::abs(log - scatter.shift);
  scatter.deviation = kSigmasPerMedian * *Median(logs);
  return scatter;
}

}  // namespace hybrid
