#include "analysis/causes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/answer.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CausesTest : public ::testing::Test {
 protected:
  /// Why `split` is not the best of the only group.
  Finding Why(Split split) {
    const std::vector<Answer> answers = FindAnswers(test.rows);
    EXPECT_EQ(answers.size(), 1U);
    const auto& splits = answers.at(0).splits;
    const auto place = std::find_if(
        splits.begin(), splits.end(),
        [&](const SplitResult& result) { return result.split == split; });
    if (place == splits.end() || !place->cause) {
      ADD_FAILURE() << "no cause";
      return {};
    }
    return *place->cause;
  }

  void Cores(std::uint64_t cores) { test.base.usable_cores = cores; }

  /// 1×1 and 2×1 as they measure undisturbed, tasks of 45 µs at most.
  void AddUsual() {
    test.base.n = 64;
    test.base.batch = 32;
    test.Ok({1, 1}, {1.20e-3, 1.21e-3, 1.22e-3},
            Phases(0.1, 0.89, 0.002) + Latency(37e-6, 45e-6));
    test.Ok({2, 1}, {0.61e-3, 0.62e-3, 0.63e-3},
            Phases(0.1, 0.86, 0.003) + Latency(37e-6, 47e-6));
  }

  TestRows test;
};

// Fewer threads than asked for.

TEST_F(CausesTest, ABlasThatKeepsToOneThreadIsTheWholeCause) {
  AddUsual();
  const auto seen = [](std::uint64_t threads) {
    return [threads](Row& row) { row.threads_seen = threads; };
  };
  for (const Split split : {Split{1, 2}, Split{1, 4}}) {
    test.Ok(split, {1.21e-3, 1.22e-3, 1.23e-3},
            Phases(0.1, 0.89, 0.002) + Latency(37e-6, 45e-6) + seen(1));
    const Finding why = Why(split);
    EXPECT_EQ(why.cause, Cause::kFewerThreads);
    EXPECT_THAT(why.text, AllOf(StartsWith("BLIS ran gemm n=64 on 1 thread of"),
                                EndsWith("on 1 of 2 cores")));
  }
}

// It does as well as one of single threads, and so there is nothing to explain.
TEST_F(CausesTest, FewerThreadsOnAllCoresAreATie) {
  AddUsual();
  test.Ok(
      {2, 2}, {0.61e-3, 0.62e-3, 0.63e-3},
      Phases(0.1, 0.86, 0.003) + [](Row& row) { row.threads_seen = 1; });
  EXPECT_EQ(Why({2, 2}).cause, Cause::kWithinNoise);
}

// Oversubscribed, more workers than cores.

TEST_F(CausesTest, OversubscribedNamesLatencyAndWait) {
  AddUsual();
  test.Capped({2, 2}, 1.03, 30, Phases(0, 0.99, 0.48) + Latency(0.060, 0.096));
  const Finding why = Why({2, 2});
  EXPECT_EQ(why.cause, Cause::kOversubscribed);
  EXPECT_EQ(why.text,
            "oversubscribed: p99 of a task 96.0 ms against 45.0 µs for 1×1, "
            "each thread waited for a CPU 48 % of the time (1×1: 0.2 %)");
  EXPECT_GT(why.severity, 1000);
}

TEST_F(CausesTest, OversubscribedWithoutATaskDone) {
  AddUsual();
  test.Capped({1, 4}, 1.03, 0, Phases(0, 0.99, 0.5));
  const Finding why = Why({1, 4});
  EXPECT_EQ(why.cause, Cause::kOversubscribed);
  EXPECT_THAT(why.text,
              HasSubstr("no task done in 1.03 s, whereas 1×1 takes 37.0 µs"));
}

TEST_F(CausesTest, OversubscribedNeedsItsEvidence) {
  AddUsual();
  test.Ok({2, 2}, {0.080, 0.081, 0.082}, Latency(0.010, 0.096));
  test.Ok({2, 4}, {0.090, 0.091, 0.092}, Phases(0, 0.99, 0.48));
  test.Ok({4, 2}, {0.100, 0.101, 0.102},
          Phases(0, 0.99, 0.05) + Latency(0.010, 0.096));
  for (const Split split : {Split{2, 2}, Split{2, 4}, Split{4, 2}}) {
    EXPECT_EQ(Why(split).cause, Cause::kUnknown) << Why(split).text;
    EXPECT_THAT(Why(split).text, HasSubstr("threads share 2 cores"));
  }
}

