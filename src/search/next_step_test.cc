#include "search/next_step.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "key/key_text.h"
#include "search/test_search.h"
#include "sweep/axis.h"
#include "sweep/splits.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

SearchGroup Group(int cores, std::uint64_t batch = 32) {
  const Axis any{.is_auto = true};
  SearchGroup group;
  group.key.n = 256;
  group.key.batch = batch;
  group.splits = SplitsOf(any, any, cores, batch);
  group.usable_cores = cores;
  return group;
}

/// In which cores × 1 is the best, all others lose by what they leave idle and
/// more threads lose more.
TestWorld Usual(int cores) {
  return {.batch_s = [cores](const LaunchId& id) -> std::optional<double> {
    const auto threads = static_cast<double>(id.split.blas_threads);
    const auto used = std::min(static_cast<double>(cores),
                               threads * static_cast<double>(id.split.workers));
    const bool is_over = IsOversubscribed(id.split, cores);
    return 0.32 / used * (1 + 0.1 * (threads - 1)) * (is_over ? 3 : 1);
  }};
}

/// The same with noise: a function of the launch alone.
TestWorld Noisy(int cores, std::uint64_t seed, double noise = 0.03) {
  return {.batch_s = [cores, seed, noise](const LaunchId& id) {
    std::seed_seq words{seed, id.split.workers, id.split.blas_threads,
                        static_cast<std::uint64_t>(id.stage), id.round};
    std::minstd_rand random(words);
    const double uniform =
        static_cast<double>(random()) / static_cast<double>(random.max());
    return std::optional(*Usual(cores).batch_s(id) *
                         std::exp(noise * (2 * uniform - 1)));
  }};
}

std::vector<std::string> Texts(const std::vector<PlannedLaunch>& planned) {
  std::vector<std::string> texts;
  for (const PlannedLaunch& launch : planned) {
    texts.push_back(SplitText(launch.id.split) + ' ' +
                    std::string(Name(launch.id.stage)) + ' ' +
                    std::to_string(launch.id.round));
  }
  return texts;
}

std::string TextOf(const Statement& statement) {
  std::string text = std::string(Name(statement.end)) + ' ' +
                     std::to_string(statement.chance.value_or(-1)) + ' ' +
                     std::to_string(statement.gain_missed.value_or(-1)) + ' ' +
                     std::to_string(statement.launch_spread);
  for (const SearchedSplit& split : statement.splits) {
    text += '\n' + SplitText(split.split) + ' ' +
            std::string(Name(split.outcome)) + ' ' +
            std::to_string(split.launches) + ' ' +
            std::to_string(split.median_s.value_or(-1)) + ' ' +
            std::to_string(split.slowdown.value_or(-1)) + ' ' +
            std::to_string(split.bound_s.value_or(-1));
  }
  return text;
}

TEST(NextStepTest, BeginsWithTheCoresThenBoundsThenScreensThenRaces) {
  const TestSearch search(Group(4), Usual(4));
  EXPECT_EQ(search.planned[0], (PlannedLaunch{{{4, 1}, Stage::kScreen, 0},
                                              kSearchCutOff.first_s}));
  EXPECT_EQ(search.planned[1],
            (PlannedLaunch{{{1, 1}, Stage::kBound, 1}, kBoundLaunchS}));
  EXPECT_EQ(search.planned[2],
            (PlannedLaunch{{{1, 1}, Stage::kBound, 2}, kBoundLaunchS}));
  // 1×1 and 1×2 can't be within 25 % of the leader by their bounds, nor can
  // 2×1; what oversubscribes threads comes last.
  EXPECT_THAT(
      Texts(search.planned),
      ElementsAre("4×1 screen 0", "1×1 bound 1", "1×1 bound 2", "8×1 screen 0",
                  "2×2 screen 0", "1×8 screen 0", "4×4 screen 0", "4×1 race 1",
                  "2×2 race 1", "2×2 race 2", "4×1 race 2"));
  for (std::size_t i = 3; i < search.planned.size(); ++i) {
    EXPECT_DOUBLE_EQ(search.planned[i].cap_s, 0.16) << "twice the leader's";
  }
  EXPECT_EQ(search.Of({4, 1}).outcome, SearchOutcome::kBest);
  EXPECT_EQ(search.Of({4, 1}).launches, 3U);
  EXPECT_EQ(search.Of({2, 2}).outcome, SearchOutcome::kSlower);
  EXPECT_NEAR(search.Of({2, 2}).slowdown.value(), 1.1, 1e-9);
  EXPECT_EQ(search.Of({1, 4}).outcome, SearchOutcome::kBound);
  EXPECT_EQ(search.Of({8, 1}).outcome, SearchOutcome::kStopped);
  EXPECT_EQ(search.statement.end, SearchEnd::kUnlikelyMissed);
  EXPECT_LE(search.statement.chance.value(), kStopAtChance);
}

