#include "machine/placement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "machine/test_machines.h"
#include "machine/topology.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Nothing is known of the cores but their CPUs.
Topology Unknown(std::vector<CpuList> cores) {
  Topology topology;
  topology.cores = std::move(cores);
  return topology;
}

// Which worker has each core, in hwloc's order: one digit a core, `.` for
// a core that nobody has, spaces between NUMA nodes.
std::string Map(const Topology& topology, int workers, int blas_threads) {
  const std::vector<CpuList> assigned =
      AssignCores(topology, workers, blas_threads);
  std::string map;
  for (std::size_t c = 0; c < topology.cores.size(); ++c) {
    if (c > 0 && topology.core_infos[c].numa_node !=
                     topology.core_infos[c - 1].numa_node) {
      map += ' ';
    }
    char mark = '.';
    for (std::size_t w = 0; w < assigned.size(); ++w) {
      for (const int cpu : assigned[w]) {
        if (cpu == topology.cores[c].front())
          mark = std::string("0123456789abcdef").at(w);
      }
    }
    map += mark;
  }
  return map;
}

TEST(AssignCoresTest, OneSocketIsDividedEvenly) {
  const Topology topology = ReadSynthetic("package:1 core:4 pu:1");
  EXPECT_EQ(Map(topology, 1, 4), "0000");
  EXPECT_EQ(Map(topology, 2, 2), "0011");
  EXPECT_EQ(Map(topology, 2, 1), "0011");
  EXPECT_EQ(Map(topology, 3, 1), "012.");
  EXPECT_EQ(Map(topology, 4, 1), "0123");
}

TEST(AssignCoresTest, SharesAreEqualWhateverTheDivision) {
  const Topology topology = ReadSynthetic("package:1 core:16 pu:1");
  EXPECT_EQ(Map(topology, 3, 5), "000001111122222.");
  EXPECT_EQ(Map(topology, 6, 2), "0011.22.3344.55.");
}

TEST(AssignCoresTest, NobodyStraddlesSocketsThatHoldAllWorkers) {
  const Topology topology = ReadSynthetic("package:2 numa:1 core:8 pu:2");
  EXPECT_EQ(Map(topology, 1, 1), "00000000 ........");
  EXPECT_EQ(Map(topology, 1, 9), "00000000 00000000");
  EXPECT_EQ(Map(topology, 2, 1), "00000000 11111111");
  EXPECT_EQ(Map(topology, 3, 4), "00001111 2222....");
  EXPECT_EQ(Map(topology, 6, 2), "0011.22. 3344.55.");
  // 5 threads do not fit twice into 8 cores.
  EXPECT_EQ(Map(topology, 3, 5), "00000111 1122222.");
}

TEST(AssignCoresTest, SocketsCountEvenWhereMemoryIsOne) {
  const Topology topology = ReadSynthetic("package:2 core:28 pu:2");
  EXPECT_EQ(Map(topology, 3, 14),
            "0000000000000011111111111111"
            "22222222222222..............");
  EXPECT_EQ(Map(topology, 1, 28),
            "0000000000000000000000000000"
            "............................");
}

TEST(AssignCoresTest, FewWorkersGetWholeNodes) {
  const Topology topology = ReadSynthetic("package:2 numa:4 core:16 pu:1");
  const std::string free(16, '.');
  const auto node = [](char worker) { return std::string(16, worker); };
  EXPECT_EQ(Map(topology, 5, 16),
            node('0') + ' ' + node('1') + ' ' + node('2') + ' ' + free + ' ' +
                node('3') + ' ' + free + ' ' + node('4') + ' ' + free);
  // Two nodes each, and none across the sockets.
  EXPECT_EQ(Map(topology, 3, 20),
            node('0') + ' ' + node('0') + ' ' + node('1') + ' ' + node('1') +
                ' ' + node('2') + ' ' + node('2') + ' ' + free + ' ' + free);
}

TEST(AssignCoresTest, NobodyStraddlesCachesThatHoldAllWorkers) {
  const Topology topology = ReadSynthetic("package:1 l3:4 core:4 pu:1");
  EXPECT_EQ(Map(topology, 1, 2), "0000............");
  EXPECT_EQ(Map(topology, 3, 4),
            "00001111"
            "2222....");
  EXPECT_EQ(Map(topology, 5, 2),
            "0011"
            "22.."
            "33.."
            "44..");
  EXPECT_EQ(Map(topology, 2, 8), "0000000011111111");
  // As many caches as it needs, and no more.
  EXPECT_EQ(Map(topology, 1, 6), "00000000........");
  EXPECT_EQ(Map(topology, 5, 3), "000111222333444.");
}

