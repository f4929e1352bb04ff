#include "flags/min_time.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(MinTimeTest, SecondsWithAndWithoutTheirUnit) {
  for (const char* text : {"0.1", "0.1s", "1e-1", "1e-1s", "0.10"}) {
    const auto min_time = ParseMinTime(text);
    ASSERT_TRUE(min_time) << text;
    EXPECT_EQ(min_time->seconds, 0.1) << text;
    EXPECT_FALSE(min_time->iterations) << text;
    EXPECT_EQ(MinTimeText(*min_time), "0.1") << text;
  }
  EXPECT_EQ(ParseMinTime("0s")->seconds, 0);
}

TEST(MinTimeTest, Iterations) {
  for (const char* text : {"10x", "010x"}) {
    const auto min_time = ParseMinTime(text);
    ASSERT_TRUE(min_time) << text;
    EXPECT_EQ(min_time->iterations, 10) << text;
    EXPECT_EQ(MinTimeText(*min_time), "10x") << text;
  }
}

TEST(MinTimeTest, NothingElse) {
  for (const char* text : {"",
                           "s",
                           "x",
                           "0x",
                           "-1",
                           "-1s",
                           "-1x",
                           "1.5x",
                           "1e3x",
                           "10 x",
                           "1 s",
                           "1ss",
                           "1xs",
                           "1sx",
                           "1ms",
                           "+1",
                           "inf",
                           "nan",
                           "infs",
                           "nans",
                           "1e300",
                           "10000000000x",
                           "99999999999999999999x"}) {
    EXPECT_FALSE(ParseMinTime(text)) << text;
  }
}

TEST(MinTimeTest, OfTheFlagsOrByDefault) {
  EXPECT_EQ(MinTimeOf(GoogleFlags({})).seconds, kDefaultMinTimeS);
  EXPECT_EQ(MinTimeOf(GoogleFlags({"--benchmark_min_time=2s"})).seconds, 2);
  EXPECT_EQ(MinTimeOf(GoogleFlags({"--benchmark_min_time=3x"})).iterations, 3);
}

}  // namespace
}  // namespace hybrid
