#include "machine/sharing_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "machine/placement.h"
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

/// What `workers` of so many threads share where AssignCores puts them.
std::string PlacedSharing(const Topology& topology, int workers, int threads) {
  return WorkersSharingText(topology, AssignCores(topology, workers, threads));
}

TEST(WorkersSharingTextTest, SaysWhatPlacedWorkersHaveTogether) {
  const Topology topology = ReadSynthetic("numa:2 l3:2 l2:2 core:2 pu:2");
  EXPECT_EQ(PlacedSharing(topology, 16, 1),
            "an L2 for 2 workers, an L3 for 4 workers, a NUMA node for 8 "
            "workers");
  EXPECT_EQ(PlacedSharing(topology, 8, 2),
            "an L2 each, an L3 for 2 workers, a NUMA node for 4 workers");
  EXPECT_EQ(PlacedSharing(topology, 4, 4),
            "2 L2s each, an L3 each, a NUMA node for 2 workers");
  EXPECT_EQ(PlacedSharing(topology, 2, 8),
            "4 L2s each, 2 L3s each, a NUMA node each");
  // A worker shares with nobody: where it is spread is what there is to say.
  EXPECT_EQ(PlacedSharing(topology, 1, 16), "8 L2s, 4 L3s, 2 NUMA nodes");
}

TEST(WorkersSharingTextTest, SaysWhoIsAmongFewerThanOthers) {
  const Topology topology = ReadSynthetic("package:1 l3:2 l2:2 core:1 pu:1");
  EXPECT_EQ(WorkersSharingText(topology, std::vector<CpuList>{{0}, {1}, {2}}),
            "an L2 each, an L3 for 1 to 2 workers, one NUMA node");
  // One lies on both sides of a boundary.
  EXPECT_EQ(WorkersSharingText(topology, std::vector<CpuList>{{0}, {1, 2}}),
            "1 to 2 L2s each, 1 to 2 L3s for 1 to 2 workers, one NUMA node");
}

TEST(WorkersSharingTextTest, WhoMayRunAnywhereSharesAll) {
  const Topology topology = ReadSynthetic("package:1 l3:1 l2:2 core:1 pu:1");
  const std::vector<CpuList> anywhere(4, LogicalCpus(topology));
  EXPECT_EQ(WorkersSharingText(topology, anywhere),
            "2 L2s for all, one L3, one NUMA node");
}

TEST(WorkersSharingTextTest, LeavesOutWhatNobodyKnowsOfWorkers) {
  EXPECT_EQ(
      WorkersSharingText(ReadSynthetic("pu:4"), std::vector<CpuList>{{0}, {1}}),
      "one NUMA node");
  const Topology known = ReadSynthetic("package:1 l3:1 l2:2 core:1 pu:1");
  EXPECT_THAT(WorkersSharingText(known, {}), IsEmpty());
  EXPECT_THAT(WorkersSharingText(known, std::vector<CpuList>{{0}, {7}}),
              IsEmpty());
  EXPECT_THAT(
      WorkersSharingText(TwoCores().topology, std::vector<CpuList>{{0}, {1}}),
      IsEmpty());
}

}  // namespace
}  // namespace hybrid
