#include "worker/thread_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::uint32_t Count(const ThreadTimes& times, std::uint64_t asked) {
  return CountThreads(times, asked).threads;
}

std::string Excess(const ThreadTimes& times, std::uint64_t asked) {
  return std::string(CountThreads(times, asked).excess.view());
}

TEST(ThreadTimesTest, AQuarterOfTheBusiestIsAtWork) {
  EXPECT_EQ(Count({.caller_ns = 100, .others_ns = {26, 24, 0}}, 4), 2U);
  EXPECT_EQ(Count({.caller_ns = 30, .others_ns = {100, 90, 100}}, 4), 4U);
  EXPECT_EQ(Count({.caller_ns = 100}, 1), 1U);
  // Who calls may sleep while others do its work.
  EXPECT_EQ(Count({.caller_ns = 1, .others_ns = {100, 100}}, 2), 2U);
}

TEST(ThreadTimesTest, ShareIsOfAsManyAsTheBusiest) {
  EXPECT_EQ(CountThreads({.caller_ns = 9, .others_ns = {9}}, 2).cpu_share, 1);
  EXPECT_EQ(CountThreads({.caller_ns = 9, .others_ns = {0}}, 4).cpu_share,
            0.25);
  EXPECT_EQ(CountThreads({.caller_ns = 8, .ended_ns = 8}, 2).cpu_share, 1);
  EXPECT_EQ(CountThreads({.caller_ns = 8, .others_ns = {8}}, 1).cpu_share, 1);
}

TEST(ThreadTimesTest, NoCpuTimeTellsNothing) { EXPECT_EQ(Count({}, 2), 0U); }

TEST(ThreadTimesTest, MoreThanAskedForAreAnExcess) {
  const std::vector<std::int64_t> eight(8, 100);
  EXPECT_EQ(Excess({.caller_ns = 1, .others_ns = eight}, 2),
            "ran 8 threads, by their CPU time");
  EXPECT_EQ(Excess({.caller_ns = 100, .others_ns = eight}, 2),
            "ran 9 threads, by their CPU time");
  EXPECT_EQ(Excess({.caller_ns = 100, .others_ns = {100}}, 1),
            "ran 2 threads, by their CPU time");
  EXPECT_EQ(Excess({.caller_ns = 100, .others_ns = {100, 20}}, 2), "");
}

TEST(ThreadTimesTest, ThreadsThatCameAndWentCountByTheirTime) {
  EXPECT_EQ(Count({.caller_ns = 100, .ended_ns = 90}, 2), 2U);
  EXPECT_EQ(Count({.caller_ns = 100, .ended_ns = 26}, 2), 2U);
  EXPECT_EQ(Count({.caller_ns = 100, .ended_ns = 24}, 2), 1U);
  EXPECT_EQ(Count({.caller_ns = 100, .ended_ns = 290}, 4), 4U);
  // Three at work or two: nobody knows.
  EXPECT_EQ(Count({.caller_ns = 100, .ended_ns = 130}, 4), 0U);
  EXPECT_EQ(Count({.caller_ns = 100, .others_ns = {100}, .ended_ns = 50}, 2),
            2U);
  // Unequal turns, perhaps.
  EXPECT_EQ(Count({.caller_ns = 100, .ended_ns = 240}, 2), 2U);
}

TEST(ThreadTimesTest, ManyThatCameAndWentAreAnExcess) {
  EXPECT_EQ(Excess({.caller_ns = 100, .ended_ns = 800}, 2),
            "kept starting threads, which had 8.0 times the CPU time of its "
            "own");
  EXPECT_THAT(Excess({.caller_ns = 100, .ended_ns = 90}, 1),
              HasSubstr("0.9 times"));
  EXPECT_EQ(Excess({.caller_ns = 100, .ended_ns = 40}, 1), "");
  EXPECT_EQ(Count({.caller_ns = 100, .ended_ns = 40}, 1), 1U);
}

void BurnOnce() {
  const auto now_ns = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  const std::int64_t end_ns = now_ns() + 20'000'000;
  while (now_ns() < end_ns) continue;
}

TEST(ThreadTimesTest, RealThreadsBusyAndIdleAndEndedAreToldApart) {
  std::atomic<int> stage = 0;
  std::jthread idle([&] { stage.wait(0); });
  std::jthread busy([&] {
    stage.wait(0);
    BurnOnce();
    stage.wait(1);
  });
  ThreadClocks clocks;
  if (!clocks.ListThreads()) GTEST_SKIP() << "this system does not tell";
  EXPECT_FALSE(IsOnlyThread());
  clocks.Begin();
  stage = 1;
  stage.notify_all();
  std::thread(BurnOnce).join();
  BurnOnce();
  // The busy one, too.
  while (clocks.times().others_ns != std::vector<std::int64_t>{}) {
    clocks.End();
    const std::vector<std::int64_t> others_ns = clocks.times().others_ns;
    if (*std::max_element(others_ns.begin(), others_ns.end()) >= 19'900'000) {
      break;
    }
    usleep(1000);
    clocks.Begin();
  }
  const ThreadTimes times = clocks.times();
  stage = 2;
  stage.notify_all();
  ASSERT_THAT(times.others_ns, SizeIs(2));
  EXPECT_GE(times.caller_ns, 19'900'000);
  EXPECT_LT(std::min(times.others_ns[0], times.others_ns[1]), 4'000'000);
  EXPECT_GE(times.ended_ns, 19'000'000);
  EXPECT_EQ(Count(times, 3), 3U);
}

TEST(ThreadTimesTest, WhatTheCallerDoesBetweenCallsIsNobodys) {
  ThreadClocks clocks;
  if (!clocks.ListThreads()) GTEST_SKIP() << "this system does not tell";
  for (int i = 0; i < 1000; ++i) {
    clocks.Begin();
    clocks.End();
  }
  BurnOnce();
  EXPECT_LT(clocks.times().caller_ns, 20'000'000);
  EXPECT_LT(clocks.times().ended_ns, 1'000'000);
}

}  // namespace
}  // namespace hybrid
