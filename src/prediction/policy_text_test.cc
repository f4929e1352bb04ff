#include "prediction/policy_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/json.h"
#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Split kEngineThreads{2, 1, Engine::kThreads};

Policy PolicyOf(TestSizes test) {
  test.Add(64, 8, {{kWorkers, 1}, {kEngineThreads, 2}});
  test.Add(256, 8, {{kWorkers, 20}, {kEngineThreads, 10}});
  return MakePolicy(FindGrid(test.rows));
}

TEST(PolicyTextTest, EachSaysWhatItIsOf) {
  const Policy policy = PolicyOf({});
  for (const PolicyLanguage language :
       {PolicyLanguage::kC, PolicyLanguage::kPython}) {
    EXPECT_THAT(
        PolicyText(policy, language),
        AllOf(HasSubstr(" machine: cpu-2c-8g-01234567\n"),
              HasSubstr(" BLAS: blis 0.9.0\n"), HasSubstr(" data: fresh\n"),
              HasSubstr(" measured: 2026-11-22; 0 of 2 sizes"),
              HasSubstr("n=256 batch=8: 10 s, measured")));
  }
  const Json json = ParseJson(PolicyText(policy, PolicyLanguage::kJson));
  EXPECT_EQ(json.at("machine_id"), "cpu-2c-8g-01234567");
  EXPECT_EQ(json.at("measured"), "2026-11-22");
  EXPECT_EQ(json.at("way").at("blas"), "blis");
  EXPECT_EQ(json.at("way").at("blas_version"), "0.9.0");
  EXPECT_EQ(json.at("way").at("data"), "fresh");
  EXPECT_EQ(json.at("n").at("high"), 256);
  EXPECT_EQ(json.at("rules").as_array().size(), 2U);
  const Json& rule = json.at("rules").at(1);
  EXPECT_EQ(rule.at("n").at("low"), 129);
  EXPECT_TRUE(rule.at("batch").at("high").is_null());
  EXPECT_EQ(rule.at("workers"), 2);
  EXPECT_EQ(rule.at("engine"), "threads");
  const Json& point = json.at("points").at(1);
  EXPECT_EQ(point.at("seconds").to_number<double>(), 10);
  EXPECT_EQ(point.at("known"), "measured");
}

TEST(PolicyTextTest, NothingThatAFileSaysEndsAComment) {
  TestSizes test;
  test.base.operation = "x */ int hacked; /*\nimport hacked\\\n?\?/";
  test.base.blas = "\xc3\xa4\xff */\r\n";
  test.base.blas_version = "*/";
  test.base.machine_id = "\"\"\"";
  test.base.time_utc = "*/\n";
  for (const PolicyLanguage language :
       {PolicyLanguage::kC, PolicyLanguage::kPython}) {
    const std::string hostile = PolicyText(PolicyOf(test), language);
    for (const char* const part : {"int hacked", "import hacked"}) {
      EXPECT_THAT(hostile, Not(HasSubstr("\n" + std::string(part))));
    }
    const std::string head = hostile.substr(0, hostile.find("0 x 0. */"));
    EXPECT_THAT(head.substr(2), Not(HasSubstr("/*")));
    if (language == PolicyLanguage::kC) {
      EXPECT_THAT(head, Not(HasSubstr("*/")));
    }
    EXPECT_THAT(hostile, Not(HasSubstr("\xff")));
  }
}

}  // namespace
}  // namespace hybrid
