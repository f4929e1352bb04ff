#include "compare/compare_json.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "compare/test_comparison.h"

namespace hybrid {
namespace {

using CompareJsonTest = ComparedTest;

TEST_F(CompareJsonTest, JsonHasEverything) {
  settings.gate = FindGate(comparison);
  comparison.configurations[0].reason = "not UTF-8: \xFF";
  const Json json = ParseJson(CompareJson(comparison, settings));
  EXPECT_EQ(json.at("regressions"), 2);
  EXPECT_EQ(json.at("gate").at("verdict"), "failed");
  ASSERT_EQ(json.at("configurations").as_array().size(), 3U);
  const Json& slower = json.at("configurations").at(1);
  EXPECT_EQ(slower.at("verdict"), "slower");
  EXPECT_NEAR(slower.at("ratio").as_double(), 1.12, 1e-9);
  EXPECT_EQ(slower.at("new").at("samples_s").as_array().size(), 10U);
  EXPECT_LT(slower.at("adjusted_p").as_double(), 0.05);
  EXPECT_TRUE(json.at("configurations").at(0).at("ratio").is_null());
}

}  // namespace
}  // namespace hybrid
