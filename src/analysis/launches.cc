#include "analysis/launches.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "analysis/evidence.h"
#include "base/shell_words.h"
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

/// The value of the flag that `start`, "--name=", begins in a row's flags;
/// empty if it is not there.
std::string FlagIn(const std::string& flags, std::string_view start) {
  try {
    for (const std::string& word : SplitWords(flags)) {
      if (word.starts_with(start)) return word.substr(start.size());
    }
  } catch (const std::invalid_argument&) {
    // No words of a shell, so no flags that bench wrote.
  }
  return {};
}

/// What is the same of all launches, and how far they went.
struct Seen {
  const Row* any = nullptr;
  std::uint64_t last_round = 0;
  std::uint64_t usable_cpus = 0;
  bool is_search = false;
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
      seen.is_search |= row->stage != Stage::kGrid;
      seen.usable_cpus = std::max(seen.usable_cpus, row->usable_cpus);
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
      if (!IsMeasured(*row) || !HasTime(*row)) continue;
      if (row->round == 1) first_s = TimeOf(*row);
      last = std::max(last, row->round);
    }
    return first_s > kLongBatchS && last == kLongRepetitions &&
           last < last_round;
  });
}

/// At least 1, and a number that a machine may have: a file may tell any.
int CoresOf(const GroupKey& key) {
  constexpr std::uint64_t kMostCores = 1'000'000;
  return static_cast<int>(
      std::clamp<std::uint64_t>(key.usable_cores, 1, kMostCores));
}

SearchGroup SearchGroupOf(const GroupKey& key, const SplitRows& rows,
                          const Seen& seen) {
  SearchGroup group;
  group.key = key;
  group.key.seed = seen.any->seed;
  for (const auto& [split, its_rows] : rows) group.splits.push_back(split);
  group.usable_cores = CoresOf(key);
  group.has_smt = seen.usable_cpus > key.usable_cores;
  group.has_phases = seen.has_phases;
  group.is_grid = !seen.is_search;
  if (group.is_grid) {
    group.most_rounds = seen.last_round > 0 ? seen.last_round - 1 : 0;
    group.spares_long = SparesLong(rows, seen.last_round);
    group.cut_off = kGridCutOff;
    return group;
  }
  const std::string most = FlagIn(seen.any->flags, "--benchmark_repetitions=");
  std::from_chars(most.data(), most.data() + most.size(), group.most_rounds);
  return group;
}

/// Whether all splits of the group have rows: who is stopped while they are
/// launched for the first time has none of the others, unless a search or a
/// budget says that it left them out.
bool NamesAllSplits(const SplitRows& rows) {
  const auto tells = [](const Row* row) {
    return row->status == Status::kSkipped || row->stage == Stage::kRace ||
           (row->stage == Stage::kGrid && row->round > 1);
  };
  return std::any_of(rows.begin(), rows.end(), [&](const auto& split) {
    return std::any_of(split.second.begin(), split.second.end(), tells);
  });
}

/// Whether a budget left any split out, and not its bound.
bool LeftOutForTime(const SplitRows& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const auto& split) {
    return std::any_of(
        split.second.begin(), split.second.end(), [](const Row* row) {
          return row->status == Status::kSkipped && !row->bound_s;
        });
  });
}

/// What its launches took, beside what ends them.
double UsedSeconds(const SplitRows& rows) {
  double used_s = 0;
  for (const auto& [split, its_rows] : rows) {
    for (const Row* const row : its_rows) {
      used_s +=
          row->start_s.value_or(0) + row->wall_s.value_or(0) * BatchesOf(*row);
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
  launch.cap_s = IsPositive(row.cap_s) ? *row.cap_s : launch.value_s;
  if (row.stage == Stage::kBound && row.tasks_done.value_or(0) > 0) {
    // Both are per batch.
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
  GroupLaunches all{SearchGroupOf(key, rows, *seen), {}};
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
  if (!NamesAllSplits(rows)) {
    said.statement.chance.reset();
    said.statement.gain_missed.reset();
  }
  SearchCircumstances& circumstances = said.circumstances;
  circumstances.used_s = UsedSeconds(rows);
  circumstances.most_rounds = all->group.most_rounds;
  circumstances.is_grid = all->group.is_grid;
  if (!all->group.is_grid) {
    circumstances.all_splits_s = EstimateGridSeconds(
        said.statement, kUsualRepetitions, kUsualRepetitionS);
  }
  const std::string budget =
      FlagIn(rows.begin()->second.front()->flags, "--budget=");
  if (!budget.empty() && LeftOutForTime(rows)) {
    circumstances.out_of_time = fmt::format("--budget={} ended", budget);
  }
  return said;
}

std::optional<double> LaunchFloor(const Statement& statement) {
  const std::size_t launches = statement.rounds + 1;
  if (!statement.best || launches < kFewestSamples) return std::nullopt;
  // Of one split alone the spread is that of the prior.
  const auto in_all = std::count_if(
      statement.splits.begin(), statement.splits.end(),
      [&](const SearchedSplit& one) { return one.launches == launches; });
  if (in_all < 2) return std::nullopt;
  return kQuantile95 * statement.launch_spread *
         std::sqrt(2 / static_cast<double>(launches));
}

}  // namespace hybrid
