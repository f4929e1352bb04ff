#include "analysis/launches.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "analysis/evidence.h"
#include "search/long_batch.h"
#include "search/next_step.h"
#include "statistics/samples.h"

namespace hybrid {
namespace {

/// The grid that a search is compared with: bench's usual repetitions.
constexpr std::size_t kUsualRepetitions = 7;
constexpr double kUsualRepetitionS = 0.1;

/// Of the differences of two means of n values of equal spread.
constexpr double kQuantile95 = 1.96;

/// The value of the flag `name` in a row's flags; empty if it is not there.
std::string_view FlagIn(std::string_view flags, std::string_view name) {
  const std::string start = std::string(name) + "=";
  for (std::size_t at = flags.find(start); at != std::string_view::npos;
       at = flags.find(start, at + 1)) {
    if (at > 0 && flags[at - 1] != ' ') continue;
    const std::string_view value = flags.substr(at + start.size());
    return value.substr(0, value.find(' '));
  }
  return {};
}

/// What is the same of all launches, and how far they went.
struct Seen {
  const Row* any = nullptr;
  std::uint64_t last_round = 0;
  bool has_phases = false;
};

bool IsMeasured(const Row& row) {
  return row.status == Status::kOk || row.status == Status::kCapped;
}

/// Nothing unless they are launches of one run.
std::optional<Seen> LookAt(const SplitRows& rows) {
  Seen seen;
  for (const auto& [split, its_rows] : rows) {
    for (const Row* const row : its_rows) {
      if (!row->is_launch() && row->status != Status::kSkipped) {
        // What failed before its workers were up.
        if (row->status == Status::kError) continue;
        return std::nullopt;
      }
      if (seen.any == nullptr) seen.any = row;
      if (row->run_id != seen.any->run_id) return std::nullopt;
      if (!IsMeasured(*row)) continue;
      if (row->stage != Stage::kBound) {
        seen.last_round = std::max(seen.last_round, row->round);
      }
      seen.has_phases |= row->load_s.has_value();
    }
  }
  if (seen.any == nullptr) return std::nullopt;
  return seen;
}

/// Whether a split of long batches ran as often as those do, and others more.
bool SparesLong(const SplitRows& rows, std::uint64_t last_round) {
  return std::any_of(rows.begin(), rows.end(), [&](const auto& split) {
    std::uint64_t last = 0;
    double first_s = 0;
    for (const Row* const row : split.second) {
      if (row->status != Status::kOk || !HasTime(*row)) continue;
      if (row->round == 1) first_s = TimeOf(*row);
      last = std::max(last, row->round);
    }
    return first_s > kLongBatchS && last == kLongRepetitions &&
           last < last_round;
  });
}

SearchGroup GroupOf(const GroupKey& key, const SplitRows& rows,
                    const Seen& seen) {
  SearchGroup group;
  group.key = key;
  group.key.seed = seen.any->seed;
  for (const auto& [split, its_rows] : rows) group.splits.push_back(split);
  group.usable_cores = static_cast<int>(key.usable_cores);
  group.has_smt = seen.any->usable_cpus > key.usable_cores;
  group.has_phases = seen.has_phases;
  group.is_grid = seen.any->stage == Stage::kGrid;
  if (group.is_grid) {
    group.most_rounds = seen.last_round > 0 ? seen.last_round - 1 : 0;
    group.spares_long = SparesLong(rows, seen.last_round);
    group.cut_off = kGridCutOff;
    return group;
  }
  const std::string_view most =
      FlagIn(seen.any->flags, "--benchmark_repetitions");
  std::from_chars(most.data(), most.data() + most.size(), group.most_rounds);
  return group;
}

/// What its launches took, beside what ends them.
double UsedSeconds(const SplitRows& rows) {
  double used_s = 0;
  for (const auto& [split, its_rows] : rows) {
    for (const Row* const row : its_rows) {
      used_s += row->start_s.value_or(0) +
                row->wall_s.value_or(0) * static_cast<double>(row->iterations);
    }
  }
  return used_s;
}

}  // namespace

Launch ToLaunch(const Row& row) {
  Launch launch;
  launch.id = {row.split(), row.stage, row.round};
  if (row.stage == Stage::kGrid) {
    launch.id.stage = row.round <= 1 ? Stage::kScreen : Stage::kRace;
    launch.id.round = row.round <= 1 ? 0 : row.round - 1;
  }
  launch.failed = row.status == Status::kError;
  launch.capped = row.status == Status::kCapped;
  if (HasTime(row)) launch.value_s = TimeOf(row);
  launch.cap_s = row.cap_s.value_or(launch.value_s);
  if (row.stage == Stage::kBound && row.tasks_done.value_or(0) > 0) {
    const auto tasks = static_cast<double>(*row.tasks_done);
    if (row.load_s) launch.load_s = *row.load_s / tasks;
    if (row.operate_s) launch.operate_s = *row.operate_s / tasks;
  }
  return launch;
}

std::optional<GroupLaunches> LaunchesOf(const GroupKey& key,
                                        const SplitRows& rows) {
  const std::optional<Seen> seen = LookAt(rows);
  if (!seen) return std::nullopt;
  GroupLaunches all{GroupOf(key, rows, *seen), {}};
  std::map<LaunchId, std::size_t> places;
  for (const auto& [split, its_rows] : rows) {
    for (const Row* const row : its_rows) {
      if (row->status == Status::kSkipped) continue;
      const Launch launch = ToLaunch(*row);
      const auto [place, is_new] =
          places.try_emplace(launch.id, all.launches.size());
      if (is_new) {
        all.launches.push_back(launch);
      } else if (launch.failed) {
        all.launches[place->second] = launch;
      }
    }
  }
  return all;
}

std::optional<GroupStatement> FindStatement(const GroupKey& key,
                                            const SplitRows& rows) {
  const std::optional<GroupLaunches> all = LaunchesOf(key, rows);
  if (!all) return std::nullopt;
  // Without time left it is what can be said by now.
  GroupStatement said{std::get<Statement>(Next(all->group, all->launches, 0.0)),
                      {}};
  SearchCircumstances& circumstances = said.circumstances;
  circumstances.used_s = UsedSeconds(rows);
  circumstances.most_rounds = all->group.most_rounds;
  circumstances.is_grid = all->group.is_grid;
  if (!all->group.is_grid) {
    circumstances.all_splits_s = EstimateGridSeconds(
        said.statement, kUsualRepetitions, kUsualRepetitionS);
  }
  const std::string_view budget =
      FlagIn(rows.begin()->second.front()->flags, "--budget");
  if (!budget.empty()) {
    circumstances.out_of_time = "--budget=" + std::string(budget) + " ended";
  }
  return said;
}

std::optional<double> LaunchFloor(const Statement& statement) {
  const std::size_t launches = statement.rounds + 1;
  if (!statement.best || launches < kFewestSamples) return std::nullopt;
  return kQuantile95 * statement.launch_spread *
         std::sqrt(2 / static_cast<double>(launches));
}

}  // namespace hybrid
