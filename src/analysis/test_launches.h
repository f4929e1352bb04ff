#ifndef HYBRID_ANALYSIS_TEST_LAUNCHES_H_
#define HYBRID_ANALYSIS_TEST_LAUNCHES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <optional>
#include <stdexcept>
#include <variant>
#include <vector>

#include "analysis/test_rows.h"
#include "search/launch.h"
#include "search/next_step.h"
#include "search/search_group.h"
#include "search/statement.h"

namespace hybrid {

/// For tests: rows of launches of one run on four cores.
class TestLaunches : public TestRows {
 public:
  /// Seconds per batch that a launch takes.
  using Seconds = std::function<double(const LaunchId&)>;

  /// What a task of 1×1 takes, in launches for the bounds.
  double load_s = 1e-4;
  double operate_s = 9e-4;

  /// The splits of four cores that `auto` stands for.
  static std::vector<Split> NineSplits() {
    std::vector<Split> splits;
    for (const std::uint64_t workers : {1U, 2U, 4U}) {
      for (const std::uint64_t threads : {1U, 2U, 4U}) {
        splits.push_back({workers, threads});
      }
    }
    return splits;
  }

  /// 4×1 is the best, of 64 tasks of 1 ms; the more threads a worker has the
  /// slower, and so where cores are idle. Launches scatter by a percent.
  static double Scattered(const LaunchId& id) {
    const Split& split = id.split;
    const auto threads =
        static_cast<double>(split.workers * split.blas_threads);
    const double base = threads > 4 ? 0.0035 * threads : 0.07 / threads;
    const auto odd = static_cast<double>(
        (7 * id.round + 3 * split.workers + split.blas_threads) % 5);
    return base * (1 + 0.04 * static_cast<double>(split.blas_threads - 1)) *
           (1 + 0.005 * odd);
  }

  TestLaunches() {
    base.run_id = "run";
    base.usable_cores = 4;
    base.usable_cpus = 4;
  }

  /// A search among these nine, or a grid in five rounds.
  SearchGroup Nine(bool is_grid) const {
    SearchGroup group;
    group.key = base;
    group.splits = NineSplits();
    group.usable_cores = 4;
    group.is_grid = is_grid;
    if (is_grid) {
      group.cut_off = kGridCutOff;
      group.most_rounds = 4;
    }
    return group;
  }

  /// Adds a row for each split that was left out.
  void LeaveOut(const Statement& statement) {
    for (const SearchedSplit& split : statement.splits) {
      if (split.outcome == SearchOutcome::kBound) {
        Skipped(split.split, split.bound_s);
      } else if (split.outcome == SearchOutcome::kUnmeasured) {
        Skipped(split.split);
      }
    }
  }

  /// Adds a launch that completed. Its mean is worse than its median.
  Row& Launched(Split split, Stage stage, std::uint64_t round, double seconds) {
    Ok(split, {1.5 * seconds});
    Row& row = Place(stage, round);
    row.batch_median_s = seconds;
    return row;
  }

  /// Adds a launch that was cut off after `cap_s`.
  Row& Cut(Split split, Stage stage, std::uint64_t round, double cap_s) {
    TestRows::Capped(split, cap_s, 3);
    Row& row = Place(stage, round);
    row.cap_s = cap_s;
    return row;
  }

  /// Adds what says that a split was left out.
  Row& Skipped(Split split, std::optional<double> bound_s = std::nullopt) {
    Row& row = Add(split, Status::kSkipped);
    row.bound_s = bound_s;
    return row;
  }

  /// Adds the launches of `split` in a grid, one a round.
  void Rounds(Split split, std::initializer_list<double> seconds) {
    std::uint64_t round = 0;
    for (const double one : seconds) {
      Launched(split, Stage::kGrid, ++round, one);
    }
  }

  /// Adds one of 1×1's launches for the bounds: 10 tasks.
  Row& Bound(std::uint64_t round, double task_load_s, double task_operate_s) {
    constexpr std::uint64_t kTasks = 10;
    TestRows::Capped({1, 1}, 10 * (task_load_s + task_operate_s), kTasks);
    Row& row = Place(Stage::kBound, round);
    row.status = Status::kOk;
    row.load_s = 10 * task_load_s;
    row.operate_s = 10 * task_operate_s;
    return row;
  }

  /// What bench would measure of `group` until its end, or so many launches;
  /// returns what it says then.
  Statement Follow(const SearchGroup& group, const Seconds& seconds,
                   std::size_t most = std::numeric_limits<std::size_t>::max()) {
    constexpr std::size_t kFarTooMany = 10'000;
    std::vector<Launch> launches;
    while (launches.size() < kFarTooMany) {
      const double left_s = launches.size() < most ? 1 : 0;
      const Step step = Next(group, launches, left_s);
      if (const auto* const done = std::get_if<Statement>(&step)) return *done;
      launches.push_back(Make(group, std::get<PlannedLaunch>(step), seconds));
    }
    throw std::runtime_error("it does not end");
  }

 private:
  /// The row that was added last, as a launch.
  Row& Place(Stage stage, std::uint64_t round) {
    Row& row = rows.back();
    row.stage = stage;
    row.round = round;
    row.repetition = round;
    row.start_s = 0.01;
    return row;
  }

  Launch Make(const SearchGroup& group, const PlannedLaunch& planned,
              const Seconds& seconds) {
    const LaunchId& id = planned.id;
    Launch launch{.id = id, .cap_s = planned.cap_s};
    if (id.stage == Stage::kBound) {
      launch.load_s = load_s;
      launch.operate_s = operate_s;
      Bound(id.round, load_s, operate_s);
      return launch;
    }
    const Stage stage = group.is_grid ? Stage::kGrid : id.stage;
    const std::uint64_t round = group.is_grid ? id.round + 1 : id.round;
    launch.value_s = seconds(id);
    launch.capped = launch.value_s > planned.cap_s;
    Row& row = launch.capped ? Cut(id.split, stage, round, planned.cap_s)
                             : Launched(id.split, stage, round, launch.value_s);
    row.load_s = 0.1 * *row.wall_s;
    return launch;
  }
};

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_TEST_LAUNCHES_H_
