#ifndef HYBRID_SEARCH_NEXT_STEP_H_
#define HYBRID_SEARCH_NEXT_STEP_H_

#include <optional>
#include <span>
#include <variant>

#include "search/launch.h"
#include "search/search_group.h"
#include "search/statement.h"

namespace hybrid {

/// What a search does next: make a launch, or say what it found.
using Step = std::variant<PlannedLaunch, Statement>;

/// The next step of the search for `group`'s best split after `launches`, which
/// README.md describes. A pure function: the order of `launches` does not
/// matter, and any part of a search's launches leads to the rest of them. Of
/// another group's splits, or beyond most_rounds, they are not looked at.
///
/// `left_s` is what is left of a budget, or nothing without one. With no time
/// left the step is what can be said by now. Throws std::invalid_argument for
/// two launches of one LaunchId: of several attempts the last is to be given.
Step Next(const SearchGroup& group, std::span<const Launch> launches,
          std::optional<double> left_s = std::nullopt);

}  // namespace hybrid

#endif  // HYBRID_SEARCH_NEXT_STEP_H_
