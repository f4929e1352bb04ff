#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/overall.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A group of `operation` whose working set fits no cache.
std::string AnswerFor(const std::string& operation) {
  TestRows test;
  test.base.operation = operation;
  test.base.triad_bytes_per_s = 1e9;
  test.base.cache_bytes = 1;
  test.Ok({1, 1}, {0.0189, 0.0190, 0.0191});
  test.Ok({2, 1}, {0.0095, 0.00961, 0.0097});
  test.Ok({2, 2}, {0.079, 0.080, 0.081});
  return AnswerText(FindAnswers(test.rows));
}

// As a file may hold that another build wrote.
TEST(UnknownOperationTest, IsAnsweredButForWhatItMoves) {
  EXPECT_THAT(AnswerFor("gemm"), HasSubstr("of the triad's bandwidth"));
  const std::string text = AnswerFor("frobnicate");
  EXPECT_THAT(text, HasSubstr("frobnicate  n=256  batch=64"));
  EXPECT_THAT(text, HasSubstr("best     2×1"));
  EXPECT_THAT(text, Not(HasSubstr("of the triad's bandwidth")));
}

// Nobody agrees on its flops.
TEST(NominalOperationTest, IsToldByItsTasks) {
  TestRows test;
  test.base.operation = "gesdd";
  test.base.peak_gflops = 100;
  test.Ok({1, 1}, {0.64, 0.64, 0.64}, [](Row& row) { row.gflops = 120; });
  const std::string text = AnswerText(FindAnswers(test.rows));
  EXPECT_THAT(text, HasSubstr("100 tasks/s"));
  EXPECT_THAT(text, Not(HasSubstr("120 GFLOP/s")));
  EXPECT_THAT(text, HasSubstr("measured peak 100 GFLOP/s"));
}

TEST(UnknownOperationTest, CountsForTheMachineUnlikeTheHarnessAlone) {
  const auto groups = [](const std::string& operation) {
    TestRows test;
    test.base.operation = operation;
    test.Ok({1, 1}, {1, 1, 1});
    test.Ok({2, 1}, {2, 2, 2});
    return FindOverall(FindAnswers(test.rows)).at(0).groups;
  };
  EXPECT_EQ(groups("frobnicate"), 1U);
  EXPECT_EQ(groups("none"), 0U);
}

}  // namespace
}  // namespace hybrid
