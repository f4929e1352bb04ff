#include "measure/cap_policy.h"

#include <algorithm>

namespace hybrid {

double CapPolicy::CapFor(const Config& config) const {
  if (fixed_cap_s_) return *fixed_cap_s_;
  const auto fastest = fastest_s_.find(GroupOf(config));
  if (fastest == fastest_s_.end()) return kFirstS;
  return std::max(kFloorS, kFactor * fastest->second);
}

void CapPolicy::Note(const Config& config, double wall_s) {
  const auto [fastest, is_first] =
      fastest_s_.try_emplace(GroupOf(config), wall_s);
  if (!is_first) fastest->second = std::min(fastest->second, wall_s);
}

CapPolicy::Group CapPolicy::GroupOf(const Config& config) {
  // The tutorial's cases are one group under names of their own.
  return {.family = config.family.substr(0, config.family.find('/')),
          .operation = config.operation,
          .data = config.data,
          .collect = config.collect,
          .n = config.n,
          .batch = config.batch};
}

}  // namespace hybrid
