#include "machine/placement_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "machine/placement.h"
#include "machine/test_machines.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Draw(const Topology& topology, int workers, int blas_threads) {
  return PlacementText(topology, AssignCores(topology, workers, blas_threads));
}

TEST(PlacementTextTest, TwoCores) {
  EXPECT_EQ(Draw(ReadSynthetic("package:1 l3:1 core:2 pu:1"), 2, 1),
            "  cores  0 1\n"
            "  worker 0: CPUs 0\n"
            "  worker 1: CPUs 1\n");
}

TEST(PlacementTextTest, NothingKnownButTheCpus) {
  Topology topology;
  topology.cores = {{0, 2}, {1, 3}};
  EXPECT_EQ(Draw(topology, 1, 2),
            "  cores  0 0\n"
            "  worker 0: CPUs 0-3\n");
}

TEST(PlacementTextTest, ARowForEachSocketAndRangesOfCpus) {
  // Numbered as Linux does: first one CPU of every core, then the siblings.
  EXPECT_EQ(Draw(ReadSynthetic("package:2 numa:1 core:4 pu:2"
                               "(indexes=2*8:8*1)"),
                 3, 2),
            "  socket 0, NUMA node 0  0 0 1 1\n"
            "  socket 1, NUMA node 1  2 2 . .\n"
            "  .  no worker's core\n"
            "  worker 0: CPUs 0-1,8-9\n"
            "  worker 1: CPUs 2-3,10-11\n"
            "  worker 2: CPUs 4-5,12-13\n");
}

TEST(PlacementTextTest, SlowerCoresAreMarked) {
  EXPECT_THAT(Draw(ReadTestMachine(HybridTestMachine()), 3, 4),
              AllOf(HasSubstr("  cores  0  0  0  0  1  1  1  1  "
                              "2e 2e 2e 2e .e .e .e .e\n"),
                    HasSubstr("e  slower kind of core"),
                    HasSubstr("worker 2: CPUs 16,18,20,22\n")));
}

TEST(PlacementTextTest, BarsStandBetweenSharedCachesOnly) {
  EXPECT_THAT(
      Draw(ReadSynthetic("package:1 l3:2 core:2 pu:1"), 4, 1),
      AllOf(HasSubstr("0 1 | 2 3\n"), HasSubstr("|  next last-level cache\n")));
  EXPECT_THAT(Draw(ReadSynthetic("package:1 l2:4 core:1 pu:1"), 4, 1),
              AllOf(HasSubstr("0 1 2 3\n"), Not(HasSubstr("|"))));
}

TEST(PlacementTextTest, LinesFitEightyColumnsAndLoseNoCore) {
  for (const char* machine :
       {"package:1 l3:16 core:8 pu:2", "package:2 numa:4 core:16 pu:1",
        "package:1 core:128 pu:2(indexes=2*128:128*1)"}) {
    const Topology topology = ReadSynthetic(machine);
    for (const int workers : {1, 3, 64, 128}) {
      const std::string text = Draw(topology, workers, 1);
      EXPECT_THAT(text, EndsWith("\n"));
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(line.size(), 80U) << line;
        EXPECT_THAT(line, Not(EndsWith(" ")));
      }
    }
    EXPECT_THAT(Draw(topology, 128, 1),
                AllOf(HasSubstr("126 127\n"), HasSubstr("worker   0: CPUs 0"),
                      HasSubstr("worker 127: CPUs ")));
  }
}

// CPU numbers without runs, as on machines whose sockets alternate.
TEST(PlacementTextTest, LongListsOfCpusBreakAtCommas) {
  Topology topology;
  for (int core = 0; core < 64; ++core) topology.cores.push_back({2 * core});
  const std::string text = Draw(topology, 1, 64);
  EXPECT_THAT(text, HasSubstr(",\n                 "));
  EXPECT_THAT(text, EndsWith(",124,126\n"));
}

TEST(PlacementTextTest, OfManyWorkersTheFirstAndTheLastAreListed) {
  const Topology topology = ReadSynthetic("package:1 core:8 pu:1");
  const std::vector<CpuList> assigned = AssignCores(topology, 8, 1);
  EXPECT_THAT(PlacementText(topology, assigned, 4),
              EndsWith("  worker 0: CPUs 0\n"
                       "  worker 1: CPUs 1\n"
                       "  …\n"
                       "  worker 7: CPUs 7\n"));
  EXPECT_EQ(PlacementText(topology, assigned, 8),
            PlacementText(topology, assigned));
}

}  // namespace
}  // namespace hybrid
