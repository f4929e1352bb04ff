#include "search/lower_bound.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

constexpr TaskPhases kOne{.load_s = 0.2e-3, .operate_s = 0.8e-3};

SearchGroup EightCores() {
  SearchGroup group;
  group.key.batch = 32;
  group.usable_cores = 8;
  return group;
}

double Milliseconds(const SearchGroup& group, const Split& split) {
  return LowerBound(group, split, kOne).value() * 1e3;
}

TEST(LowerBoundTest, OnlyOperatingIsShared) {
  const SearchGroup group = EightCores();
  EXPECT_NEAR(Milliseconds(group, {8, 1}), 4.0, 1e-9);
  EXPECT_NEAR(Milliseconds(group, {4, 2}), 4.8, 1e-9);
  EXPECT_NEAR(Milliseconds(group, {2, 4}), 6.4, 1e-9);
  EXPECT_NEAR(Milliseconds(group, {4, 1}), 8.0, 1e-9);
  EXPECT_NEAR(Milliseconds(group, {1, 8}), 9.6, 1e-9);
}

TEST(LowerBoundTest, TheLastTasksTakeAsLongAsAnyOthers) {
  SearchGroup group = EightCores();
  group.key.batch = 9;
  EXPECT_NEAR(Milliseconds(group, {8, 1}), 2.0, 1e-9);
}

TEST(LowerBoundTest, WhatOversubscribesSharesTheCores) {
  SearchGroup group = EightCores();
  EXPECT_NEAR(Milliseconds(group, {16, 1}), 4.0 / 1.05, 1e-9);
  EXPECT_NEAR(Milliseconds(group, {8, 8}), 4.0 / 1.05, 1e-9);
  group.has_smt = true;
  EXPECT_NEAR(Milliseconds(group, {16, 1}), 4.0 / 1.4, 1e-9);
  // No less than one task.
  group.key.batch = 1;
  EXPECT_NEAR(Milliseconds(group, {16, 1}), 1.0 / 1.4, 1e-9);
}

TEST(LowerBoundTest, HostsHaveTheirWorkersAndCores) {
  SearchGroup group = EightCores();
  EXPECT_NEAR(Milliseconds(group, {8, 1, Engine::kProcesses, 2}), 2.0, 1e-9);
  EXPECT_NEAR(Milliseconds(group, {1, 1, Engine::kProcesses, 4}), 8.0, 1e-9);
  EXPECT_NEAR(Milliseconds(group, {16, 1, Engine::kProcesses, 2}), 2.0 / 1.05,
              1e-9);
  group.key.batch = 17;
  EXPECT_NEAR(Milliseconds(group, {8, 1, Engine::kProcesses, 2}), 2.0, 1e-9);
}

TEST(LowerBoundTest, ABatchedCallHasNone) {
  EXPECT_FALSE(LowerBound(EightCores(), {1, 8, Engine::kBatched}, kOne));
  EXPECT_TRUE(LowerBound(EightCores(), {1, 8, Engine::kThreads}, kOne));
}

}  // namespace
}  // namespace hybrid
