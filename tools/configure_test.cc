// What CMake refuses before anything is built.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/test_folder.h"
#include "test_tool.h"

namespace hybrid {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

ToolResult Configure(const std::string& environment,
                     const std::string& arguments) {
  const TestFolder folder;
  return RunTool(environment +
                 " '" HYBRID_CMAKE "' -G '" HYBRID_GENERATOR
                 "' -DCMAKE_CXX_COMPILER='" HYBRID_COMPILER
                 "' -S '" HYBRID_SOURCE "' -B '" +
                 folder.File("build") + "' " + arguments + " 2>&1");
}

struct FastMath {
  const char* flag;
  const char* environment;
  const char* arguments;
};

class FastMathTest : public ::testing::TestWithParam<FastMath> {};

TEST_P(FastMathTest, IsRefusedInOneLine) {
  const ToolResult result =
      Configure(GetParam().environment, GetParam().arguments);
  EXPECT_EQ(result.status, 1) << result.output;
  EXPECT_THAT(result.output,
              ContainsRegex(std::string(GetParam().flag) +
                            " lets a product full of NaN pass verification: "
                            "leave it out of CMAKE_CXX_FLAGS"));
}

INSTANTIATE_TEST_SUITE_P(
    Ways, FastMathTest,
    ::testing::Values(
        FastMath{"-Ofast", "", "-DCMAKE_CXX_FLAGS=-Ofast"},
        FastMath{"-ffast-math", "",
                 "-DCMAKE_CXX_FLAGS_RELEASE='-O3 -ffast-math'"},
        FastMath{"-ffinite-math-only", "",
                 "-DCMAKE_BUILD_TYPE=Mine "
                 "-DCMAKE_CXX_FLAGS_MINE='-ffinite-math-only -O2'"},
        FastMath{"-funsafe-math-optimizations",
                 "CXXFLAGS='-g -funsafe-math-optimizations'", ""}));

TEST(VerificationTest, DoesNotCompileWhereNanIsImpossible) {
  const ToolResult result = RunTool(
      "'" HYBRID_COMPILER "' -std=c++20 -fsyntax-only -Ofast -I '" HYBRID_SOURCE
      "/src' '" HYBRID_SOURCE "/src/operation/verification.cc' 2>&1");
  EXPECT_NE(result.status, 0);
  EXPECT_THAT(result.output, HasSubstr("lets a product full of NaN pass"));
}

}  // namespace
}  // namespace hybrid
