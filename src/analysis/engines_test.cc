#include "analysis/engines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "analysis/format_units.h"
#include "analysis/screen_text.h"
#include "analysis/test_rows.h"
#include "analysis/ways.h"
#include "base/text.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr Split kFour{4, 1};
constexpr Split kFourThreads{4, 1, Engine::kThreads};
constexpr Split kBatchedCall{1, 4, Engine::kBatched};

class EnginesTest : public ::testing::Test {
 protected:
  EnginesTest() {
    test.base.usable_cores = 4;
    test.base.blas = "openblas-openmp";
  }

  /// A group in which `threads` and the batched call take so many times what
  /// processes do.
  void Group(std::uint64_t n, double threads, double batched) {
    test.base.n = n;
    test.Ok({1, 1}, {0.0390, 0.0391, 0.0392});
    Times(kFour, 1);
    Times(kFourThreads, threads);
    test.base.batched_call = "cblas_dgemm_batch";
    Times(kBatchedCall, batched);
    test.base.batched_call.clear();
  }
  void Times(Split split, double factor) {
    test.Ok(split, {0.0100 * factor, 0.0101 * factor, 0.0102 * factor});
  }

  std::string Text() {
    answers_ = FindAnswers(test.rows);
    return EnginesText(FindWays(answers_).front().answers, WithCauses::kYes);
  }
  std::string Screen() {
    return ScreenText(FindAnswers(test.rows), ScreenSettings());
  }

  TestRows test;
  std::vector<Answer> answers_;
};

TEST_F(EnginesTest, OneAnswerHoldsAll) {
  Group(256, 1.001, 1.3);
  EXPECT_THAT(FindAnswers(test.rows), ::testing::SizeIs(1));
  EXPECT_THAT(Text(),
              StartsWith("4 processes × 1 BLAS thread is fastest; threads tie; "
                         "OpenBLAS's batched call (cblas_dgemm_batch) takes "
                         "1.30× the time"));
  EXPECT_THAT(AnswerText(answers_), HasSubstr("  engines  4 processes × 1 "));
}

TEST_F(EnginesTest, OverSeveralGroupsEachEngineIsCounted) {
  Group(64, 0.8, 3);
  Group(256, 1.001, 1.3);
  Group(768, 1.5, 1.001);
  EXPECT_THAT(Text(), StartsWith("processes fastest or tied in 2 of 3 groups; "
                                 "threads tie in 2, else take 1.50× the "
                                 "time"));
  EXPECT_THAT(Text(), HasSubstr("OpenBLAS's batched call (cblas_dgemm_batch) "
                                "ties in 1, else takes 1.30× to "));
}

TEST_F(EnginesTest, LoopIsNoCallOfTheLibrary) {
  Times(kFour, 1);
  test.base.batched_call = "loop of gemm";
  Times(kBatchedCall, 2);
  EXPECT_THAT(Text(), HasSubstr("; batched (a loop of gemm) takes 2.0× the "));
}

TEST_F(EnginesTest, OneEngineAloneIsNotTold) {
  Times(kFourThreads, 1);
  test.Ok({1, 1, Engine::kThreads}, {0.0390, 0.0391, 0.0392});
  EXPECT_THAT(Text(), IsEmpty());
  EXPECT_THAT(Screen(), Not(HasSubstr("ENGINE")));
  // Its own 1×1 is what it gains over.
  EXPECT_THAT(Screen(), StartsWith("ANSWER  4×1 threads (4 threads of one "
                                   "process × 1 BLAS thread), fastest or tied"
                                   "\n        in its group\n"
                                   "        3.9× over 1×1 threads\n"));
}

TEST_F(EnginesTest, FirstScreenStaysOne) {
  for (const std::uint64_t n : {16U, 64U, 100U, 256U, 512U, 768U, 1000U}) {
    Group(n, n < 300 ? 0.5 : 1.7, n < 200 ? 1.3 : 4);
  }
  const std::string text = Screen();
  std::istringstream lines(text);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_LE(DisplayWidth(line), kScreenColumns) << line;
  }
  EXPECT_LE(count, kFirstScreenLines) << text;
  EXPECT_THAT(text, HasSubstr("\nENGINE  "));
  EXPECT_THAT(text, HasSubstr("\n   256     64  4×1 threads "));
}

TEST_F(EnginesTest, ThreadsThatWaitForEachOtherInTheLibraryAreACause) {
  const auto operate = [](Row& row) {
    row.operate_s = *row.wall_s * 0.95;
    row.load_s = *row.wall_s * 0.04;
    row.idle_s = *row.wall_s * 0.01;
  };
  const auto times = [&](Split split, double factor) {
    test.Ok(split, {0.0100 * factor, 0.0101 * factor, 0.0102 * factor},
            operate);
  };
  times(kFour, 1);
  times(kFourThreads, 2);
  const std::string why = AnswerText(FindAnswers(test.rows));
  EXPECT_THAT(why, HasSubstr("threads of one process wait for each other in "
                             "the\n"));
  EXPECT_THAT(why, HasSubstr("in gemm each does 0.50 of what"));
}

}  // namespace
}  // namespace hybrid
