// Causes that were provoked for real: results/example holds the recorded runs.

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/finding.h"
#include "results/csv_reader.h"

namespace hybrid {
namespace {

/// The answers that a recorded run gives.
std::vector<Answer> AnswersIn(const std::string& file) {
  return FindAnswers(ReadCsv(std::string(HYBRID_EXAMPLES) + "/" + file));
}

/// The causes that the answer for `n`, `batch` and `kernels_asked` names.
std::map<Split, Cause> CausesIn(const std::string& file, std::uint64_t n,
                                std::uint64_t batch,
                                const std::string& kernels_asked = "best") {
  std::map<Split, Cause> causes;
  for (const Answer& answer : AnswersIn(file)) {
    if (answer.key.n != n || answer.key.batch != batch ||
        answer.key.kernels_asked != kernels_asked) {
      continue;
    }
    for (const SplitResult& split : answer.splits) {
      if (split.cause) causes[split.split] = split.cause->cause;
    }
  }
  return causes;
}

constexpr char kSweep[] = "version-2.csv";

TEST(RecordedCausesTest, OversubscribedThreads) {
  const auto causes = CausesIn(kSweep, 64, 32);
  EXPECT_EQ(causes.at({2, 2}), Cause::kOversubscribed);
  EXPECT_EQ(causes.at({1, 4}), Cause::kOversubscribed);
  EXPECT_EQ(CausesIn(kSweep, 768, 32).at({2, 2}), Cause::kOversubscribed);
}

TEST(RecordedCausesTest, CoresLeftIdle) {
  for (const std::uint64_t n : {64U, 256U, 768U}) {
    EXPECT_EQ(CausesIn(kSweep, n, 32).at({1, 1}), Cause::kCoresIdle) << n;
  }
}

TEST(RecordedCausesTest, SingleThreadedWorkersTakingTurns) {
  EXPECT_EQ(CausesIn(kSweep, 64, 8).at({4, 1}), Cause::kTakingTurns);
}

TEST(RecordedCausesTest, LoadThatIsNotParallel) {
  EXPECT_EQ(CausesIn(kSweep, 64, 8).at({1, 2}), Cause::kLoadNotParallel);
}

TEST(RecordedCausesTest, TiesAreWithinNoise) {
  EXPECT_EQ(CausesIn(kSweep, 256, 32).at({2, 1}), Cause::kWithinNoise);
}

TEST(RecordedCausesTest, StartNotRepaidByASmallBatch) {
  for (const Answer& answer : AnswersIn(kSweep)) {
    ASSERT_TRUE(answer.break_even.has_value());
    if (answer.key.n == 64) {
      EXPECT_GT(*answer.break_even, answer.key.batch);
    }
    if (answer.key.n == 768) {
      EXPECT_LE(*answer.break_even, answer.key.batch);
    }
  }
}

TEST(RecordedCausesTest, ThreadsTooFineForTinyMatrices) {
  EXPECT_EQ(CausesIn("causes/threads_too_fine.csv", 24, 5000).at({1, 2}),
            Cause::kThreadsTooFine);
}

TEST(RecordedCausesTest, ThreeTasksForTwoWorkers) {
  EXPECT_EQ(CausesIn("causes/imbalance.csv", 1000, 3).at({2, 1}),
            Cause::kImbalance);
}

TEST(RecordedCausesTest, WaitingAtTheGate) {
  EXPECT_EQ(CausesIn("causes/waiting.csv", 16, 2).at({2, 1}), Cause::kWaiting);
}

TEST(RecordedCausesTest, AnotherProgramOnOneOfTheCores) {
  EXPECT_EQ(CausesIn("causes/disturbed.csv", 256, 32).at({1, 2}),
            Cause::kDisturbed);
}

TEST(RecordedCausesTest, SlowKernelsLoseToTheBest) {
  double slowdown = 0;
  for (const Answer& answer : AnswersIn("causes/kernels.csv")) {
    if (answer.key.kernels_asked != "best") continue;
    ASSERT_EQ(answer.rivals.size(), 1U);
    EXPECT_EQ(answer.rivals[0].kernels, "generic");
    slowdown = answer.rivals[0].slowdown;
  }
  EXPECT_GT(slowdown, 1.5);
}

}  // namespace
}  // namespace hybrid