TEST_F(CausesTest, WaitingLikeOneByOneIsTheMachinesNotTheSplits) {
  test.Ok({1, 1}, {2.0, 2.01, 2.02}, Phases(0, 0.99, 0.3) + Latency(1, 1));
  test.Ok({2, 1}, {1.0, 1.01, 1.02}, Phases(0, 0.99, 0.3) + Latency(1, 1));
  test.Ok({2, 2}, {8.0, 8.01, 8.02}, Phases(0, 0.99, 0.48) + Latency(9, 9));
  EXPECT_EQ(Why({2, 2}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, WorkersThatTakeTurnsAreNotPricedByTheirLatency) {
  AddUsual();
  // A task that is interrupted takes a time slice longer, yet nobody waits
  // for it: 5 % slower, as an otherwise idle machine measures.
  test.Ok({4, 1}, {0.648e-3, 0.651e-3, 0.653e-3},
          Phases(0.05, 0.45, 0.49) + Latency(37e-6, 4e-3));
  const Finding why = Why({4, 1});
  EXPECT_EQ(why.cause, Cause::kTakingTurns);
  EXPECT_THAT(why.text,
              AllOf(HasSubstr("4 take turns on 2"), HasSubstr("49 %"),
                    Not(HasSubstr("p99")), Not(HasSubstr("4.00 ms"))));
  EXPECT_LT(why.severity, 1.1);
}

TEST_F(CausesTest, SplitsThatFitAreNotOversubscribed) {
  AddUsual();
  test.Ok({1, 2}, {5e-3, 5.1e-3, 5.2e-3},
          Phases(0, 0.99, 0.48) + Latency(0.010, 0.096));
  EXPECT_NE(Why({1, 2}).cause, Cause::kOversubscribed);
}

// Threads of one worker.

TEST_F(CausesTest, ThreadsTooFine) {
  AddUsual();
  // 1.21 / 0.86 / 2: each thread does 0.70 of what 1×1's does.
  test.Ok({1, 2}, {0.855e-3, 0.86e-3, 0.865e-3}, Phases(0.01, 0.89));
  const Finding why = Why({1, 2});
  EXPECT_EQ(why.cause, Cause::kThreadsTooFine);
  EXPECT_EQ(why.text,
            "threads too fine for n=64: in gemm each of a worker's 2 threads "
            "does 0.70 of what 1×1's does");
}

TEST_F(CausesTest, LongTasksAreNotTooFine) {
  test.base.batch = 8;
  test.Ok({1, 1}, {8.0, 8.1, 8.2}, Phases(0, 1));
  test.Ok({2, 1}, {4.0, 4.1, 4.2}, Phases(0, 1));
  test.Ok({1, 2}, {6.0, 6.1, 6.2}, Phases(0, 1));
  EXPECT_EQ(Why({1, 2}).cause, Cause::kThreadsTooFine);
  EXPECT_THAT(Why({1, 2}).text, StartsWith("threads scale badly at n=256: "));
}

TEST_F(CausesTest, ThreadsThatKeepUpAreNotTooFine) {
  AddUsual();
  test.Ok({1, 2}, {0.70e-3, 0.71e-3, 0.72e-3}, Phases(0.09, 0.83));
  EXPECT_EQ(Why({1, 2}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, WhatAllCoresLoseIsNotTheThreads) {
  // Two busy cores give 1.4 times one, whether by workers or by threads.
  test.Ok({1, 1}, {1.40, 1.41, 1.42}, Phases(0, 1));
  test.Ok({2, 1}, {1.00, 1.001, 1.002}, Phases(0, 1));
  test.Ok({1, 2}, {1.03, 1.031, 1.032}, Phases(0, 0.97));
  EXPECT_EQ(Why({1, 2}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, LoadIsNotParallel) {
  AddUsual();
  // A third of the wall time one thread loads; gemm itself keeps up.
  test.Ok({1, 2}, {0.80e-3, 0.81e-3, 0.82e-3}, Phases(0.34, 0.66));
  const Finding why = Why({1, 2});
  EXPECT_EQ(why.cause, Cause::kLoadNotParallel);
  EXPECT_THAT(why.text, AllOf(HasSubstr("34 %"), HasSubstr("Amdahl")));
  EXPECT_NEAR(why.severity, 1 / (1 - 0.17), 1e-9);
}

TEST_F(CausesTest, LittleLoadIsNoCause) {
  AddUsual();
  test.Ok({1, 2}, {0.80e-3, 0.81e-3, 0.82e-3}, Phases(0.04, 0.66));
  EXPECT_NE(Why({1, 2}).cause, Cause::kLoadNotParallel);
}

TEST_F(CausesTest, ASecondCauseIsNamedBesideAHalfOne) {
  AddUsual();
  test.Ok({1, 2}, {0.99e-3, 1.00e-3, 1.01e-3}, Phases(0.22, 0.78));
  const Finding why = Why({1, 2});
  EXPECT_EQ(why.cause, Cause::kThreadsTooFine);
  EXPECT_THAT(why.text, HasSubstr("; also load is not parallel"));
}

// 2 threads on 2 cores are not too many, until others take the cores.
TEST_F(CausesTest, ThreadsThatSpinForOneWhoseCoreIsTaken) {
  AddUsual();
  // Of a split that completed, such repetitions would be left out.
  test.Capped(
      {1, 2}, 0.250, 31,
      Phases(0.01, 0.99, 0.4) + Latency(7e-3, 20e-3) +
          [](Row& row) { row.foreign_cpu_s = 0.9 * *row.wall_s; });
  const Finding why = Why({1, 2});
  EXPECT_EQ(why.cause, Cause::kDisturbed);
  EXPECT_THAT(why.text,
              AllOf(HasSubstr("other programs took 45 % of its CPU time"),
                    HasSubstr("p99 of a task 20.0 ms against 45.0 µs"),
                    HasSubstr("waited for a CPU 40 % of the time"),
                    Not(HasSubstr("too fine"))));
}

TEST_F(CausesTest, ThreadsThatWaitForNobodyAreTooFine) {
  AddUsual();
  test.Ok(
      {1, 2}, {2.40e-3, 2.50e-3, 2.60e-3},
      Phases(0.01, 0.99, 0.001) + Latency(70e-6, 200e-6) +
          [](Row& row) { row.foreign_cpu_s = 0.9 * *row.wall_s; });
  EXPECT_EQ(Why({1, 2}).cause, Cause::kThreadsTooFine);
}

// A hypervisor that puts two virtual cores on one real one shows nowhere else.
TEST_F(CausesTest, CoresThatRanAtHalfTheirSpeed) {
  AddUsual();
  const auto speed = [](double fraction) -> Evident {
    return [=](Row& row) { row.speed_fraction = fraction; };
  };
  test.Capped({4, 1}, 1.19e-3, 31, speed(0.52) + Phases(0.1, 0.8));
  EXPECT_EQ(Why({4, 1}).cause, Cause::kDisturbed);
  EXPECT_THAT(Why({4, 1}).text, HasSubstr("ran at 52 % of their peak speed"));
}

TEST_F(CausesTest, OneCoreBesideAFreeOneMayBeAsFastAsEver) {
  AddUsual();
  for (Row& row : test.rows) {
    if (row.workers == 1) row.speed_fraction = 0.52;
  }
  EXPECT_EQ(Why({1, 1}).cause, Cause::kCoresIdle);
}

TEST_F(CausesTest, TwoCausesMayExplainItTogether) {
  AddUsual();
  test.Ok({1, 2}, {0.99e-3, 1.00e-3, 1.01e-3}, Phases(0.3, 0.7));
  const Finding why = Why({1, 2});
  EXPECT_EQ(why.cause, Cause::kThreadsTooFine);
  EXPECT_THAT(why.text, AllOf(StartsWith("threads too fine"),
                              HasSubstr(" (1.20×); and load is not parallel"),
                              EndsWith(" (1.18×)")));
}

// The batch.

TEST_F(CausesTest, Imbalance) {
  Cores(4);
  test.base.batch = 5;
  test.Ok({1, 4}, {1.25, 1.26, 1.27}, Phases(0, 1));
  test.Ok({4, 1}, {2.00, 2.01, 2.02}, Phases(0, 0.63));
  const Finding why = Why({4, 1});
  EXPECT_EQ(why.cause, Cause::kImbalance);
  EXPECT_EQ(why.text,
            "imbalance: 5 tasks take 4 workers 2 rounds where 1.25 would do, "
            "idle 37 %");
}

TEST_F(CausesTest, ImbalanceMustBeSeen) {
  Cores(4);
  test.base.batch = 5;
  test.Ok({1, 4}, {1.25, 1.26, 1.27}, Phases(0, 1));
  test.Ok({4, 1}, {2.00, 2.01, 2.02}, Phases(0, 0.95));
  EXPECT_EQ(Why({4, 1}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, AnEvenBatchIsNotImbalanced) {
  Cores(4);
  test.base.batch = 8;
  test.Ok({1, 4}, {1.25, 1.26, 1.27}, Phases(0, 1));
  test.Ok({4, 1}, {2.00, 2.01, 2.02}, Phases(0, 0.63));
  EXPECT_EQ(Why({4, 1}).cause, Cause::kUnknown);
  for (Row& row : test.rows) row.imbalance = row.workers == 4 ? 1.6 : 1;
  EXPECT_EQ(Why({4, 1}).cause, Cause::kImbalance);
  EXPECT_THAT(Why({4, 1}).text, HasSubstr("busy 1.60× as long"));
}

TEST_F(CausesTest, WaitingAtTheGate) {
  test.base.batch = 8;
  test.Ok({1, 1}, {30e-6, 31e-6, 32e-6}, Phases(0.1, 0.89));
  test.Ok({2, 1}, {60e-6, 61e-6, 62e-6}, Phases(0.02, 0.25));
  const Finding why = Why({2, 1});
  EXPECT_EQ(why.cause, Cause::kWaiting);
  EXPECT_THAT(why.text, HasSubstr("idle 73 % of the wall time (44.5 µs per"));
}

TEST_F(CausesTest, IdleForWantOfCoresIsNotWaiting) {
  test.base.batch = 8;
  test.Ok({2, 1}, {30e-6, 31e-6, 32e-6}, Phases(0, 1));
  test.Ok({4, 1}, {36e-6, 37e-6, 38e-6}, Phases(0, 0.48));
  EXPECT_EQ(Why({4, 1}).cause, Cause::kUnknown);
  test.rows.resize(3);
  test.Ok({4, 1}, {36e-6, 37e-6, 38e-6}, Phases(0, 0.42));
  EXPECT_EQ(Why({4, 1}).cause, Cause::kWaiting);
  EXPECT_THAT(Why({4, 1}).text,
              HasSubstr("workers idle 58 % of the wall time, where 50 % would "
                        "do ("));
}

TEST_F(CausesTest, TheGateTakesNoSeconds) {
  test.base.batch = 8;
  test.Ok({1, 1}, {3.0, 3.1, 3.2}, Phases(0.1, 0.89));
  test.Ok({2, 1}, {6.0, 6.1, 6.2}, Phases(0.02, 0.25));
  EXPECT_EQ(Why({2, 1}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, MoreWorkersThanTasks) {
  Cores(4);
  test.base.batch = 2;
  test.Ok({2, 1}, {1.00, 1.01, 1.02}, Phases(0, 0.98));
  test.Ok({4, 1}, {1.30, 1.31, 1.32}, Phases(0, 0.45));
  EXPECT_EQ(Why({4, 1}).cause, Cause::kWaiting);
  EXPECT_THAT(Why({4, 1}).text,
              StartsWith("more workers than tasks: 4 for 2 tasks"));
}

TEST_F(CausesTest, StartUpThatOneBatchDoesNotRepay) {
  test.base.batch = 64;
  test.Ok({1, 1}, {0.50, 0.50, 0.51}, Start(1));
  test.Ok({2, 1}, {0.25, 0.25, 0.26}, Start(2));
  // Each task wins 1/256 s: 256 of them only make up for the second.
  EXPECT_EQ(FindAnswers(test.rows)[0].break_even, 257U);
  const Finding why = Why({2, 1});
  EXPECT_EQ(why.cause, Cause::kStartNotRepaid);
  EXPECT_EQ(why.text,
            "start-up not repaid by 64 tasks: 2.25 s with it, 1×1 1.50 s");
}

TEST_F(CausesTest, StartUpThatIsRepaid) {
  test.Ok({1, 1}, {5.0, 5.0, 5.1}, Start(0.1));
  test.Ok({2, 1}, {2.5, 2.5, 2.6}, Start(0.2));
  EXPECT_EQ(FindAnswers(test.rows)[0].break_even, 3U);
  EXPECT_FALSE(FindAnswers(test.rows)[0].best()->cause);
  for (Row& row : test.rows) {
    row.start_s = 1.0 / static_cast<double>(row.workers);
  }
  EXPECT_EQ(FindAnswers(test.rows)[0].break_even, 1U);
}

TEST_F(CausesTest, NoBreakEvenForOneByOneOrWithoutStarts) {
  test.Ok({1, 1}, {1, 1, 1}, Start(0.1));
  test.Ok({2, 1}, {2, 2, 2}, Start(0.2));
  EXPECT_EQ(FindAnswers(test.rows)[0].break_even, std::nullopt);
  test.rows.clear();
  test.Ok({1, 1}, {2, 2, 2});
  test.Ok({2, 1}, {1, 1, 1}, Start(0.2));
  EXPECT_EQ(FindAnswers(test.rows)[0].break_even, std::nullopt);
}

// The machine.

class MemoryTest : public CausesTest {
 protected:
  /// 14 MB a worker; 2×1 moves an estimated 0.75 of the triad.
  void Add(std::uint64_t cache_bytes) {
    test.base.n = 768;
    test.base.batch = 32;
    test.base.triad_bytes_per_s = 20e9;
    test.base.cache_bytes = cache_bytes;
    const double task_s = 64.0 * 768 * 768 / 15e9;
    test.Ok({2, 1}, {32 * task_s, 32.1 * task_s, 31.9 * task_s}, Phases(0, 1));
    test.Ok({1, 2}, {25 * task_s, 25.1 * task_s, 24.9 * task_s}, Phases(0, 1));
  }
};

TEST_F(MemoryTest, BoundWhereTheBestStaysInCache) {
  Add(16U << 20U);
  const Finding why = Why({2, 1});
  EXPECT_EQ(why.cause, Cause::kMemoryBound);
  EXPECT_EQ(why.text,
            "memory-bound: an estimated 75 % of the triad's bandwidth, its "
            "28 MB don't fit the caches");
}

TEST_F(MemoryTest, NotBoundInsideCache) {
  Add(64U << 20U);
  EXPECT_EQ(Why({2, 1}).cause, Cause::kUnknown);
}

TEST_F(MemoryTest, NotHeldBackByWhatTheBestMovesMoreOf) {
  Add(1U << 20U);
  EXPECT_EQ(Why({2, 1}).cause, Cause::kUnknown);
}

TEST_F(MemoryTest, UnknownCeilingsTellNothing) {
  Add(16U << 20U);
  for (Row& row : test.rows) row.triad_bytes_per_s.reset();
  EXPECT_EQ(Why({2, 1}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, CoresIdle) {
  Cores(4);
  test.Ok({4, 1}, {1.0, 1.01, 1.02});
  test.Ok({2, 1}, {2.0, 2.01, 2.02});
  EXPECT_EQ(Why({2, 1}).cause, Cause::kCoresIdle);
  EXPECT_EQ(Why({2, 1}).text, "uses 2 of 4 cores");
}

TEST_F(CausesTest, IdleCoresAreNoCauseIfTheBestLeavesThemToo) {
  Cores(4);
  test.Ok({2, 1}, {1.0, 1.01, 1.02});
  test.Ok({1, 2}, {2.0, 2.01, 2.02});
  EXPECT_EQ(Why({1, 2}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, IdleCoresThatExplainLittleAreTheLargestPart) {
  test.Ok({2, 1}, {1.0, 1.01, 1.02});
  test.Ok({1, 1}, {9.0, 9.01, 9.02});
  const Finding why = Why({1, 1});
  EXPECT_EQ(why.cause, Cause::kUnknown);
  EXPECT_EQ(why.text,
            "no dominant cause in the evidence; of 8.9×: 2.0× uses 1 of 2 "
            "cores");
}

TEST_F(CausesTest, KernelsSlowerThanTheLibrarys) {
  test.base.kernels_asked = test.base.kernels = "haswell";
  test.base.library_kernels = "skx";
  test.Ok({2, 1}, {1.0, 1.01, 1.02}, [](Row& r) { r.kernels_gain = 1.1; });
  test.Ok({1, 2}, {1.8, 1.81, 1.82}, [](Row& r) { r.kernels_gain = 0.55; });
  EXPECT_EQ(Why({1, 2}).cause, Cause::kSlowerKernels);
  EXPECT_EQ(Why({1, 2}).text,
            "slower kernels: haswell have 0.55 of the speed of skx, which "
            "the library would choose");
  for (Row& row : test.rows) row.kernels_gain = 0.55;  // of the best, too
  EXPECT_EQ(Why({1, 2}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, KernelsSlowerThanTheBests) {
  test.base.kernels = "skx";
  test.Ok({2, 1}, {1.0, 1.01, 1.02}, Phases(0, 1));
  test.base.kernels = "haswell";
  test.Ok({4, 1}, {1.8, 1.81, 1.82}, Phases(0, 0.5));
  Cores(4);
  for (Row& row : test.rows) row.usable_cores = 4;
  // Each thread does as much as the best's: not the kernels.
  EXPECT_NE(Why({4, 1}).cause, Cause::kSlowerKernels);
  for (Row& row : test.rows) row.operate_s = row.wall_s;
  EXPECT_EQ(Why({4, 1}).cause, Cause::kSlowerKernels);
  EXPECT_THAT(Why({4, 1}).text, HasSubstr("haswell, where the best runs skx"));
}

TEST_F(CausesTest, Disturbed) {
  for (const double part : {1.0, 1.01, 1.02}) {
    test.Capped({2, 1}, part, 60, Steal(0));
    test.Capped({1, 2}, 1.4 * part, 60, Steal(0.3));
  }
  EXPECT_EQ(Why({1, 2}).cause, Cause::kDisturbed);
  EXPECT_EQ(Why({1, 2}).text, "disturbed: steal took 30 % of its time");
  for (Row& row : test.rows) Steal(0.3)(row);
  EXPECT_EQ(Why({1, 2}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, OthersOnFreeCoresDoNotDisturb) {
  const auto foreign = [](double cores) -> Evident {
    return [=](Row& row) { row.foreign_cpu_s = cores * *row.wall_s; };
  };
  for (const double part : {1.0, 1.01, 1.02}) {
    test.Capped({1, 1}, part, 60, foreign(0));
    test.Capped({2, 1}, 1.4 * part, 60, foreign(0.8) + Phases(0, 1, 0.4));
  }
  EXPECT_EQ(Why({2, 1}).cause, Cause::kDisturbed);
  // Nobody waited for a CPU: whoever ran, ran elsewhere.
  for (Row& row : test.rows) row.run_delay_s = 0;
  EXPECT_EQ(Why({2, 1}).cause, Cause::kUnknown);
}

TEST_F(CausesTest, OfEqualCausesTheFirstIsNamed) {
  // Idle cores explain all of it, and so do the threads.
  Cores(4);
  test.Ok({1, 1}, {4.0, 4.01, 4.02}, Phases(0, 1));
  test.Ok({4, 1}, {1.0, 1.01, 1.02}, Phases(0, 1));
  test.Ok({1, 2}, {2.6, 2.61, 2.62}, Phases(0, 1));
  EXPECT_EQ(Why({1, 2}).cause, Cause::kCoresIdle);
  test.rows.clear();
  test.Ok({1, 1}, {4.0, 4.01, 4.02}, Phases(0, 1));
  test.Ok({4, 1}, {2.0, 2.01, 2.02}, Phases(0, 1));
  test.Ok({1, 2}, {3.9, 3.91, 3.92}, Phases(0, 1));
  EXPECT_EQ(Why({1, 2}).cause, Cause::kCoresIdle);
}

}  // namespace
}  // namespace hybrid
