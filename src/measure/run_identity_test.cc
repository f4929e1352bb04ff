#include "measure/run_identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybrid {
namespace {

using ::testing::MatchesRegex;

TEST(RunIdentityTest, EveryRunHasAnIdOfItsOwn) {
  EXPECT_NE(NewRun("").run_id, NewRun("").run_id);
  EXPECT_THAT(NewRun("").start_utc, MatchesRegex("[0-9]{8}T[0-9]{6}Z"));
  EXPECT_THAT(UtcNow(), MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z"));
  EXPECT_FALSE(NewRun("").git_commit.empty());
  EXPECT_EQ(NewRun("--n=64").flags, "--n=64");
}

TEST(RunIdentityTest, ARunThatGoesOnKeepsItsId) {
  EXPECT_EQ(NewRun("", "earlier").run_id, "earlier");
}

}  // namespace
}  // namespace hybrid
