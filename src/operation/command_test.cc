#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operation/operation.h"

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(CommandTest, WorksButNobodyKnowsHowMuch) {
  const Operation& command = OperationNamed("command");
  EXPECT_TRUE(command.runs_program);
  EXPECT_FALSE(command.computes());
  EXPECT_FALSE(ComputesNothing("command"));
  EXPECT_TRUE(RunsProgram("command"));
  EXPECT_FALSE(RunsProgram("gemm"));
  EXPECT_FALSE(RunsProgram("none"));
  EXPECT_FALSE(RunsProgram("unheard-of"));
  EXPECT_EQ(OperandBytes(command, {1000}), 0);
  EXPECT_EQ(UsualAspect(command), 1U);
}

TEST(CommandTest, IsNotOffered) {
  EXPECT_THAT(OperationNames(), Not(Contains("command")));
  EXPECT_THAT(OperationHelp(), Not(HasSubstr("command")));
  EXPECT_THAT(OperationTable(), Not(HasSubstr("command")));
}

}  // namespace
}  // namespace hybrid
