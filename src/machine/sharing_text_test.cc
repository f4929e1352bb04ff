#include "machine/sharing_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "machine/test_machines.h"

namespace hybrid {
namespace {

using ::testing::IsEmpty;

std::string SharingOf(const std::string& synthetic) {
  return SharingText(ReadSynthetic(synthetic));
}

TEST(SharingTextTest, SaysWhatEachCoreHasAndWhatAllShare) {
  EXPECT_EQ(SharingOf("package:1 l3:1 l2:2 core:1 pu:1"),
            "CPUs 0-1: an L2 for each core, one L3, one NUMA node");
  EXPECT_EQ(SharingOf("package:1 l3:1 l2:1 core:1 pu:1"),
            "CPU 0: an L2 for each core, an L3 for each core, one NUMA node");
}

TEST(SharingTextTest, SaysWhoSharesWithWhom) {
  // Two cores have an L2 together, two pairs an L3.
  EXPECT_EQ(SharingOf("numa:2 l3:2 l2:2 core:2 pu:2"),
            "CPUs 0-31: L2 for 0-3 | 4-7 | … | 28-31, L3 for 0-7 | 8-15 | "
            "16-23 | 24-31, NUMA nodes of 0-15 | 16-31");
}

TEST(SharingTextTest, OnlyAllowedCpusCount) {
  EXPECT_EQ(SharingText(ReadTestMachine(
                {.synthetic = "package:1 l3:2 core:2 pu:2(indexes=2*4:1*2)",
                 .removed = {},
                 .kinds = {},
                 .disallowed = {1, 3}})),
            "CPUs 0,2,4-7: L3 for 0,4-5 | 2,6-7, one NUMA node");
}

TEST(SharingTextTest, LeavesOutWhatNobodyKnows) {
  EXPECT_EQ(SharingOf("pu:4"), "CPUs 0-3: one NUMA node");
  EXPECT_THAT(SharingText(TwoCores().topology), IsEmpty());
}

}  // namespace
}  // namespace hybrid
