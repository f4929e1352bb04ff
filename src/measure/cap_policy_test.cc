#include "measure/cap_policy.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

Key Gemm(std::uint64_t n, std::uint64_t workers) {
  Key key;
  key.n = n;
  key.batch = 8;
  key.workers = workers;
  return key;
}

TEST(CapPolicyTest, AFixedCapHoldsForAll) {
  CapPolicy policy(0.5);
  policy.Note(Gemm(64, 1), 100);
  EXPECT_EQ(policy.CapFor(Gemm(64, 2)), 0.5);
}

TEST(CapPolicyTest, FollowsTheFastestSplitOfTheGroup) {
  CapPolicy policy(std::nullopt);
  EXPECT_EQ(policy.CapFor(Gemm(64, 1)), CapPolicy::kFirstS);
  policy.Note(Gemm(64, 1), 10);
  EXPECT_EQ(policy.CapFor(Gemm(64, 2)), 4 * 10);
  policy.Note(Gemm(64, 2), 6);
  policy.Note(Gemm(64, 4), 9);
  EXPECT_EQ(policy.CapFor(Gemm(64, 4)), 4 * 6);
  EXPECT_EQ(policy.CapFor(Gemm(65, 4)), CapPolicy::kFirstS);
}

TEST(CapPolicyTest, ShortBatchesHaveAFloor) {
  CapPolicy policy(std::nullopt);
  policy.Note(Gemm(64, 1), 1e-4);
  EXPECT_EQ(policy.CapFor(Gemm(64, 2)), CapPolicy::kFloorS);
}

TEST(CapPolicyTest, CasesOfTheTutorialAreOneGroup) {
  CapPolicy policy(std::nullopt);
  Key serial = Gemm(2000, 1);
  serial.family = Family::kTutorial;
  serial.variant = "serial";
  Key processes = Gemm(2000, 2);
  processes.family = Family::kTutorial;
  processes.variant = "processes";
  policy.Note(serial, 30);
  EXPECT_EQ(policy.CapFor(processes), 4 * 30);
  EXPECT_EQ(policy.CapFor(Gemm(2000, 2)), CapPolicy::kFirstS);
}

}  // namespace
}  // namespace hybrid
