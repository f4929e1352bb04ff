#include "statistics/theil_sen.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "statistics/samples.h"

namespace hybrid {

std::optional<double> TheilSen(std::span<const TrendPoint> points) {
  std::vector<double> slopes;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      const double distance = points[j].run - points[i].run;
      if (distance == 0) continue;
      slopes.push_back((points[j].value - points[i].value) / distance);
    }
  }
  return Median(slopes);
}

}  // namespace hybrid
