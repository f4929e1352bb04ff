#include "analysis/answer_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "analysis/format_units.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class AnswerTextTest : public ::testing::Test {
 protected:
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

TEST_F(AnswerTextTest, TellsTheWholeAnswer) {
  AddGroup();
  EXPECT_EQ(
      Text(),
      "node: 2 usable cores; splits are workers × BLAS threads, times are "
      "medians per batch\n"
      "\n"
      "gemm  n=256  batch=64  (fresh operands, generic kernels)\n"
      "  best     2×1  9.61 ms ±1.0 %   223 GFLOP/s\n"
      "  ties     1×2  9.70 ms (+0.9 %, p = 0.20)\n"
      "  gain     1.98× over 1×1 · 1.01× over 1×2 "
      "(1 × cores) · 8.3× over 2×2 (cores × cores) ·\n"
      "           it is cores × 1 itself\n"
      "  use      export BLIS_NUM_THREADS=1 · 2 worker processes\n"
      "  worst    2×2  8.3× slower, oversubscribed\n"
      "\n"
      "Overall: 2×1 is most often fastest or tied\n"
      "  2×1      fastest or tied in 1 of 1, never behind\n"
      "  1×2      fastest or tied in 1 of 1, at worst 1.01× the best one's "
      "time\n"
      "  1×1      fastest or tied in 0 of 1, at worst 1.98× the best one's "
      "time\n"
      "  2×2      fastest or tied in 0 of 1, at worst 8.3× the best one's "
      "time\n"
      "  To use it:\n"
      "    export BLIS_NUM_THREADS=1   # also OMP_NUM_THREADS=1 for programs "
      "that use OpenMP elsewhere\n"
      "    start 2 worker processes, e.g. Python: multiprocessing.Pool(2)\n");
}

TEST_F(AnswerTextTest, NothingToAnswer) {
  EXPECT_THAT(Text(), StartsWith("No results of the family Hybrid"));
}

TEST_F(AnswerTextTest, MissingBasesAreNotMeasured) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Ok({1, 1}, {2, 2, 2});
  EXPECT_THAT(Text(), HasSubstr("1×2 (1 × cores) not measured"));
  EXPECT_THAT(Text(), HasSubstr("2×2 (cores × cores) not measured"));
}

TEST_F(AnswerTextTest, TwoRepetitionsAreUnclear) {
  test.Ok({2, 1}, {1, 1.02});
  test.Ok({1, 1}, {2, 2});
  test.Ok({2, 2}, {9});
  EXPECT_THAT(Text(), HasSubstr("  unclear  1×1  2.00 s (+98 %) · 2×2  9.00 s "
                                "(8.9× slower)\n"
                                "           fewer than 3 repetitions"));
  EXPECT_THAT(Text(), HasSubstr("In 1 of 1 groups"));
  EXPECT_THAT(Text(), Not(HasSubstr("worst  ")));
}

TEST_F(AnswerTextTest, CappedSplitsNeverLookCompleted) {
  test.Ok({2, 1}, {1, 1, 1});
  test.Capped({2, 2}, 10, 16);
  test.Capped({1, 2}, 10, 0);
  const std::string text = Text();
  EXPECT_THAT(text, HasSubstr("> 10× over 2×2 (cores × cores, capped)"));
  EXPECT_THAT(text,
              HasSubstr("worst    1×2  capped after 10.0 s without a task"));
  EXPECT_THAT(text,
              HasSubstr("capped   2×2  capped after 10.0 s: 40× slower at "
                        "the rate it had reached, oversubscribed"));
  EXPECT_THAT(text,
              HasSubstr("2×2      fastest or tied in 0 of 1, capped in 1"));
}

TEST_F(AnswerTextTest, AllCappedIsSaid) {
  test.Capped({2, 1}, 10, 20);
  test.Capped({1, 1}, 10, 10);
  const std::string text = Text();
  EXPECT_THAT(text,
              HasSubstr("best     2×1  2.00 tasks/s: no split completed"));
  EXPECT_THAT(text, HasSubstr("2.0× over 1×1 (capped, by rate)"));
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
  EXPECT_THAT(Text(), HasSubstr("1×1 failed · "));
  EXPECT_THAT(Text(), HasSubstr("failed in 1"));
}

TEST_F(AnswerTextTest, OperationsWithoutFlopsShowTasks) {
  test.base.operation = "none";
  AddGroup();
  EXPECT_THAT(Text(), HasSubstr("±1.0 %   6660 tasks/s\n"));
  EXPECT_THAT(Text(), Not(HasSubstr("GFLOP")));
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

TEST(FormatUnitsTest, RoundsWithinTheUnit) {
  EXPECT_EQ(FormatSeconds(0.00961), "9.61 ms");
  EXPECT_EQ(FormatSeconds(0.9996), "1.00 s");
  EXPECT_EQ(FormatSeconds(0.000999), "999 µs");
  EXPECT_EQ(FormatSeconds(1234.5), "1234 s");
  EXPECT_EQ(FormatSeconds(2e-9), "2.00 ns");
  EXPECT_EQ(FormatNumber(9.996), "10.0");
  EXPECT_EQ(FormatNumber(99.96), "100");
  EXPECT_EQ(FormatRatio(1.999), "2.0×");
  EXPECT_EQ(FormatRatio(9.96), "10×");
  EXPECT_EQ(FormatSlowdown(1.009), "+0.9 %");
  EXPECT_EQ(FormatSlowdown(0.5), "2.0× faster");
}

}  // namespace
}  // namespace hybrid
