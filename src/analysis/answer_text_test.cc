#include "analysis/answer_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "analysis/format_units.h"
#include "analysis/noise_floor.h"
#include "analysis/test_rows.h"
#include "base/text.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class AnswerTextTest : public ::testing::Test {
 protected:
  /// The answer's text, all of whose lines fit and end without blanks.
  std::string Text() const {
    std::string text = AnswerText(FindAnswers(test.rows));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(DisplayWidth(line), 100U) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
    return text;
  }

  /// A group in which 1×2 ties with 2×1.
  void AddGroup() {
    test.Ok({1, 1}, {0.0189, 0.0190, 0.0191});
    test.Ok({2, 1}, {0.0095, 0.00961, 0.0097});
    test.Ok({1, 2}, {0.00965, 0.0097, 0.0098});
    test.Ok({2, 2}, {0.079, 0.080, 0.081});
  }

  TestRows test;
};

TEST_F(AnswerTextTest, TellsWhichOfTheFastestLeftThreadsIdle) {
  test.Ok({1, 2}, {1, 1.01, 1.02}, [](Row& row) { row.threads_seen = 1; });
  test.Ok({1, 1}, {1.01, 1.02, 1.03}, [](Row& row) { row.threads_seen = 1; });
  EXPECT_THAT(Text(),
              HasSubstr("\n  threads  1×2 ran on 1 thread of 2 each\n"
                        "  use      1×1, which ties with 1×2 and leaves "
                        "none of its threads idle\n"));
}

TEST_F(AnswerTextTest, TellsTheWholeAnswer) {
  AddGroup();
  EXPECT_EQ(
      Text(),
      "node: 2 usable cores; splits are workers × BLAS threads, times are "
      "medians per batch\n"
      "noise floor  not measured; 3 or more repetitions, each with workers "
      "launched anew (--launch=anew,\n"
      "             the default), tell it\n"
      "\n"
      "gemm  n=256  batch=64  (blis, fresh operands, kernels library)\n"
      "  best     2×1  9.61 ms ±1.0 %   223 GFLOP/s\n"
      "  ties     1×2  9.70 ms (+0.9 %, p = 0.20)\n"
      "  gain     1.98× over 1×1 · 1×2 (one process, all BLAS threads): tie ·\n"
      "           8.3× over 2×2 (Pool(2), all BLAS threads) · it is "
      "that of joblib, dask\n"
      "  kernels  generic\n"
      "  why      1×1  19.0 ms (98 % slower): uses 1 of 2 cores\n"
      "           2×2  80.0 ms (8.3× slower): no dominant cause in the "
      "evidence; 4 threads share 2 cores,\n"
      "                their waits were not measured\n"
      "\n"
      "Overall: 2×1 (2 processes × 1 BLAS thread), fastest or tied in its "
      "group\n"
      "  2×1      fastest or tied in 1 of 1, never behind\n"
      "  1×2      fastest or tied in 1 of 1, at worst 1.01× the best one's "
      "time\n"
      "  1×1      fastest or tied in 0 of 1, at worst 1.98× the best one's "
      "time\n"
      "  2×2      fastest or tied in 0 of 1, at worst 8.3× the best one's "
      "time\n");
}

TEST_F(AnswerTextTest, AdviceForEachWayOfMeasuring) {
  for (const char* kernels : {"best", "generic"}) {
    test.base.kernels_asked = kernels;
    const double best = kernels == std::string("best") ? 1 : 3;
    test.Ok({1, 1}, {2 * best, 2.01 * best, 2.02 * best});
    test.Ok({2, 1}, {best, 1.01 * best, 1.02 * best});
  }
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("\nOverall (kernels best):\n  2×1 ("));
  EXPECT_THAT(text, HasSubstr("\nOverall (kernels generic):\n  2×1 ("));
  EXPECT_THAT(text, Not(HasSubstr("of 2,")));
}

