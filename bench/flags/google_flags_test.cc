#include "flags/google_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(GoogleFlagsTest, OurDefaultsWhereTheUserSetNothing) {
  EXPECT_THAT(
      GoogleFlags({"--n=64"}).Defaults(),
      ElementsAre("--benchmark_repetitions=7", "--benchmark_min_time=0.1"));
  EXPECT_THAT(GoogleFlags({"--benchmark_repetitions=2"}).Defaults(),
              ElementsAre("--benchmark_min_time=0.1"));
}

TEST(GoogleFlagsTest, TheEnvironmentCountsAsSet) {
  ASSERT_EQ(setenv("BENCHMARK_REPETITIONS", "7", 1), 0);
  ASSERT_EQ(setenv("BENCHMARK_MIN_TIME", "1", 1), 0);
  EXPECT_THAT(GoogleFlags({}).Defaults(), IsEmpty());
  EXPECT_EQ(GoogleFlags({}).Value("benchmark_repetitions"), "7");
  EXPECT_EQ(
      GoogleFlags({"--benchmark_repetitions=3"}).Value("benchmark_repetitions"),
      "3");
  unsetenv("BENCHMARK_REPETITIONS");
  unsetenv("BENCHMARK_MIN_TIME");
}

TEST(GoogleFlagsTest, LastValueCountsAndNamesMatchWhole) {
  const GoogleFlags flags({"--benchmark_filter=a", "--benchmark_filter=b",
                           "--benchmark_out_format=json"});
  EXPECT_EQ(flags.Value("benchmark_filter"), "b");
  EXPECT_FALSE(flags.IsSet("benchmark_out"));
}

TEST(GoogleFlagsTest, BooleansAsGoogleBenchmarkReadsThem) {
  EXPECT_TRUE(
      GoogleFlags({"--benchmark_list_tests"}).IsTrue("benchmark_list_tests"));
  EXPECT_TRUE(
      GoogleFlags({"--benchmark_list_tests=1"}).IsTrue("benchmark_list_tests"));
  EXPECT_FALSE(GoogleFlags({"--benchmark_list_tests=False"})
                   .IsTrue("benchmark_list_tests"));
  EXPECT_FALSE(GoogleFlags({}).IsTrue("benchmark_list_tests"));
}

}  // namespace
}  // namespace hybrid
