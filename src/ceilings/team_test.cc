#include "ceilings/team.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <stdexcept>

#include "ceilings/test_team.h"

namespace hybrid {
namespace {

using Seconds = std::chrono::duration<double>;

const std::vector<CpuList> kAnywhere(3);  // as many as most machines do not pin

std::ptrdiff_t CountThreads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"),
                       std::filesystem::directory_iterator());
}

/// The kernel lists a thread for a moment after it was joined.
std::ptrdiff_t CountThreadsDownTo(std::ptrdiff_t expected) {
  for (int i = 0; i < 1000 && CountThreads() > expected; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return CountThreads();
}

TEST(CoreTeamTest, EveryMemberDoesEveryJobOnce) {
  CoreTeam team(kAnywhere, Never);
  ASSERT_EQ(team.size(), 3U);
  std::vector<int> calls(3, 0);
  std::vector<std::thread::id> first(3);
  for (int job = 0; job < 100; ++job) {
    ASSERT_TRUE(team.Run([&](std::size_t member) {
      ++calls[member];
      if (job == 0) first[member] = std::this_thread::get_id();
      EXPECT_EQ(std::this_thread::get_id(), first[member]);
    }));
  }
  EXPECT_EQ(calls, std::vector<int>(3, 100));
  std::sort(first.begin(), first.end());
  EXPECT_EQ(std::unique(first.begin(), first.end()), first.end());
}

TEST(CoreTeamTest, MembersAreAtWorkAtTheSameTime) {
  CoreTeam team(kAnywhere, Never);
  std::atomic<int> inside = 0;
  // Ends only if all are in it together.
  EXPECT_TRUE(team.Run([&](std::size_t) {
    ++inside;
    while (inside < 3) std::this_thread::yield();
  }));
}

TEST(CoreTeamTest, MembersAreOnTheFirstCpuOfTheirCore) {
  cpu_set_t allowed;
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  std::vector<CpuList> cores;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &allowed)) {
      cores.push_back({cpu, cpu + 1});
    }
  }
  CoreTeam team(cores, Never);
  std::vector<int> seen(cores.size(), -1);
  ASSERT_TRUE(team.Run([&](std::size_t member) {
    cpu_set_t mine;
    if (sched_getaffinity(0, sizeof(mine), &mine) == 0 &&
        CPU_COUNT(&mine) == 1) {
      seen[member] = sched_getcpu();
    }
  }));
  for (std::size_t i = 0; i < cores.size(); ++i) {
    EXPECT_EQ(seen[i], cores[i].front());
  }
}

TEST(CoreTeamTest, CpusThatDoNotExistAreTolerated) {
  const std::vector<CpuList> cores = {{CPU_SETSIZE - 1}, {CPU_SETSIZE}, {-1}};
  CoreTeam team(cores, Never);
  std::atomic<int> calls = 0;
  EXPECT_TRUE(team.Run([&](std::size_t) { ++calls; }));
  EXPECT_EQ(calls, 3);
}

TEST(CoreTeamTest, RateIsAllWorkOverTheWholeTime) {
  CoreTeam team(kAnywhere, Never);
  std::atomic<int> steps = 0;
  constexpr auto kSlice = std::chrono::milliseconds(10);
  const auto before = std::chrono::steady_clock::now();
  const std::optional<double> rate = team.Rate(kSlice, [&](std::size_t) {
    ++steps;
    std::this_thread::sleep_for(std::chrono::microseconds(100));
    return 5.0;
  });
  const Seconds outside = std::chrono::steady_clock::now() - before;
  ASSERT_TRUE(rate);
  EXPECT_LE(*rate, 5.0 * steps / Seconds(kSlice).count() * (1 + 1e-9));
  EXPECT_GE(*rate, 5.0 * steps / outside.count() * (1 - 1e-9));
}

TEST(CoreTeamTest, InterruptedBeforeAJob) {
  CoreTeam team(kAnywhere, [] { return true; });
  EXPECT_FALSE(team.Run([](std::size_t) { ADD_FAILURE(); }));
}

TEST(CoreTeamTest, InterruptionReachesTheMembersAndStays) {
  const std::ptrdiff_t threads = CountThreads();
  {
    int polls = 0;
    CoreTeam team(kAnywhere, [&] { return ++polls == 3; });
    EXPECT_FALSE(team.Run([&](std::size_t) {
      while (!team.stopping()) std::this_thread::yield();
    }));
    EXPECT_FALSE(team.Run([](std::size_t) { ADD_FAILURE(); }));
    EXPECT_FALSE(team.Rate(std::chrono::hours(1), [](std::size_t) {
      ADD_FAILURE();
      return 0.0;
    }));
  }
  EXPECT_EQ(CountThreadsDownTo(threads), threads);
}

TEST(CoreTeamTest, ASliceEndsWhenInterrupted) {
  int polls = 0;
  CoreTeam team(kAnywhere, [&] { return ++polls == 3; });
  EXPECT_FALSE(
      team.Rate(std::chrono::hours(1), [](std::size_t) { return 0.0; }));
}

TEST(CoreTeamTest, WhatThePollThrowsLeavesNoMemberAtWork) {
  const std::ptrdiff_t threads = CountThreads();
  std::atomic<int> inside = 0;
  {
    int polls = 0;
    CoreTeam team(kAnywhere, [&]() -> bool {
      if (++polls == 3) throw std::runtime_error("poll");
      return false;
    });
    EXPECT_THROW(team.Run([&](std::size_t) {
      ++inside;
      while (!team.stopping()) std::this_thread::yield();
      --inside;
    }),
                 std::runtime_error);
    EXPECT_EQ(inside, 0);
  }
  EXPECT_EQ(CountThreadsDownTo(threads), threads);
}

}  // namespace
}  // namespace hybrid
