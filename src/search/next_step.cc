#include "search/next_step.h"

#include <optional>
#include <span>

#include "search/course.h"

namespace hybrid {

Step Next(const SearchGroup& group, std::span<const Launch> launches,
          std::optional<double> left_s) {
  Course course(group, launches);
  const std::optional<PlannedLaunch> missing = course.Follow();
  if (missing && !(left_s && *left_s <= 0)) return *missing;
  return course.Conclude();
}

}  // namespace hybrid
