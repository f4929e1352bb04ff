#include "measure/cap_policy.h"

#include <algorithm>
#include <optional>

namespace hybrid {

double CapPolicy::CapFor(const Key& key) const {
  if (fixed_cap_s_) return *fixed_cap_s_;
  const auto fastest = fastest_s_.find(GroupOf(key));
  return kGridCutOff.For(fastest == fastest_s_.end()
                             ? std::nullopt
                             : std::optional(fastest->second));
}

void CapPolicy::Note(const Key& key, double wall_s) {
  const auto [fastest, is_first] = fastest_s_.try_emplace(GroupOf(key), wall_s);
  if (!is_first) fastest->second = std::min(fastest->second, wall_s);
}

}  // namespace hybrid
