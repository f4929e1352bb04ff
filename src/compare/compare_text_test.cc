#include "compare/compare_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "compare/test_comparison.h"
#include "compare/test_results.h"
#include "key/test_keys.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using CompareTextTest = ComparedTest;

TEST_F(CompareTextTest, TextListsWhatIsNotTheSameWorstFirst) {
  const std::string text = CompareText(comparison, settings);
  EXPECT_THAT(text, StartsWith("baseline  old.csv  (1 run, 2026-01-02, node, "
                               "commit abc)\n"));
  EXPECT_LT(text.find("failed"), text.find("slower"));
  EXPECT_THAT(text, AllOf(HasSubstr("gemm n=256 batch=32 2×1   10.0 ms  11.2 "
                                    "ms  1.12× [1.11, 1.13]"),
                          HasSubstr("a|b <i> `c`, \"d\" and @e"),
                          Not(HasSubstr("1×1  "))));
  EXPECT_THAT(text, EndsWith("3 configurations: 1 failed, 1 slower, 1 same\n"
                             "threshold 3.0 %; false discovery rate 5.0 % over "
                             "2 tests\n"));
  settings.all = true;
  EXPECT_THAT(CompareText(comparison, settings), HasSubstr("1×1  "));
  settings.gate = FindGate(comparison);
  EXPECT_THAT(CompareText(comparison, settings),
              HasSubstr("\ngate: failed: 1 of 3 configurations is slower and 1 "
                        "failed, worst gemm n=256 batch=32 1×2 failed: a|b"));
}

TEST(CompareTextOfCommandTest, NamesTheCommandAndNothingThatItLacks) {
  TestResults base;
  TestResults now;
  for (TestResults* const results : {&base, &now}) {
    static_cast<Key&>(results->base) = CommandKey("python3 job.py", 32, 2);
    results->base.kernels.clear();
    results->base.library_kernels.clear();
    results->base.blas_version.clear();
    results->base.blas_threading.clear();
  }
  base.Ok(Around(0.01));
  now.Ok(Around(0.0112));
  const std::string text = CompareText(CompareResults(base, now),
                                       OutputSettings{"old.csv", "new.csv"});
  EXPECT_THAT(text, AllOf(HasSubstr("python3 job.py batch=32 2×1"),
                          Not(HasSubstr("n=0")), Not(HasSubstr("blas")),
                          Not(HasSubstr("kernels")), Not(HasSubstr("BLAS"))));
}

}  // namespace
}  // namespace hybrid