TEST(NextStepTest, CutsOffNotBeforeTwentyMilliseconds) {
  TestWorld world = Usual(2);
  const auto slower = world.batch_s;
  world.batch_s = [slower](const LaunchId& id) { return *slower(id) / 1e3; };
  const TestSearch search(Group(2), world);
  EXPECT_EQ(search.planned[1].cap_s, kSearchCutOff.least_s);
}

TEST(NextStepTest, LeaderAndRunnerUpAreMeasuredThreeTimes) {
  // So far apart that already the screening leaves no chance.
  SearchGroup group = Group(4);
  group.splits = {{4, 1}, {2, 2}};
  const TestWorld world{.batch_s = [](const LaunchId& id) {
    return std::optional(id.split.workers == 4 ? 1.0 : 1.7);
  }};
  const TestSearch search(group, world);
  EXPECT_EQ(search.Of({4, 1}).launches, 3U);
  EXPECT_EQ(search.Of({2, 2}).launches, 3U);
}

TEST(NextStepTest, LuckOnceDoesNotWin) {
  // 2×2 has one lucky launch; afterwards it takes ten times as long, and is cut
  // off.
  SearchGroup group = Group(4);
  group.splits = {{4, 1}, {2, 2}};
  const TestWorld world{.batch_s = [](const LaunchId& id) {
    const bool is_lucky = id.stage == Stage::kScreen;
    return std::optional(id.split.workers == 4 ? 1.0 : is_lucky ? 0.4 : 10.0);
  }};
  const TestSearch search(group, world);
  EXPECT_EQ(search.Of({4, 1}).outcome, SearchOutcome::kBest);
  EXPECT_EQ(search.Of({2, 2}).whole_launches, 1U);
  EXPECT_GE(search.Of({2, 2}).launches, 3U);
  EXPECT_EQ(search.Of({2, 2}).outcome, SearchOutcome::kStopped);
  EXPECT_GT(search.Of({2, 2}).slowdown.value(), 1);
}

TEST(NextStepTest, EqualSplitsRaceForAllRounds) {
  SearchGroup group = Group(2);
  group.splits = {{2, 1}, {1, 2}, {1, 1}};
  TestWorld world{.batch_s = [](const LaunchId& id) {
    // Each is ahead in turn.
    const bool is_ahead =
        id.round % 3 == id.split.workers + id.split.blas_threads - 2;
    return std::optional(is_ahead ? 0.9 : 1.0);
  }};
  const TestSearch search(group, world);
  EXPECT_EQ(search.statement.rounds, kMostRounds);
  EXPECT_EQ(search.statement.end, SearchEnd::kRoundsUsedUp);
  EXPECT_GT(search.statement.chance.value(), kMostChanceMissed);
  EXPECT_GT(search.statement.gain_missed.value(), kWorthwhileGain);
  EXPECT_EQ(search.statement.Count(SearchOutcome::kTie), 2U);

  group.most_rounds = 1;
  EXPECT_EQ(TestSearch(group, world).statement.rounds, 1U);
  group.most_rounds = 0;
  EXPECT_EQ(TestSearch(group, world).statement.rounds, 0U);
}

TEST(NextStepTest, FewSplitsAndSilentProgramsHaveNoBound) {
  const auto bounds = [](const SearchGroup& group, const TestWorld& world) {
    const TestSearch search(group, world);
    EXPECT_EQ(search.statement.Count(SearchOutcome::kBound), 0U);
    return std::count_if(search.planned.begin(), search.planned.end(),
                         [](const PlannedLaunch& launch) {
                           return launch.id.stage == Stage::kBound;
                         });
  };
  EXPECT_EQ(bounds(Group(2), Usual(2)), 0);
  SearchGroup group = Group(8);
  group.has_phases = false;
  EXPECT_EQ(bounds(group, Usual(8)), 0);
  group.has_phases = true;
  TestWorld silent = Usual(8);
  silent.load_s = silent.operate_s = std::nullopt;
  EXPECT_EQ(bounds(group, silent), 1) << "the second is of no use";
  silent.load_s = 0.001;
  silent.operate_s = std::nan("");
  EXPECT_EQ(bounds(group, silent), 1);
  std::erase(group.splits, Split{1, 1});
  EXPECT_EQ(bounds(group, Usual(8)), 0);
}

TEST(NextStepTest, WithoutTheCoresTheMostPromisingIsFirst) {
  SearchGroup group = Group(4, 1);
  group.splits = {{4, 4}, {1, 1}, {1, 4}, {2, 2}};
  EXPECT_EQ(Texts(TestSearch(group, Usual(4)).planned).front(), "2×2 screen 0");
  group.splits = {{4, 4}};
  EXPECT_EQ(Texts(TestSearch(group, Usual(4)).planned).front(), "4×4 screen 0");
}