TEST(AssignCoresTest, FastCoresComeFirstAndKindsDoNotMix) {
  const Topology topology = ReadTestMachine(HybridTestMachine());
  EXPECT_EQ(Map(topology, 1, 1),
            "00000000"
            "........");
  EXPECT_EQ(Map(topology, 4, 1),
            "00112233"
            "........");
  EXPECT_EQ(Map(topology, 8, 1),
            "01234567"
            "........");
  EXPECT_EQ(Map(topology, 16, 1),
            "01234567"
            "89abcdef");
  EXPECT_EQ(Map(topology, 2, 8),
            "00000000"
            "11111111");
  EXPECT_EQ(Map(topology, 4, 4),
            "00001111"
            "22223333");
  EXPECT_EQ(Map(topology, 3, 4),
            "00001111"
            "2222....");
  EXPECT_EQ(Map(topology, 9, 1),
            "01234567"
            "8.......");
}

TEST(AssignCoresTest, KindsMixOnlyWhereTheyMust) {
  const Topology topology = ReadTestMachine(HybridTestMachine());
  EXPECT_EQ(Map(topology, 1, 9),
            "00000000"
            "00000000");
  EXPECT_EQ(Map(topology, 3, 5),
            "00000111"
            "1122222.");
}

TEST(AssignCoresTest, TheSlowestOfThreeKindsIsLeftOutWhereItIsNotNeeded) {
  const Topology topology =
      ReadTestMachine({.synthetic = "package:1 core:8 pu:1",
                       .removed = {},
                       .kinds = {{0, 1}, {3, 5, 7}, {2, 4, 6}},
                       .disallowed = {}});
  EXPECT_EQ(Map(topology, 2, 3), "..010101");
  EXPECT_EQ(Map(topology, 1, 5), "..000000");
  EXPECT_EQ(Map(topology, 1, 7), "00000000");
  EXPECT_EQ(Map(topology, 5, 1), "..03142.");
}

TEST(AssignCoresTest, HolesInTheMaskMoveWorkersNotBoundaries) {
  // CPUs 2 to 5 are cores 1 and 2, CPU 9 is half of core 4.
  const Topology topology =
      ReadTestMachine({.synthetic = "package:2 numa:1 core:4 pu:2",
                       .removed = {},
                       .kinds = {},
                       .disallowed = {2, 3, 4, 5, 9}});
  EXPECT_EQ(Map(topology, 3, 1), "00 1122");
  EXPECT_EQ(Map(topology, 3, 2), "00 1122");
  EXPECT_EQ(Map(topology, 2, 3), "00 0111");
  EXPECT_THAT(AssignCores(topology, 3, 2),
              ElementsAre(ElementsAre(0, 1, 6, 7), ElementsAre(8, 10, 11),
                          ElementsAre(12, 13, 14, 15)));
}

TEST(AssignCoresTest, SiblingsStayTogetherAndAscend) {
  EXPECT_THAT(AssignCores(Unknown({{0, 4}, {1, 5}, {2, 6}, {3, 7}}), 2, 2),
              ElementsAre(ElementsAre(0, 1, 4, 5), ElementsAre(2, 3, 6, 7)));
}

TEST(AssignCoresTest, TooManyIsEmpty) {
  const Topology topology = Unknown({{0}, {1}, {2}, {3}});
  EXPECT_THAT(AssignCores(topology, 5, 1), IsEmpty());
  EXPECT_THAT(AssignCores(topology, 1, 5), IsEmpty());
  EXPECT_THAT(AssignCores(topology, 3, 2), IsEmpty());
  EXPECT_THAT(AssignCores(Topology{}, 1, 1), IsEmpty());
}

// Siblings are not cores: two cores with SMT don't hold 4 BLAS threads.
TEST(AssignCoresTest, SiblingsDoNotCountAsCores) {
  EXPECT_THAT(AssignCores(Unknown({{0, 2}, {1, 3}}), 2, 2), IsEmpty());
}

TEST(AssignCoresTest, SenselessOrHugeNumbersAreEmpty) {
  constexpr int kHuge = std::numeric_limits<int>::max();
  const Topology topology = Unknown({{0}, {1}, {2}, {3}});
  EXPECT_THAT(AssignCores(topology, 0, 1), IsEmpty());
  EXPECT_THAT(AssignCores(topology, 1, 0), IsEmpty());
  EXPECT_THAT(AssignCores(topology, -1, 2), IsEmpty());
  EXPECT_THAT(AssignCores(topology, kHuge, kHuge), IsEmpty());
}

}  // namespace
}  // namespace hybrid