// Figures as an AVX-512 machine of two cores gave them, n = 64.
TEST_F(AnswerTextTest, TellsTheWholeAnswerWithAllEvidence) {
  Row& base = test.base;
  base.n = 64;
  base.batch = 32;
  base.kernels_asked = "best";
  base.library_kernels = "generic";
  base.peak_gflops = 118;
  base.core_peak_gflops = 59.3;
  base.triad_bytes_per_s = 21e9;
  base.core_triad_bytes_per_s = 14e9;
  base.cache_bytes = 32U << 20U;
  const auto ran = [&](const char* kernels, const char* type, double gain,
                       const char* threading) {
    base.kernels = kernels;
    base.kernels_setting = type;
    base.kernels_gain = gain;
    base.blas_threading = threading;
  };
  const auto evidence = [](double load, double operate, double delay,
                           double p99, double start) {
    return Phases(load, operate, delay) + Latency(0.9 * p99, p99) +
           Start(start) + [](Row& row) {
             if (row.gflops) row.peak_fraction = *row.gflops / *row.peak_gflops;
           };
  };
  ran("skx", "0", 5.2, "none");
  test.Ok({1, 1}, {600e-6, 605e-6, 603e-6},
          evidence(0.26, 0.73, 0.002, 19e-6, 0.003));
  test.Ok({2, 1}, {306e-6, 309e-6, 307e-6},
          evidence(0.25, 0.72, 0.003, 20e-6, 0.006));
  test.Ok({4, 1}, {310e-6, 318e-6, 391e-6, 316e-6}, [&](Row& row) {
    evidence(0.13, 0.36, 0.49, 0.004, 0.012)(row);
    row.iterations = 3000;
    if (row.wall_s > 350e-6) Steal(0.04)(row);
  });
  ran("haswell", "3", 3.1, "openmp");
  test.Ok({1, 2}, {490e-6, 494e-6, 497e-6},
          evidence(0.32, 0.66, 0.004, 17e-6, 0.004));
  test.Capped({2, 2}, 1.03, 65, evidence(0, 0.99, 0.48, 0.096, 0.08));
  base.family = Family::kNoise;
  for (const std::string_view variant : {kNoiseA, kNoiseB}) {
    base.variant = variant;
    test.Ok({2, 1}, {300e-6, 302e-6, 301e-6, 306e-6});
  }
  for (std::size_t i = test.rows.size() - 4; i < test.rows.size(); ++i) {
    *test.rows[i].wall_s *= 1.021;
  }
  EXPECT_EQ(
      Text(),
      "node: 2 usable cores; splits are workers × BLAS threads, times are "
      "medians per batch\n"
      "measured peak 118 GFLOP/s (59.3 one core), triad 21.0 GB/s (14.0 one "
      "core)\n"
      "noise floor  2.1 % (n=64); no difference below it is "
      "claimed\n"
      "\n"
      "gemm  n=64  batch=32  (blis, fresh operands, kernels best)\n"
      "  best     2×1  307 µs ±0.5 %   54.6 GFLOP/s · 46 % of this machine's "
      "peak · skx kernels\n"
      "  ties     4×1  316 µs (+2.9 %, p = 0.08)\n"
      "  gain     1.96× over 1×1 · 1.61× over 1×2 (one process, all BLAS "
      "threads) ·\n"
      "           > 3355× over 2×2 (Pool(2), all BLAS threads, capped) · "
      "it is that of joblib, dask\n"
      "  pays off from 325 tasks on, start-up included (2×1 starts in 6.00 ms) "
      "·\n"
      "           start-up not repaid by 32 tasks: 6.31 ms with it, 1×1 3.60 "
      "ms\n"
      "  kernels  skx instead of generic, the library's own choice: 5.2× in "
      "the probe "
      "·\n"
      "           haswell for 1×2, 2×2 (3.1× in the probe)\n"
      "  why      1×2  494 µs (61 % slower): threads too fine for n=64: in "
      "gemm each of a worker's\n"
      "                2 threads does 0.68 of what 1×1's does (haswell against "
      "skx kernels); also load is\n"
      "                not parallel: one thread makes the operands for 32 % of "
      "the wall time, while the\n"
      "                other waits (Amdahl)\n"
      "           1×1  603 µs (96 % slower): uses 1 of 2 cores\n"
      "           2×2  capped after 1.03 s (1652× slower by rate): "
      "oversubscribed: p99 of a task 96.0 ms\n"
      "                against 19.0 µs for 1×1, each thread waited for a CPU "
      "48 % of the time (1×1: 0.2 %)\n"
      "  noisy    4×1 1 of 4 repetitions left out: steal 4.0 % of its CPU "
      "time\n"
      "\n"
      "Overall: 2×1 (2 processes × 1 BLAS thread), fastest or tied in its "
      "group\n"
      "  2×1      fastest or tied in 1 of 1, never behind\n"
      "  4×1      fastest or tied in 1 of 1, at worst 1.03× the best one's "
      "time\n"
      "  1×2      fastest or tied in 0 of 1, at worst 1.61× the best one's "
      "time\n"
      "  1×1      fastest or tied in 0 of 1, at worst 1.96× the best one's "
      "time\n"
      "  2×2      fastest or tied in 0 of 1, capped in 1\n");
}

