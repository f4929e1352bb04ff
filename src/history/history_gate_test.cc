#include "history/history_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "history/test_history_folder.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class HistoryGateTest : public HistoryFolderTest {
 protected:
  /// The first of three configurations is slower, as `level` says of each of
  /// the twelve runs.
  History LoadWith(double (*level)(std::size_t r)) {
    simulation_.level = [level](std::size_t r, std::size_t c) {
      return c == 0 ? level(r) : 1;
    };
    return Load();
  }

  static Gate GateOf(const History& history, const Window& window) {
    return FindHistoryGate(history,
                           CompareNewest(history, window, CompareSettings()));
  }
};

TEST_F(HistoryGateTest, FailsForALastingStepInTheWindow) {
  // Of the three runs before the newest none is as fast as it was.
  const History history =
      LoadWith([](std::size_t r) { return r >= 8 ? 1.2 : 1.0; });
  const NewestRun newest = CompareNewest(history, {4}, CompareSettings());
  const Gate gate = FindHistoryGate(history, newest);
  EXPECT_EQ(gate.verdict, GateVerdict::kFailed);
  EXPECT_THAT(
      gate.line,
      AllOf(StartsWith("gate: failed: "),
            HasSubstr("1 of 3 configurations became slower and still is, worst "
                      "gemm n=64 batch=8 2×1 1."),
            HasSubstr("× from run 2026-01-09T12:00:00Z on, between c007 and "
                      "c008; --accept=run-008 accepts the new level")));
  EXPECT_EQ(GateOf(history, {3}).verdict, GateVerdict::kPassed);
  EXPECT_EQ(GateOf(history, {SIZE_MAX}).verdict, GateVerdict::kFailed);
}

TEST_F(HistoryGateTest, PassesOnceTheLevelIsAccepted) {
  const History history =
      LoadWith([](std::size_t r) { return r >= 8 ? 1.2 : 1.0; });
  EXPECT_EQ(GateOf(history, {10, 8}).verdict, GateVerdict::kPassed);
  EXPECT_EQ(GateOf(history, {10, 9}).verdict, GateVerdict::kPassed);
  EXPECT_EQ(GateOf(history, {10, 7}).verdict, GateVerdict::kFailed);
}

TEST_F(HistoryGateTest, AcceptsNoStepThatCameLater) {
  const History history = LoadWith([](std::size_t r) {
    return r >= 8 ? 1.5 : r >= 4 ? 1.2 : 1.0;
  });
  const Gate gate = GateOf(history, {10, 4});
  EXPECT_EQ(gate.verdict, GateVerdict::kFailed);
  EXPECT_THAT(gate.line, HasSubstr("--accept=run-008 accepts"));
}

TEST_F(HistoryGateTest, PassesWhatWasTakenBack) {
  EXPECT_EQ(GateOf(LoadWith([](std::size_t r) {
                     return r >= 5 && r < 9 ? 1.3 : 1.0;
                   }),
                   {10})
                .verdict,
            GateVerdict::kPassed);
}

TEST_F(HistoryGateTest, PassesWhatTheNewestRunTakesBack) {
  EXPECT_EQ(GateOf(LoadWith([](std::size_t r) {
                     return r >= 5 && r < 11 ? 1.3 : 1.0;
                   }),
                   {10})
                .verdict,
            GateVerdict::kPassed);
}

TEST_F(HistoryGateTest, PassesWhatIsFaster) {
  EXPECT_EQ(
      GateOf(LoadWith([](std::size_t r) { return r >= 6 ? 0.7 : 1.0; }), {10})
          .verdict,
      GateVerdict::kPassed);
}

TEST_F(HistoryGateTest, TheNewestRunCanBeAccepted) {
  const History history =
      LoadWith([](std::size_t r) { return r == 11 ? 1.3 : 1.0; });
  const Gate gate = GateOf(history, {10});
  EXPECT_EQ(gate.verdict, GateVerdict::kFailed);
  EXPECT_THAT(gate.line, HasSubstr("--accept=run-011 accepts"));
  EXPECT_EQ(GateOf(history, {10, 11}).line,
            "gate: passed: 1 of 3 configurations slower, in the newest run, "
            "which is accepted");
}

TEST_F(HistoryGateTest, AFailureIsNoLevelToAccept) {
  change_ = [](std::vector<std::vector<Row>>& runs) {
    for (Row& row : runs.back()) {
      if (row.n != 64) continue;
      row.status = Status::kError;
      row.error = "worker 0 died";
    }
  };
  const History history = LoadWith([](std::size_t) { return 1.0; });
  const Gate gate = GateOf(history, {10, 11});
  EXPECT_EQ(gate.verdict, GateVerdict::kFailed);
  EXPECT_THAT(gate.line, Not(HasSubstr("--accept")));
}

}  // namespace
}  // namespace hybrid
