#include "prediction/prediction_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "prediction/prediction_error.h"
#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string TextOf(const TestSizes& test, const TaskSize& size) {
  return PredictionText(FindGrid(test.rows), size);
}

std::string RefusalOf(const TestSizes& test, const TaskSize& size) {
  try {
    return "not refused: " + TextOf(test, size);
  } catch (const PredictionError& error) {
    return error.what();
  }
}

TEST(PredictionTextTest, SaysAll) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1e-3}, {kThreads, 1.05e-3}, {kTooMany, 1e-3}});
  test.Add(128, 8, {{kWorkers, 5e-3}, {kThreads, 5.25e-3}, {kTooMany, 8e-3}});
  test.Add(256, 8, {{kWorkers, 16e-3}, {kThreads, 16.8e-3}, {kSerial, 40e-3}});
  test.Capped(kTooMany, 11e-3, 7);
  EXPECT_EQ(
      TextOf(test, {181, 8}),
      "Predicted, not measured:\n"
      "\n"
      "gemm  n=181  batch=8  (blis, fresh operands, kernels best)\n"
      "  best     2×1  8.94 ms\n"
      "  ties     1×2  9.39 ms (+5.0 %)\n"
      "  open     4×1 takes more than a predicted 9.38 ms: it was stopped at "
      "n=256 after 11.0 ms\n"
      "  unknown  1×1: not measured on both sides\n"
      "  from     n=128 and n=256\n"
      "  error    left out in turn: 1 of 1 size right ·\n"
      "           times off by 20 %, over gaps of up to 4.0× in n\n"
      "  verify   bench --benchmark_filter='Hybrid/.*/batch:8/(workers:2/"
      "blas_threads:1|workers:1/blas_threads:2|workers:4/blas_threads:1)(/|$)' "
      "--n=181 --batch=8 --workers=1,2,4 --blas_threads=1,2\n");
}

TEST(PredictionTextTest, SaysThatItWasMeasured) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.Add(256, 8, {{kWorkers, 16}, {kSerial, 32}});
  EXPECT_THAT(TextOf(test, {64, 8}),
              StartsWith("Measured, not predicted:\n\n"
                         "gemm  n=64  batch=8  (blis, fresh operands, kernels "
                         "best)\n  best     2×1  1.00 s"));
}

TEST(PredictionTextTest, ASecondChoiceIsNotToBeUsed) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1.01}, {kTooMany, 1}});
  test.Add(256, 8, {{kWorkers, 16.16}, {kTooMany, 16}});
  EXPECT_THAT(TextOf(test, {128, 8}),
              HasSubstr("  best     4×1  4.00 s\n"
                        "  use      2×1, which ties with 4×1 and is not "
                        "oversubscribed\n"
                        "  ties     2×1  4.04 s (+1.0 %)\n"));
}

TEST(PredictionTextTest, OfAVerifiedSizeWithoutAChoice) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.Add(128, 8, {{kWorkers, 5}});
  test.Add(256, 8, {{kWorkers, 16}, {kSerial, 32}});
  EXPECT_THAT(TextOf(test, {128, 8}),
              HasSubstr("  best     2×1  5.00 s (measured)\n"));
}

TEST(PredictionTextTest, RefusesInOneLineThatSaysWhatToDo) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_EQ(RefusalOf(test, {65, 8}),
            "no n but 64 was measured; measure it: bench "
            "--benchmark_filter=Hybrid --n=65 --batch=8");
  test.Add(256, 8, {{kWorkers, 16}, {kSerial, 32}});
  EXPECT_EQ(RefusalOf(test, {257, 8}),
            "n=257 lies outside what was measured, n=64 to 256; measure it: "
            "bench --benchmark_filter=Hybrid --n=257 --batch=8");
  EXPECT_EQ(
      RefusalOf(test, {100, 3}),
      "batch=3 was not measured (8 were), and another tells of it "
      "only where both are at least 4 (twice the cores); measure it: bench "
      "--benchmark_filter=Hybrid --n=100 --batch=3");
  EXPECT_EQ(RefusalOf(test, {0, 8}),
            "--for=batch=8: these results have an n: --for=n=NUMBER,batch=8");
  test.Add(1024, 3, {{kWorkers, 16}, {kSerial, 32}});
  EXPECT_THAT(RefusalOf(test, {512, 8}),
              StartsWith("no split completed on both sides of n=512 with a "
                         "batch that tells of batch=8; measure it: bench "));
}

TEST(PredictionTextTest, OfACommandWithoutAnNTheBatchAlone) {
  TestSizes test;
  test.base.operation = kCommandOperation;
  test.base.command = "./job";
  test.base.protocol = "auto";
  test.base.blas.clear();
  test.base.kernels_asked.clear();
  test.Add(0, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.Add(0, 16, {{kWorkers, 2}, {kSerial, 4}});
  const std::string text = TextOf(test, {0, 32});
  EXPECT_THAT(text, HasSubstr("command  batch=32  ("));
  EXPECT_THAT(text, HasSubstr("  best     2×1  4.00 s\n"));
  EXPECT_THAT(text, HasSubstr("  from     batch=16\n"));
  EXPECT_THAT(text, HasSubstr("2 of 2 sizes right"));
  EXPECT_THAT(text, Not(HasSubstr("n=0")));
  EXPECT_EQ(RefusalOf(test, {300, 32}),
            "these results tell no n, so that only another batch can be "
            "predicted: --for=batch=32");
}

}  // namespace
}  // namespace hybrid
