#ifndef HYBRID_SEARCH_LAUNCH_H_
#define HYBRID_SEARCH_LAUNCH_H_

#include <cstdint>
#include <optional>

#include "key/key.h"
#include "key/stage.h"

namespace hybrid {

/// What identifies a launch within its group.
struct LaunchId {
  Split split;
  Stage stage = Stage::kScreen;
  /// Rounds of the race, and launches of the bound, count from 1. 0 is the
  /// screening.
  std::uint64_t round = 0;

  auto operator<=>(const LaunchId&) const = default;
};

/// A launch to make. In the screening and the race: batches of the whole group
/// until kLaunchS have passed, one at least, after one for warm-up where a
/// batch takes less than 10 ms; none of them longer than `cap_s`. For the
/// bound: whole tasks until `cap_s` have passed, one at least.
struct PlannedLaunch {
  LaunchId id;
  double cap_s = 0;
  /// Seconds per batch that the split takes at least, where that is known.
  std::optional<double> bound_s{};

  bool operator==(const PlannedLaunch&) const = default;
};

/// What a launch measured: workers that were started, ran batches, and ended.
struct Launch {
  LaunchId id;
  /// The median of its batches; of no meaning where it failed, was capped, or
  /// is for the bound.
  double value_s = 0;
  /// Whether a batch was cut off, and when; then nothing else of it counts.
  bool capped = false;
  double cap_s = 0;
  /// A task's, in the launches of 1×1 for the bound.
  std::optional<double> load_s{};
  std::optional<double> operate_s{};
  /// Whether it ended with an error. Then its split is out of the search, with
  /// all its launches.
  bool failed = false;
};

}  // namespace hybrid

#endif  // HYBRID_SEARCH_LAUNCH_H_