TEST_F(AnswerTextTest, KernelsAreCompared) {
  test.base.kernels_asked = "library";
  test.base.kernels = test.base.library_kernels = "generic";
  test.Ok({2, 1}, {5, 5, 5});
  test.base.kernels_asked = "best";
  test.base.kernels = "skx";
  test.base.kernels_setting = "0";
  test.Ok({2, 1}, {1, 1, 1});
  test.Ok({1, 1}, {2, 2, 2});
  const std::string text = Text();
  EXPECT_THAT(
      text,
      HasSubstr("kernels  generic, the library's own choice · with kernels "
                "best (skx) 2×1 is 5.0× faster\n"));
  EXPECT_THAT(
      text,
      HasSubstr("kernels  skx instead of generic, the library's own choice ·\n"
                "           with kernels library (generic) 2×1 is 5.0× "
                "slower\n"));
}

TEST_F(AnswerTextTest, PaysOffFromTheFirstTask) {
  test.Ok({1, 1}, {2, 2, 2}, Start(0.004));
  test.Ok({2, 1}, {1, 1, 1}, Start(0.003));
  EXPECT_THAT(Text(), HasSubstr("pays off from the first task on, start-up "
                                "included (2×1 starts in 3.00 ms)\n"));
}

TEST_F(AnswerTextTest, TiesBelowTheNoiseFloorSaySo) {
  test.Ok({2, 1}, {1.000, 1.001, 0.999});
  test.Ok({1, 2}, {1.012, 1.013, 1.011});
  test.base.n = 64;
  test.base.family = Family::kNoise;
  test.base.variant = kNoiseA;
  test.Ok({1, 1}, {1.021, 1.021, 1.021});
  test.base.variant = kNoiseB;
  test.Ok({1, 1}, {1, 1, 1});
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("ties     1×2  1.01 s (+1.2 %, below the noise "
                              "floor of 2.1 %)\n"));
  EXPECT_THAT(text, HasSubstr("noise floor  2.1 % (n=64), for other n the "
                              "largest of the host; no difference below it is "
                              "claimed\n"));
}

TEST_F(AnswerTextTest, NoisySplitsAreNamed) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Ok({4, 1}, {1.0, 1.46, 1.0, 3.0, 1.2}, [](Row& row) {
    if (row.wall_s == 3.0) Steal(0.04)(row);
  });
  EXPECT_THAT(Text(), HasSubstr("noisy    4×1 spread ±21 %, 1 of 5 repetitions "
                                "left out: steal 4.0 % of its CPU time\n"));
}

TEST_F(AnswerTextTest, DisturbedSplitsHaveNoVerdict) {
  test.Ok({1, 1}, {1, 1, 1});
  test.Ok({2, 1}, {1, 1, 1}, Steal(0.04));
  std::string text = Text();
  EXPECT_THAT(text, HasSubstr("unclear  2×1  disturbed: none of 3 repetitions "
                              "undisturbed: steal 4.0 % of its CPU time\n"));
  EXPECT_THAT(text, HasSubstr("2×1 (joblib, dask): disturbed"));
  // One split alone is no comparison.
  EXPECT_THAT(text, HasSubstr("Overall: only one split was measured "
                              "undisturbed, so none can be recommended\n"));
  EXPECT_THAT(text, Not(HasSubstr("export")));
  for (Row& row : test.rows) Steal(0.04)(row);
  text = Text();
  EXPECT_THAT(text,
              HasSubstr("best     none: no split was measured undisturbed\n"));
  EXPECT_THAT(text, HasSubstr("Overall: no split was measured undisturbed, so "
                              "none can be recommended\n"));
  EXPECT_THAT(text, Not(HasSubstr("export")));
}

TEST_F(AnswerTextTest, SplitsTooNoisyToTellAreExplained) {
  test.Ok({2, 1}, {1.0, 1.0, 1.0});
  test.Ok({1, 1}, {1.9, 9.0, 0.3});
  EXPECT_THAT(Text(), HasSubstr("why      1×1  1.90 s (90 % slower, too noisy "
                                "to tell: p = 0.6"));
}

TEST_F(AnswerTextTest, NothingToAnswer) {
  EXPECT_THAT(Text(), StartsWith("No results of the family Hybrid"));
}

TEST_F(AnswerTextTest, MissingBasesAreNotMeasured) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Ok({1, 1}, {2, 2, 2});
  EXPECT_THAT(Text(),
              HasSubstr("1×2 (one process, all BLAS threads): not measured"));
  EXPECT_THAT(Text(),
              HasSubstr("2×2 (Pool(2), all BLAS threads): not measured"));
}

TEST_F(AnswerTextTest, TwoRepetitionsAreUnclear) {
  test.Ok({2, 1}, {1, 1.02});
  test.Ok({1, 1}, {2, 2});
  test.Ok({2, 2}, {9});
  EXPECT_THAT(Text(), HasSubstr("  unclear  1×1  2.00 s (+98 %) · 2×2  9.00 s "
                                "(8.9× slower)\n"
                                "           fewer than 3 repetitions"));
  EXPECT_THAT(Text(), HasSubstr("In 1 of 1 groups"));
  EXPECT_THAT(Text(), Not(HasSubstr("why  ")));
}