TEST(NextStepTest, OneSplitIsLaunchedOnce) {
  SearchGroup group = Group(4);
  group.splits = {{2, 2}};
  const TestSearch search(group, Usual(4));
  EXPECT_EQ(search.planned.size(), 1U);
  EXPECT_EQ(search.statement.chance, 0);
  EXPECT_EQ(search.statement.end, SearchEnd::kUnlikelyMissed);
  group.splits.clear();
  EXPECT_FALSE(TestSearch(group, Usual(4)).statement.best);
}

TEST(NextStepTest, WhatFailsIsOut) {
  TestWorld world = Usual(4);
  const auto works = world.batch_s;
  // The best, and in the race only.
  world.batch_s = [works](const LaunchId& id) -> std::optional<double> {
    if (id.split == Split{4, 1} && id.round == 1) return std::nullopt;
    return works(id);
  };
  const TestSearch search(Group(4), world);
  EXPECT_EQ(search.Of({4, 1}).outcome, SearchOutcome::kFailed);
  EXPECT_EQ(search.Of({2, 2}).outcome, SearchOutcome::kBest);
  EXPECT_LE(search.statement.chance.value(), kStopAtChance);
  EXPECT_EQ(search.statement.splits.size(), Group(4).splits.size());
  // 3 more launches than without the failure at the most: no endless retries.
  EXPECT_EQ(std::count_if(search.launches.begin(), search.launches.end(),
                          [](const Launch& launch) { return launch.failed; }),
            1);
}

TEST(NextStepTest, NothingIsSaidWhereNothingEnded) {
  const TestWorld world{
      .batch_s = [](const LaunchId&) { return std::optional(1e9); }};
  const TestSearch search(Group(2), world);
  EXPECT_EQ(search.launches.size(), Group(2).splits.size());
  EXPECT_EQ(search.statement.end, SearchEnd::kNothingEnded);
  EXPECT_FALSE(search.statement.best);
  EXPECT_FALSE(search.statement.chance);
}

TEST(NextStepTest, ATimeThatIsNoneCountsAsFailure) {
  const TestWorld world{.batch_s = [](const LaunchId& id) {
    return std::optional(id.split.workers == 2 ? 0.0 : 1.0);
  }};
  const TestSearch search(Group(2), world);
  EXPECT_EQ(search.Of({2, 1}).outcome, SearchOutcome::kFailed);
}

TEST(NextStepTest, TwoLaunchesOfOneIdAreRefused) {
  const std::vector<Launch> twice(
      2, {.id = {{2, 1}, Stage::kRace, 3}, .value_s = 1});
  try {
    Next(Group(2), twice);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "two launches of 2×1 in stage race, round 3");
  }
}

TEST(NextStepTest, OtherGroupsSplitsAreNotLookedAt) {
  const SearchGroup group = Group(4);
  const TestSearch search(group, Usual(4));
  auto more = search.launches;
  more.push_back({.id = {{77, 1}, Stage::kScreen, 0}, .value_s = 1e-6});
  more.push_back({.id = {{4, 1}, Stage::kRace, 99}, .value_s = 1e-6});
  EXPECT_EQ(TextOf(TestSearch(group, Usual(4), more).statement),
            TextOf(search.statement));
}

TEST(NextStepTest, WithoutTimeItSaysWhatIsMissing) {
  const SearchGroup group = Group(4);
  const TestSearch whole(group, Usual(4));
  for (std::size_t begun = 0; begun < whole.launches.size(); ++begun) {
    const std::vector<Launch> part(
        whole.launches.begin(),
        whole.launches.begin() + static_cast<std::ptrdiff_t>(begun));
    EXPECT_TRUE(std::holds_alternative<PlannedLaunch>(Next(group, part)));
    EXPECT_TRUE(std::holds_alternative<PlannedLaunch>(Next(group, part, 0.1)));
    const Step step = Next(group, part, 0.0);
    ASSERT_TRUE(std::holds_alternative<Statement>(step));
    const auto& said = std::get<Statement>(step);
    EXPECT_EQ(said.end, SearchEnd::kOutOfTime);
    EXPECT_EQ(said.best.has_value(), begun > 0);
    // 4×1, two for the bound, and four others.
    EXPECT_EQ(said.Count(SearchOutcome::kUnmeasured) > 0, begun < 7) << begun;
    EXPECT_EQ(said.chance.has_value(), begun >= 7) << begun;
    EXPECT_EQ(said.gain_missed.has_value(), begun >= 7) << begun;
  }
  EXPECT_EQ(TextOf(std::get<Statement>(Next(group, whole.launches, -1.0))),
            TextOf(whole.statement));
}

