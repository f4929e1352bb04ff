#include "compare/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compare/test_results.h"

namespace hybrid {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;

TEST(GateTest, Passes) {
  const TestResults results = TestResults().Ok(Around(1));
  const Gate gate = FindGate(CompareResults(results, results));
  EXPECT_EQ(gate.verdict, GateVerdict::kPassed);
  EXPECT_EQ(gate.line,
            "gate: passed: no regression in 1 configuration (1 same)");
}

TEST(GateTest, FailsWithTheWorst) {
  TestResults base = TestResults().Ok(Around(1)).Split(1, 1).Ok(Around(1));
  TestResults now = TestResults().Ok(Around(1.1)).Split(1, 1).Ok(Around(1.3));
  const Gate gate = FindGate(CompareResults(base, now));
  EXPECT_EQ(gate.verdict, GateVerdict::kFailed);
  EXPECT_THAT(gate.line,
              StartsWith("gate: failed: 2 of 2 configurations are slower, "
                         "worst gemm n=256 batch=32 1×1 1.30× ["));
}

TEST(GateTest, AFailureIsOneLine) {
  const Gate gate = FindGate(CompareResults(
      TestResults().Ok(Around(1)), TestResults().Error("worker 0\ndied")));
  EXPECT_EQ(gate.line,
            "gate: failed: 1 of 1 configuration failed, worst gemm n=256 "
            "batch=32 2×1 failed: worker 0 died");
}

TEST(GateTest, IsUndecidedWithoutWhatTheBaselineHas) {
  TestResults now = TestResults().Ok(Around(1));
  TestResults base = now;
  base.Split(1, 1).Ok(Around(1));
  const Gate missing = FindGate(CompareResults(base, now));
  EXPECT_EQ(missing.verdict, GateVerdict::kUndecided);
  EXPECT_EQ(missing.line,
            "gate: undecided: 1 configuration of the baseline missing in the "
            "new results");
  // What is only new is no loss.
  EXPECT_EQ(FindGate(CompareResults(now, base)).verdict, GateVerdict::kPassed);
  EXPECT_EQ(FindGate(CompareResults(TestResults().Ok({1, 1.1}),
                                    TestResults().Ok({1, 1.1})))
                .verdict,
            GateVerdict::kUndecided);
}

TEST(GateTest, IsUndecidedIfNothingCanBeTold) {
  // Repetitions enough, but as noisy as this they tell nothing.
  const TestResults noisy = TestResults().Ok(Around(1, 20, 0.5));
  const TestResults noisier = TestResults().Ok(Around(1.2, 20, 0.5));
  const Gate gate = FindGate(CompareResults(noisy, noisier));
  EXPECT_EQ(gate.verdict, GateVerdict::kUndecided);
  EXPECT_THAT(gate.line,
              StartsWith("gate: undecided: nothing can be told of 1 "
                         "configuration, such as gemm n=256 batch=32 2×1: too "
                         "noisy"));
  const TestResults capped = TestResults().Capped(9);
  EXPECT_THAT(FindGate(CompareResults(capped, capped)).line,
              EndsWith(": capped on both sides"));
  // Others of which something can be told let it pass, and it counts them.
  TestResults base = noisy;
  TestResults now = noisier;
  base.Split(1, 1).Ok(Around(1));
  now.Split(1, 1).Ok(Around(1));
  EXPECT_EQ(FindGate(CompareResults(base, now)).line,
            "gate: passed: no regression in 1 of 2 configurations (1 same, 1 "
            "can't tell)");
}

TEST(GateTest, ARegressionOutweighsWhatIsMissing) {
  TestResults base = TestResults().Ok(Around(1)).Split(1, 1).Ok(Around(1));
  EXPECT_EQ(
      FindGate(CompareResults(base, TestResults().Ok(Around(1.2)))).verdict,
      GateVerdict::kFailed);
}

TEST(GateTest, ARefusedComparisonIsUndecided) {
  const TestResults base = TestResults().Ok(Around(1));
  TestResults now;
  now.base.blas_version = "1.0";
  const Comparison comparison = CompareResults(base, now.Ok(Around(1)));
  EXPECT_THAT(FindGate(comparison).line,
              StartsWith("gate: undecided: not comparable: BLAS version"));
  EXPECT_EQ(FindGate(comparison, true).verdict, GateVerdict::kPassed);
}

}  // namespace
}  // namespace hybrid