TEST_F(AnswerTextTest, CappedSplitsNeverLookCompleted) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Capped({2, 2}, 10, 16);
  test.Capped({1, 2}, 10, 0);
  const std::string text = Text();
  EXPECT_THAT(text,
              HasSubstr("> 10× over 2×2 (Pool(2), all BLAS threads, capped)"));
  EXPECT_THAT(
      text,
      HasSubstr("why      2×2  capped after 10.0 s (40× slower by rate): "
                "no dominant cause in the evidence;\n"
                "                4 threads share 2 cores, their waits were not "
                "measured\n"
                "           1×2  capped after 10.0 s without a task done: "));
  EXPECT_THAT(text,
              HasSubstr("2×2      fastest or tied in 0 of 1, capped in 1"));
}

TEST_F(AnswerTextTest, AllCappedIsSaid) {
  test.Capped({2, 1}, 10, 20);
  test.Capped({1, 1}, 10, 10);
  const std::string text = Text();
  EXPECT_THAT(text,
              HasSubstr("best     2×1  2.00 tasks/s: no split completed"));
  EXPECT_THAT(text, HasSubstr("gain     1×1: unclear"));
}

TEST_F(AnswerTextTest, NothingDoneIsSaid) {
  test.Capped({2, 1}, 10, 0);
  test.Error({1, 1}, "worker 0 exited with status 3\nand more");
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("best     none: no split did any task"));
  EXPECT_THAT(text, HasSubstr("failed   1×1  worker 0 exited with status 3?"));
  EXPECT_THAT(text, HasSubstr("Overall: no split did any task"));
  EXPECT_THAT(text, Not(HasSubstr("export")));
}

TEST_F(AnswerTextTest, FailedSplits) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Error({1, 1}, std::string(200, 'x'));
  EXPECT_THAT(Text(), HasSubstr("1×1: failed · "));
  EXPECT_THAT(Text(), HasSubstr("Overall: only one split was measured"));
  test.Ok({1, 2}, {2, 2, 2});
  EXPECT_THAT(Text(), HasSubstr("failed in 1"));
}

TEST_F(AnswerTextTest, OperationsWithoutFlopsShowTasks) {
  test.base.operation = "none";
  AddGroup();
  EXPECT_THAT(Text(), HasSubstr("±1.0 %   6660 tasks/s\n"));
  EXPECT_THAT(Text(), Not(HasSubstr("GFLOP")));
}

TEST_F(AnswerTextTest, OnOneCoreThereIsNothingToGain) {
  test.base.usable_cores = 1;
  test.Ok({1, 1}, {1, 1.01, 0.99});
  test.Ok({2, 1}, {2, 2.02, 1.98});
  EXPECT_THAT(Text(), HasSubstr("gain     none: on one core every rule of "
                                "thumb is 1×1\n"));
}

TEST_F(AnswerTextTest, OneSplitIsNoComparison) {
  test.Ok({2, 1}, {1});
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("1.00 s (1 repetition)"));
  EXPECT_THAT(text, HasSubstr("gain     unknown: no other split was measured"));
  EXPECT_THAT(text, HasSubstr("Overall: only one split was measured"));
  EXPECT_THAT(text, Not(HasSubstr("export")));
}

TEST_F(AnswerTextTest, MachinesAreKeptApart) {
  AddGroup();
  test.base.host = "other";
  AddGroup();
  EXPECT_THAT(Text(), HasSubstr("\n\nother: 2 usable cores"));
}

TEST_F(AnswerTextTest, ManySplitsStayReadable) {
  test.base.usable_cores = 64;
  for (std::uint64_t i = 1; i <= 40; ++i) {
    const double time = 1 + 0.001 * static_cast<double>(i);
    test.Ok({i, 64}, {time, time * 1.2, time * 0.8});
  }
  EXPECT_THAT(Text(), HasSubstr("and 32 other splits"));
}

TEST_F(AnswerTextTest, TheFirstLosersAndTheWorstAreExplained) {
  test.base.usable_cores = 16;
  for (std::uint64_t i = 1; i <= 12; ++i) {
    const auto time = static_cast<double>(13 - i);
    test.Ok({i, 1}, {time, time, time});
  }
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("           5×1   8.00 s (8.0× slower): "));
  EXPECT_THAT(text, HasSubstr("           and 3 in between\n"
                              "           1×1   12.0 s (12× slower): "));
  EXPECT_THAT(text, Not(HasSubstr("\n           4×1")));
}

}  // namespace
}  // namespace hybrid