/// Any part of a search's launches, in any order, leads to the whole.
TEST(NextStepTest, GoesOnFromAnyPartOfItsLaunches) {
  std::mt19937_64 random(27);
  for (const int cores : {1, 2, 4, 6, 8, 24}) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      SearchGroup group = Group(cores);
      group.key.seed = seed;
      // Beside the best, noise enough for several rounds.
      const TestWorld world = Noisy(cores, seed, 0.06);
      const TestSearch whole(group, world);
      for (int i = 0; i < 6; ++i) {
        std::vector<Launch> part = whole.launches;
        if (i > 0) {
          // Stopped half-way, or parts got lost.
          if (i % 2 == 1)
            part.resize(part.size() / 2);
          else
            std::erase_if(part, [&](auto&) { return random() % 2 == 0; });
        }
        for (std::size_t left = part.size(); left > 1; --left) {
          std::swap(part[left - 1], part[random() % left]);
        }
        SearchGroup turned = group;
        std::reverse(turned.splits.begin(), turned.splits.end());
        const TestSearch rest(turned, world, part);
        EXPECT_EQ(TextOf(rest.statement), TextOf(whole.statement));
        EXPECT_EQ(rest.launches.size(), whole.launches.size());
      }
    }
  }
}

TEST(NextStepTest, TheOrderOfARoundDependsOnSeedGroupAndRound) {
  SearchGroup group = Group(8);
  const TestWorld equal{
      .batch_s = [](const LaunchId&) { return std::optional(1.0); }};
  const auto order = [&](std::uint64_t round) {
    std::vector<std::string> texts;
    for (const PlannedLaunch& launch : TestSearch(group, equal).planned) {
      if (launch.id.stage == Stage::kRace && launch.id.round == round) {
        texts.push_back(SplitText(launch.id.split));
      }
    }
    return texts;
  };
  const auto first = order(1);
  EXPECT_GT(first.size(), 10U);
  EXPECT_EQ(order(1), first);
  EXPECT_NE(order(2), first);
  group.key.seed = 1;
  EXPECT_NE(order(1), first);
  group.key.seed = 0;
  group.key.n = 300;
  EXPECT_NE(order(1), first);
  group.key.n = 256;
  group.key.workers = 8;  // no matter which split's key it is
  EXPECT_EQ(order(1), first);
}

TEST(NextStepTest, EnginesCompete) {
  SearchGroup group = Group(4);
  const std::vector<Engine> engines{Engine::kProcesses, Engine::kThreads,
                                    Engine::kBatched};
  const Axis any{.is_auto = true};
  const std::vector<std::uint64_t> one_host{1};
  group.splits = SplitsOf(one_host, engines, any, any, 4, 32);
  TestWorld world = Usual(4);
  const auto processes = world.batch_s;
  world.batch_s = [processes](const LaunchId& id) -> std::optional<double> {
    if (id.split == Split{1, 4, Engine::kBatched}) return 0.05;
    return *processes(id) * (id.split.engine == Engine::kThreads ? 1.01 : 1);
  };
  const TestSearch search(group, world);
  EXPECT_EQ(search.planned[0].id.split, (Split{4, 1}));
  EXPECT_EQ(search.planned[1].id.split, (Split{1, 1}));
  EXPECT_EQ(search.Of({1, 4, Engine::kBatched}).outcome, SearchOutcome::kBest);
}

TEST(NextStepTest, HostsCompete) {
  SearchGroup group = Group(4);
  const std::vector<std::uint64_t> hosts{1, 2, 4};
  const std::vector<Engine> engines{Engine::kProcesses};
  const Axis any{.is_auto = true};
  group.splits = SplitsOf(hosts, engines, any, any, 4, 32);
  TestWorld world = Usual(4);
  const auto on_one = world.batch_s;
  world.batch_s = [on_one](const LaunchId& id) -> std::optional<double> {
    LaunchId one = id;
    one.split.host_count = 1;
    return *on_one(one) / static_cast<double>(id.split.host_count);
  };
  const TestSearch search(group, world);
  // All cores of all hosts first, then what tells the bounds, on one host.
  EXPECT_EQ(search.planned[0].id.split, (Split{4, 1, Engine::kProcesses, 4}));
  EXPECT_EQ(search.planned[1].id.split, (Split{1, 1}));
  EXPECT_EQ(search.planned[1].id.stage, Stage::kBound);
  const SearchedSplit& best = search.Of({4, 1, Engine::kProcesses, 4});
  EXPECT_EQ(best.outcome, SearchOutcome::kBest);
}

}  // namespace
}  // namespace hybrid
