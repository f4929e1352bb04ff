#ifndef HYBRID_SEARCH_TEST_SEARCH_H_
#define HYBRID_SEARCH_TEST_SEARCH_H_

#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include "search/next_step.h"

namespace hybrid {

/// For tests: splits that take what a function says.
struct TestWorld {
  /// Seconds per batch; of each launch, as noise may differ. Nothing if the
  /// launch fails.
  std::function<std::optional<double>(const LaunchId&)> batch_s;
  /// A task of 1×1; nothing if launches don't tell.
  std::optional<double> load_s = 0.001;
  std::optional<double> operate_s = 0.009;

  Launch Make(const PlannedLaunch& planned) const {
    Launch launch{.id = planned.id, .cap_s = planned.cap_s};
    if (planned.id.stage == Stage::kBound) {
      launch.load_s = load_s;
      launch.operate_s = operate_s;
      return launch;
    }
    const std::optional<double> seconds = batch_s(planned.id);
    launch.failed = !seconds;
    launch.capped = seconds && *seconds > planned.cap_s;
    launch.value_s = seconds.value_or(0);
    return launch;
  }
};

/// A search from `launches` on, to its end.
struct TestSearch {
  TestSearch(const SearchGroup& group, const TestWorld& world,
             std::vector<Launch> begun = {})
      : launches(std::move(begun)) {
    constexpr int kFarTooMany = 100'000;
    for (int i = 0; i < kFarTooMany; ++i) {
      const Step step = Next(group, launches);
      if (const auto* const done = std::get_if<Statement>(&step)) {
        statement = *done;
        return;
      }
      planned.push_back(std::get<PlannedLaunch>(step));
      launches.push_back(world.Make(planned.back()));
    }
    throw std::runtime_error("the search does not end");
  }

  const SearchedSplit& Of(const Split& split) const {
    for (const SearchedSplit& searched : statement.splits) {
      if (searched.split == split) return searched;
    }
    throw std::invalid_argument("no such split");
  }

  std::vector<Launch> launches;
  std::vector<PlannedLaunch> planned;  ///< those that it began itself
  Statement statement;
};

}  // namespace hybrid

#endif  // HYBRID_SEARCH_TEST_SEARCH_H_
