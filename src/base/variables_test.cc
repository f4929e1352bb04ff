#include "base/variables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::ElementsAre;

TEST(VariablesTest, AreFoundByTheirWholeName) {
  const std::vector<std::string> variables{"AB=1", "A=2=3", "C="};
  EXPECT_EQ(VariableName(variables[1]), "A");
  EXPECT_EQ(VariableValue(variables, "A"), "2=3");
  EXPECT_EQ(VariableValue(variables, "B"), "");
  EXPECT_EQ(VariableValue(variables, "C"), "");
}

TEST(VariablesTest, EachIsThereOnce) {
  std::vector<std::string> variables{"A=1", "AB=2", "A=3"};
  SetVariable(variables, "A=4");
  EXPECT_THAT(variables, ElementsAre("AB=2", "A=4"));
  RemoveVariable(variables, "AB");
  EXPECT_THAT(variables, ElementsAre("A=4"));
}

}  // namespace
}  // namespace hybrid
