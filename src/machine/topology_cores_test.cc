// What ReadTopology knows of each core beside its CPUs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "machine/test_machines.h"
#include "machine/topology.h"

namespace hybrid {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;

// The numbers of one field, core by core.
std::vector<int> Infos(const Topology& topology, int CoreInfo::*field) {
  std::vector<int> values;
  for (const CoreInfo& info : topology.core_infos) {
    values.push_back(info.*field);
  }
  return values;
}

TEST(ReadTopologyCoresTest, CoresKnowTheirSocketNumaNodeAndLastLevelCache) {
  // The system's numbers of the nodes need not ascend.
  const Topology topology =
      ReadSynthetic("package:2 numa:2(indexes=3,2,1,0) l3:2 core:1 pu:2");
  EXPECT_THAT(Infos(topology, &CoreInfo::socket),
              ElementsAre(0, 0, 0, 0, 1, 1, 1, 1));
  EXPECT_THAT(Infos(topology, &CoreInfo::numa_node),
              ElementsAre(3, 3, 2, 2, 1, 1, 0, 0));
  EXPECT_THAT(Infos(topology, &CoreInfo::last_level_cache),
              ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(topology.core_infos, Each(Field(&CoreInfo::kind, 0)));
}

TEST(ReadTopologyCoresTest, TheLastCacheIsTheOneWithoutAnotherBehindIt) {
  EXPECT_THAT(Infos(ReadSynthetic("l3:1 l2:2 l1d:2 core:1 pu:1"),
                    &CoreInfo::last_level_cache),
              ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(Infos(ReadSynthetic("l2:2 l1d:2 core:1 pu:1"),
                    &CoreInfo::last_level_cache),
              ElementsAre(0, 0, 1, 1));
}

TEST(ReadTopologyCoresTest, WithoutPackagesAndCachesTheyAreUnknown) {
  const Topology topology = ReadSynthetic("core:2 pu:2");
  EXPECT_THAT(Infos(topology, &CoreInfo::socket), ElementsAre(-1, -1));
  EXPECT_THAT(Infos(topology, &CoreInfo::last_level_cache),
              ElementsAre(-1, -1));
  EXPECT_EQ(topology.cache_bytes, 0U);
}

TEST(ReadTopologyCoresTest, CacheBytesAreThoseOfTheLastLevel) {
  const Topology topology = ReadSynthetic(
      "package:2 l3:2(size=33554432) l2:4(size=1048576) l1d:1(size=32768) "
      "core:1 pu:2");
  EXPECT_EQ(topology.cache_bytes, std::uint64_t{4} * 32 * 1024 * 1024);
}

TEST(ReadTopologyCoresTest, CachesThatNoAllowedCoreReachesDoNotCount) {
  const Topology topology =
      ReadTestMachine({.synthetic = "package:1 l3:4(size=33554432) core:2 pu:2",
                       .removed = {},
                       .kinds = {},
                       .disallowed = {2, 4, 5, 6, 7, 12, 13}});
  EXPECT_THAT(topology.cores,
              ElementsAre(ElementsAre(0, 1), ElementsAre(3), ElementsAre(8, 9),
                          ElementsAre(10, 11), ElementsAre(14, 15)));
  EXPECT_THAT(Infos(topology, &CoreInfo::last_level_cache),
              ElementsAre(0, 0, 1, 1, 2));
  EXPECT_EQ(topology.cache_bytes, std::uint64_t{3} * 32 * 1024 * 1024);
  EXPECT_EQ(topology.cores_total, 8);
}

TEST(ReadTopologyCoresTest, FastAndSlowCoresAreOfTwoKinds) {
  const Topology topology = ReadTestMachine(HybridTestMachine());
  EXPECT_EQ(topology.logical_cpus_total, 24);
  EXPECT_THAT(Infos(topology, &CoreInfo::kind),
              ElementsAre(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0));
  EXPECT_THAT(topology.cores.front(), ElementsAre(0, 1));
  EXPECT_THAT(topology.cores.back(), ElementsAre(30));
}

}  // namespace
}  // namespace hybrid
