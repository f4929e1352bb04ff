#include "measure/cap_policy.h"

#include <gtest/gtest.h>

#include "key/test_keys.h"

namespace hybrid {
namespace {

TEST(CapPolicyTest, AFixedCapHoldsForAll) {
  CapPolicy policy(0.5);
  policy.Note(GemmKey(64, 8, 1), 100);
  EXPECT_EQ(policy.CapFor(GemmKey(64, 8, 2)), 0.5);
}

TEST(CapPolicyTest, FollowsTheFastestSplitOfTheGroup) {
  CapPolicy policy(std::nullopt);
  EXPECT_EQ(policy.CapFor(GemmKey(64, 8, 1)), kGridCutOff.first_s);
  policy.Note(GemmKey(64, 8, 1), 10);
  EXPECT_EQ(policy.CapFor(GemmKey(64, 8, 2)), 4 * 10);
  policy.Note(GemmKey(64, 8, 2), 6);
  policy.Note(GemmKey(64, 8, 4), 9);
  EXPECT_EQ(policy.CapFor(GemmKey(64, 8, 4)), 4 * 6);
  EXPECT_EQ(policy.CapFor(GemmKey(65, 8, 4)), kGridCutOff.first_s);
}

TEST(CapPolicyTest, ShortBatchesHaveAFloor) {
  CapPolicy policy(std::nullopt);
  policy.Note(GemmKey(64, 8, 1), 1e-4);
  EXPECT_EQ(policy.CapFor(GemmKey(64, 8, 2)), kGridCutOff.least_s);
}

TEST(CapPolicyTest, CasesOfTheTutorialAreOneGroup) {
  CapPolicy policy(std::nullopt);
  Key serial = GemmKey(2000, 8, 1);
  serial.family = Family::kTutorial;
  serial.variant = "serial";
  Key processes = GemmKey(2000, 8, 2);
  processes.family = Family::kTutorial;
  processes.variant = "processes";
  policy.Note(serial, 30);
  EXPECT_EQ(policy.CapFor(processes), 4 * 30);
  EXPECT_EQ(policy.CapFor(GemmKey(2000, 8, 2)), kGridCutOff.first_s);
}

}  // namespace
}  // namespace hybrid
