#include "measure/thread_use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// What a worker spent whose threads have these CPU times.
ProcessCounters Spent(const std::vector<double>& threads_s,
                      double ended_cpu_s = 0) {
  ProcessCounters spent;
  for (const double cpu_s : threads_s) {
    spent.threads.push_back(
        {static_cast<pid_t>(spent.threads.size() + 1), cpu_s});
  }
  spent.ended_cpu_s = ended_cpu_s;
  return spent;
}

ThreadUse Use(const ProcessCounters& spent, std::uint64_t asked,
              double spin_s = 0) {
  const std::optional<ThreadUse> use = FindThreadUse(spent, asked, spin_s);
  EXPECT_TRUE(use);
  return use.value_or(ThreadUse{});
}

void ExpectSeen(const ThreadUse& use, std::uint64_t threads) {
  EXPECT_EQ(use.at_least, threads);
  EXPECT_EQ(use.at_most, threads);
  EXPECT_THAT(use.excess, IsEmpty());
}

TEST(ThreadUseTest, AQuarterOfTheBusiestIsAtWork) {
  ExpectSeen(Use(Spent({1, 0.26, 0.24, 0}), 4), 2);
  ExpectSeen(Use(Spent({0.3, 1, 0.9, 1}), 4), 4);
  ExpectSeen(Use(Spent({1}), 1), 1);
}

TEST(ThreadUseTest, ShareIsOfAsManyAsTheBusiest) {
  EXPECT_DOUBLE_EQ(Use(Spent({1, 1}), 2).cpu_share, 1);
  EXPECT_DOUBLE_EQ(Use(Spent({1, 0, 0, 0}), 4).cpu_share, 0.25);
  EXPECT_DOUBLE_EQ(Use(Spent({0.5, 1}, 0.5), 2).cpu_share, 1);
}

TEST(ThreadUseTest, WhatIsTooShortOrNotCountedTellsNothing) {
  EXPECT_FALSE(FindThreadUse(Spent({0.049, 0.049}), 2, 0));
  EXPECT_TRUE(FindThreadUse(Spent({0.051, 0.051}), 2, 0));
  EXPECT_FALSE(FindThreadUse(Spent({}), 2, 0));
  EXPECT_FALSE(FindThreadUse(ProcessCounters{}, 2, 0));
}

// Idle threads that may still spin are neither seen nor missed.
TEST(ThreadUseTest, WhatMayHaveSpunIsLeftOpen) {
  const ThreadUse use = Use(Spent({0.5, 0.2}), 2, 0.25);
  EXPECT_EQ(use.at_least, 1U);
  EXPECT_EQ(use.at_most, 2U);
  ExpectSeen(Use(Spent({0.5, 0.5}), 2, 0.25), 2);
  ExpectSeen(Use(Spent({0.5, 0.1}), 2, 0.25), 1);
  ExpectSeen(Use(Spent({0.1}), 1, 0.25), 1);
}

TEST(ThreadUseTest, MoreThanAskedForIsAnExcessUnlessTheyMayHaveSpun) {
  const std::vector<double> nine(9, 1.0);
  EXPECT_EQ(Use(Spent(nine), 2).excess,
            "ran 9 threads, by their CPU time, where 2 were asked for");
  EXPECT_EQ(Use(Spent({1, 1}), 1).excess,
            "ran 2 threads, by their CPU time, where 1 was asked for");
  EXPECT_THAT(Use(Spent({0.2, 0.2, 0.2}), 1, 0.25).excess, IsEmpty());
  EXPECT_THAT(Use(Spent({1, 1, 0.2}), 2).excess, IsEmpty());
}

TEST(ThreadUseTest, ThreadsThatCameAndWentCountByTheirTime) {
  ExpectSeen(Use(Spent({1}, 0.9), 2), 2);
  ExpectSeen(Use(Spent({1}, 0.26), 2), 2);
  ExpectSeen(Use(Spent({1}, 0.24), 2), 1);
  ExpectSeen(Use(Spent({1}, 2.9), 4), 4);
  ExpectSeen(Use(Spent({1}, 2.9), 2), 2);  // unequal turns, perhaps
  ExpectSeen(Use(Spent({1, 1}, 0.5), 2), 2);
}

TEST(ThreadUseTest, ManyThatCameAndWentAreAnExcess) {
  EXPECT_EQ(Use(Spent({1}, 8), 2).excess,
            "kept starting threads, which had 8.0 times the CPU time of its "
            "own, where 2 were asked for");
  EXPECT_THAT(Use(Spent({0.001}, 1), 1).excess, HasSubstr("1 was asked for"));
}

}  // namespace
}  // namespace hybrid
