#include "flags/google_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(GoogleFlagsTest, TheTablesDefaultsWhereTheUserSetNothing) {
  EXPECT_THAT(
      GoogleFlags({"--n=64"}).Defaults(),
      ElementsAre("--benchmark_repetitions=7", "--benchmark_min_time=0.1",
                  "--benchmark_min_warmup_time=0",
                  "--benchmark_enable_random_interleaving=false"));
  EXPECT_THAT(
      GoogleFlags({"--benchmark_repetitions=2",
                   "--benchmark_enable_random_interleaving"})
          .Defaults(),
      ElementsAre("--benchmark_min_time=0.1", "--benchmark_min_warmup_time=0"));
}

TEST(GoogleFlagsTest, TheEnvironmentCountsAsSet) {
  ASSERT_EQ(setenv("BENCHMARK_REPETITIONS", "7", 1), 0);
  ASSERT_EQ(setenv("BENCHMARK_MIN_TIME", "1", 1), 0);
  EXPECT_THAT(
      GoogleFlags({}).Defaults(),
      Each(AllOf(Not(HasSubstr("repetitions")), Not(HasSubstr("min_time")))));
  EXPECT_EQ(GoogleFlags({}).Value("benchmark_repetitions"), "7");
  EXPECT_EQ(
      GoogleFlags({"--benchmark_repetitions=3"}).Value("benchmark_repetitions"),
      "3");
  unsetenv("BENCHMARK_REPETITIONS");
  unsetenv("BENCHMARK_MIN_TIME");
}

TEST(GoogleFlagsTest, ItsFlagsStartAlike) {
  EXPECT_TRUE(IsGoogleFlag("--benchmark_filter=x"));
  EXPECT_TRUE(IsGoogleFlag("--v=1"));
  EXPECT_FALSE(IsGoogleFlag("--n=1"));
  EXPECT_FALSE(IsGoogleFlag("benchmark_filter"));
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
