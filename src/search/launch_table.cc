#include "search/launch_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <tuple>

#include "key/key_text.h"

namespace hybrid {
namespace {

bool IsTime(double seconds) { return std::isfinite(seconds) && seconds > 0; }

/// Whether nothing can be made of it.
bool HasFailed(const Launch& launch) {
  if (launch.failed) return true;
  if (launch.id.stage == Stage::kBound) return false;
  return !IsTime(launch.capped ? launch.cap_s : launch.value_s);
}

bool HasFewerThreadsInAll(const Split& a, const Split& b) {
  const auto order = [](const Split& split) {
    return std::tuple(split.all_threads(), split.host_count, split.workers,
                      split.engine);
  };
  return order(a) < order(b);
}

}  // namespace

LaunchTable::LaunchTable(const SearchGroup& group,
                         std::span<const Launch> launches) {
  std::set<Split> failed;
  for (const Launch& launch : launches) {
    if (HasFailed(launch)) failed.insert(launch.id.split);
    if (!launches_.emplace(launch.id, &launch).second) {
      throw std::invalid_argument(fmt::format(
          "two launches of {} in stage {}, round {}",
          SplitText(launch.id.split), Name(launch.id.stage), launch.id.round));
    }
  }
  for (const Split& split : group.splits) {
    (failed.contains(split) ? failed_ : splits_).push_back(split);
  }
  std::sort(splits_.begin(), splits_.end(), HasFewerThreadsInAll);
  std::sort(failed_.begin(), failed_.end(), HasFewerThreadsInAll);
}

const Launch* LaunchTable::Find(std::size_t split, Stage stage,
                                std::size_t round) const {
  const auto place = launches_.find({splits_[split], stage, round});
  return place == launches_.end() ? nullptr : place->second;
}

}  // namespace hybrid
