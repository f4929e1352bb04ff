#include "search/simulated_search.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <thread>
#include <utility>
#include <variant>

#include "search/next_step.h"
#include "search/simulated_run.h"
#include "statistics/samples.h"

namespace hybrid {

SimulatedSearch SearchSimulated(const SimulatedGroup& group, std::uint64_t seed,
                                const SimulatedSearchSettings& settings) {
  SimulatedRun run(group, seed);
  const SearchGroup searched = group.ToSearch(seed);
  std::map<Split, double> living;
  SimulatedSearch search;
  while (true) {
    std::optional<double> left_s;
    if (settings.budget_s) left_s = *settings.budget_s - run.elapsed_s();
    const Step step = Next(searched, search.launches, left_s);
    if (const auto* const statement = std::get_if<Statement>(&step)) {
      search.statement = *statement;
      break;
    }
    const auto& planned = std::get<PlannedLaunch>(step);
    const double begin = run.elapsed_s();
    if (planned.id.stage == Stage::kBound) {
      search.launches.push_back(run.MeasureTask(planned));
    } else {
      const SimulatedSplit& split = group.Of(planned.id.split);
      if (settings.starts_anew || !living.contains(split.split)) {
        living[split.split] = run.Start(split);
      }
      const auto batches =
          run.Measure(split, living[split.split], {.cap_s = planned.cap_s});
      search.launches.push_back({.id = planned.id,
                                 .value_s = batches.seconds,
                                 .capped = batches.is_capped,
                                 .cap_s = planned.cap_s});
    }
    search.last_launch_s = run.elapsed_s() - begin;
  }
  search.seconds = run.elapsed_s();
  if (search.statement.best) {
    search.regret =
        group.Regret(search.statement.splits[*search.statement.best].split);
  }
  return search;
}

SimulatedGrid RunSimulatedGrid(const SimulatedGroup& group,
                               std::uint64_t seed) {
  constexpr double kMinTimeS = 0.1;
  constexpr int kRepetitions = 7;
  SimulatedRun run(group, seed);
  std::optional<double> fastest_s;
  const SimulatedSplit* best = nullptr;
  double best_s = 0;
  for (const SimulatedSplit& split : group.splits()) {
    const double cap_s = kGridCutOff.For(fastest_s);
    const double launch = run.Start(split);
    // Google Benchmark estimates how many batches it takes.
    double batches = 1;
    for (; batches * split.batch_s < kMinTimeS / 10; batches *= 10) {
      run.Advance(batches * split.batch_s);
    }
    const bool is_short = split.batch_s < kMinTimeS;
    if (is_short) run.Advance(batches * split.batch_s);
    std::vector<double> times;
    while (times.size() < kRepetitions) {
      const auto measured =
          run.Measure(split, launch,
                      {.least_s = is_short ? 1.4 * kMinTimeS : 1e-9,
                       .cap_s = cap_s,
                       .warms_up = false,
                       .takes_median = false});
      if (measured.is_capped) break;
      times.push_back(measured.seconds);
      fastest_s = std::min(fastest_s.value_or(times.back()), times.back());
    }
    if (times.size() < kRepetitions) continue;
    const double median = *Median(times);
    if (best == nullptr || median < best_s) {
      best = &split;
      best_s = median;
    }
  }
  return {run.elapsed_s(), best == nullptr ? 0 : group.Regret(best->split)};
}

std::vector<GroupRuns> RunGroups(const std::vector<SimulatedGroup>& groups,
                                 std::size_t runs,
                                 const SimulatedSearchSettings& settings,
                                 bool with_grids) {
  std::vector<GroupRuns> results(groups.size());
  InParallel(groups.size(), [&](std::size_t i) {
    GroupRuns& result = results[i];
    result.group = &groups[i];
    result.grid_s = RunSimulatedGrid(groups[i], 777 + i).seconds;
    for (std::size_t run = 0; run < runs; ++run) {
      const std::uint64_t seed = 1'000'000 + 1000 * i + run;
      result.searches.push_back(SearchSimulated(groups[i], seed, settings));
      if (with_grids) {
        result.grids.push_back(RunSimulatedGrid(groups[i], seed));
      }
    }
  });
  return results;
}

SearchSummary Summarise(std::span<const GroupRuns> runs, int least, int most) {
  SearchSummary sum;
  double says = 0, wrong = 0, equal = 0, ties = 0, search_s = 0, grid_s = 0;
  double splits = 0;
  std::vector<double> times;
  for (const GroupRuns& group_runs : runs) {
    const SimulatedGroup& group = *group_runs.group;
    if (group.machine().cores < least || group.machine().cores > most) continue;
    const double best_s = group.best_s();
    for (const SimulatedSearch& search : group_runs.searches) {
      const Statement& statement = search.statement;
      ++sum.runs;
      const bool is_off = search.regret > kWorthwhileGain;
      const double chance = statement.chance.value_or(1);
      sum.worse_than_3_percent += is_off;
      sum.worse_than_10_percent += search.regret > 0.10;
      sum.stated += chance;
      if (chance <= kMostChanceMissed) {
        ++says;
        wrong += is_off;
      }
      sum.gain_exceeded +=
          statement.gain_missed && search.regret > *statement.gain_missed;
      search_s += search.seconds;
      times.push_back(search.seconds / group_runs.grid_s);
      grid_s += group_runs.grid_s;
      sum.measured += static_cast<double>(statement.measured());
      splits += static_cast<double>(statement.splits.size());
      sum.most_rounds = std::max(sum.most_rounds, statement.rounds);
      bool has_far_tie = false;
      for (const SearchedSplit& split : statement.splits) {
        const double slowdown = group.Of(split.split).batch_s / best_s;
        sum.best_bounded +=
            is_off && slowdown == 1 && split.outcome == SearchOutcome::kBound;
        has_far_tie |= split.outcome == SearchOutcome::kTie && slowdown > 1.10;
        if (slowdown < 1.01 && split.outcome != SearchOutcome::kBest) {
          ++equal;
          ties += split.outcome == SearchOutcome::kTie;
        }
      }
      sum.far_ties += has_far_tie;
    }
  }
  const auto runs_in_all = static_cast<double>(sum.runs);
  for (double* const share :
       {&sum.worse_than_3_percent, &sum.worse_than_10_percent, &sum.stated,
        &sum.gain_exceeded, &sum.best_bounded, &sum.far_ties}) {
    *share /= runs_in_all;
  }
  sum.says_5_percent = says / runs_in_all;
  sum.wrong_of_these = says > 0 ? wrong / says : 0;
  sum.ties_of_equal = equal > 0 ? ties / equal : 1;
  sum.time_of_grid = search_s / grid_s;
  sum.median_time = Median(times).value_or(0);
  sum.measured /= splits;
  return sum;
}

void InParallel(std::size_t count,
                const std::function<void(std::size_t)>& task) {
  constexpr unsigned kMostThreads = 8;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) task(i);
  };
  std::vector<std::jthread> threads;
  const unsigned cores =
      std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
  for (unsigned i = 1; i < cores; ++i) threads.emplace_back(work);
  work();
}

}  // namespace hybrid
