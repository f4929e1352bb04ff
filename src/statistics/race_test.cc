#include "statistics/race.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <optional>
#include <vector>

namespace hybrid {
namespace {

const double kThreePercent = std::log(1.03);

/// A racer with these times, 0 for a round in which it did not run.
Racer Times(std::initializer_list<double> times) {
  Racer racer;
  for (const double time : times) {
    racer.logs.push_back(time > 0 ? std::optional(std::log(time))
                                  : std::nullopt);
  }
  return racer;
}

Racer Wild(Racer racer) {
  racer.is_calm = false;
  return racer;
}

Racer Stopped(double time, std::size_t rounds) {
  return {.logs = std::vector<std::optional<double>>(rounds),
          .at_least = std::log(time)};
}

std::optional<double> Chance(const Race& race, std::size_t racer) {
  const auto& behind = race.behind.at(racer);
  if (!behind) return std::nullopt;
  return ChanceFaster(*behind, kThreePercent);
}

TEST(RaceTest, EqualTimesTie) {
  const auto race =
      JudgeRace(std::vector{Times({1, 1.01, 0.99}), Times({1, 0.99, 1.01})});
  ASSERT_TRUE(race);
  EXPECT_EQ(race->leader, 0U) << "the first of equal ones";
  EXPECT_FALSE(race->behind[0]);
  EXPECT_NEAR(Chance(*race, 1).value(), 0.16177, 5e-6);
  EXPECT_NEAR(race->spread, 0.03367, 5e-6);
  EXPECT_TRUE(TiesWithLeader(*race, 1));
}

TEST(RaceTest, OneRoundIsJudgedByThePriorSpread) {
  const auto race = JudgeRace(std::vector{Times({1}), Times({1.10}),
                                          Wild(Times({1.05})), Stopped(2, 1)});
  ASSERT_TRUE(race);
  EXPECT_EQ(race->spread, 0.04);
  EXPECT_NEAR(Chance(*race, 1).value(), 0.04595, 5e-6);
  EXPECT_NEAR(Chance(*race, 2).value(), 0.11914, 5e-6);
  EXPECT_NEAR(Chance(*race, 3).value(), 0.00011, 5e-6);
}

TEST(RaceTest, RoundsSharpenIt) {
  const std::vector racers{Times({1, 1.01, 1.00}), Times({1.10, 1.12, 1.11}),
                           Wild(Times({1.05, 1.05, 1.06})), Stopped(2, 3)};
  const auto race = JudgeRace(racers);
  ASSERT_TRUE(race);
  EXPECT_NEAR(race->spread, 0.03272, 5e-6);
  EXPECT_NEAR(Chance(*race, 1).value(), 0.00137, 5e-6);
  EXPECT_NEAR(Chance(*race, 2).value(), 0.01320, 5e-6);
  EXPECT_NEAR(Chance(*race, 3).value(), 0.00005, 5e-6);
  EXPECT_NEAR(ChanceMissed(*race, kThreePercent), 0.0146, 5e-5);
  // As the reference in Python has it.
  EXPECT_NEAR(std::expm1(GainMissed(*race, 0.05).value()), 0.0048122, 5e-7);
  EXPECT_FALSE(TiesWithLeader(*race, 1)) << "more than a tenth slower";
  EXPECT_TRUE(TiesWithLeader(*race, 2)) << "p is 0.059";
}

TEST(RaceTest, WhatIsWildDoesNotWidenTheSpread) {
  const auto calm = JudgeRace(std::vector{
      Times({1, 1, 1}), Times({1.2, 1.2, 1.2}), Wild(Times({1.5, 4, 9}))});
  EXPECT_LT(calm->spread, 0.04);
  // But its own scatter is what it is judged by.
  EXPECT_NEAR(calm->behind[2]->freedom, 2, 1e-12);
  EXPECT_GT(calm->behind[2]->error, 0.5);
}

TEST(RaceTest, WithoutTwoCalmOnesAllAreTaken) {
  const auto race =
      JudgeRace(std::vector{Times({1, 1, 1}), Wild(Times({1.5, 3, 6}))});
  EXPECT_GT(race->spread, 0.1);
}

TEST(RaceTest, OnlyWhoRanInEveryRoundLeads) {
  const auto race =
      JudgeRace(std::vector{Times({1, 1}), Times({0.9, 0}), Times({0, 0.5})});
  EXPECT_EQ(race->leader, 0U);
  EXPECT_NEAR(race->behind[1]->mean, std::log(0.9), 1e-12);
  EXPECT_NEAR(race->behind[2]->mean, std::log(0.5), 1e-12);
}

TEST(RaceTest, TimesCountAgainstTheLeaderOfTheSameRound) {
  // All of the second round took half as long again.
  const auto race = JudgeRace(std::vector{
      Times({1, 1.5, 1}), Times({1.2, 1.8, 0}), Times({0, 1.65, 0})});
  EXPECT_NEAR(race->behind[1]->mean, std::log(1.2), 1e-12);
  EXPECT_NEAR(race->behind[2]->mean, std::log(1.1), 1e-12);
}

TEST(RaceTest, NobodyLeadsWhereNobodyHasATime) {
  EXPECT_FALSE(JudgeRace({}));
  EXPECT_FALSE(JudgeRace(std::vector{Stopped(2, 1), Stopped(2, 1)}));
}

TEST(RaceTest, AloneNothingCanBeMissed) {
  const auto race = JudgeRace(std::vector{Times({1})});
  ASSERT_TRUE(race);
  EXPECT_EQ(ChanceMissed(*race, kThreePercent), 0);
  EXPECT_EQ(GainMissed(*race, 0.05), 0);
}

TEST(RaceTest, TheLevelOfTiesIsSharedByAllWhoAreNear) {
  const Racer leader = Times({1, 1, 1});
  const Racer other = Times({1.06, 1.06, 1.06});
  const auto ties_beside = [&](const Racer& rest) {
    std::vector<Racer> racers(20, Wild(rest));
    racers.push_back(leader);
    racers.push_back(other);
    const auto race = JudgeRace(racers);
    EXPECT_LT(ChanceFaster(*race->behind[21], 0), 0.05);
    EXPECT_GT(ChanceFaster(*race->behind[21], 0), 0.05 / 21);
    EXPECT_FALSE(TiesWithLeader(*race, race->leader));
    return TiesWithLeader(*race, 21);
  };
  EXPECT_TRUE(ties_beside(Times({1.05, 1.05, 1.05})));
  EXPECT_FALSE(ties_beside(Times({1.3, 1.3, 1.3})));
}

TEST(RaceTest, TheGainMissedHasItsChance) {
  const auto race =
      JudgeRace(std::vector{Times({1, 1.02, 0.97}), Times({1.01, 0.98, 1.03})});
  for (const double chance : {0.01, 0.05, 0.2}) {
    const auto gain = GainMissed(*race, chance);
    ASSERT_TRUE(gain);
    EXPECT_NEAR(ChanceMissed(*race, *gain), chance, 1e-9);
  }
  EXPECT_FALSE(GainMissed(*race, 1e-30));
}

}  // namespace
}  // namespace hybrid
