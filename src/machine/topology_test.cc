#include "machine/topology.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>

#include "base/scoped_environment.h"
#include "machine/test_machines.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Narrows the calling thread's affinity mask, for the scope, to the first CPU
// that is in it: there is always one, on a machine of any size.
class PinnedToOneCpu {
 public:
  PinnedToOneCpu() {
    CPU_ZERO(&before_);
    if (sched_getaffinity(0, sizeof(before_), &before_) != 0) return;
    for (int cpu = 0; cpu < CPU_SETSIZE && cpu_ < 0; ++cpu) {
      if (CPU_ISSET(static_cast<std::size_t>(cpu), &before_)) cpu_ = cpu;
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(cpu_), &one);
    if (sched_setaffinity(0, sizeof(one), &one) != 0) cpu_ = -1;
  }
  ~PinnedToOneCpu() { sched_setaffinity(0, sizeof(before_), &before_); }
  PinnedToOneCpu(const PinnedToOneCpu&) = delete;
  PinnedToOneCpu& operator=(const PinnedToOneCpu&) = delete;

  // Negative if the system does not let us.
  int cpu() const { return cpu_; }

 private:
  cpu_set_t before_;
  int cpu_ = -1;
};

TEST(ReadTopologyTest, OneSocket) {
  const Topology topology = ReadSynthetic("package:1 core:4 pu:1");
  EXPECT_EQ(topology.sockets, 1);
  EXPECT_EQ(topology.cores_total, 4);
  EXPECT_EQ(topology.logical_cpus_total, 4);
  EXPECT_THAT(topology.cores, ElementsAre(ElementsAre(0), ElementsAre(1),
                                          ElementsAre(2), ElementsAre(3)));
}

TEST(ReadTopologyTest, TwoSocketsWithSmt) {
  const Topology topology = ReadSynthetic("package:2 core:8 pu:2");
  EXPECT_EQ(topology.sockets, 2);
  EXPECT_EQ(topology.cores_total, 16);
  EXPECT_EQ(topology.logical_cpus_total, 32);
  ASSERT_THAT(topology.cores, SizeIs(16));
  EXPECT_THAT(topology.cores.front(), ElementsAre(0, 1));
  EXPECT_THAT(topology.cores.back(), ElementsAre(30, 31));
}

TEST(ReadTopologyTest, AnUnintelligibleMachineIsNotTheRealOne) {
  try {
    ReadSynthetic("nonsense:2");
    FAIL() << "took the real machine";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(),
                ::testing::HasSubstr("HWLOC_SYNTHETIC=nonsense:2"));
  }
}

TEST(ReadTopologyTest, SiblingsShareTheirCoresWhetherAllowedOrNot) {
  const Topology topology = ReadTestMachine({.synthetic = "core:3 pu:2",
                                             .removed = {},
                                             .kinds = {},
                                             .disallowed = {1, 4, 5}});
  EXPECT_THAT(topology.cores, ElementsAre(ElementsAre(0), ElementsAre(2, 3)));
  EXPECT_THAT(topology.shared_cpus, ElementsAre(0, 1, 2, 3));
}

// As Linux numbers them on most machines: first one logical CPU of every core,
// then the siblings.
TEST(ReadTopologyTest, SiblingsNumberedApart) {
  const Topology topology =
      ReadSynthetic("package:2 core:2 pu:2(indexes=0,4,1,5,2,6,3,7)");
  EXPECT_EQ(topology.cores_total, 4);
  EXPECT_THAT(topology.cores,
              ElementsAre(ElementsAre(0, 4), ElementsAre(1, 5),
                          ElementsAre(2, 6), ElementsAre(3, 7)));
}

TEST(ReadTopologyTest, SiblingsAreListedAscending) {
  const Topology topology =
      ReadSynthetic("package:1 core:2 pu:2(indexes=2,0,3,1)");
  ASSERT_THAT(topology.cores, SizeIs(2));
  for (const CpuList& cpus : topology.cores) {
    EXPECT_THAT(cpus, ::testing::WhenSorted(::testing::ElementsAreArray(cpus)));
  }
}

TEST(ReadTopologyTest, NumaNodesInsidePackages) {
  const Topology topology = ReadSynthetic("package:2 numa:2 core:4 pu:2");
  EXPECT_EQ(topology.sockets, 2);
  EXPECT_EQ(topology.cores_total, 16);
  EXPECT_EQ(topology.logical_cpus_total, 32);
  EXPECT_THAT(topology.cores, SizeIs(16));
}

TEST(ReadTopologyTest, NumaNodesAndSharedCaches) {
  const Topology topology =
      ReadSynthetic("numa:2 package:1 l3:2 l2:2 core:2 pu:1");
  EXPECT_EQ(topology.sockets, 2);
  EXPECT_EQ(topology.cores_total, 16);
  EXPECT_THAT(topology.cores, SizeIs(16));
}

TEST(ReadTopologyTest, WithoutCoresEachLogicalCpuCounts) {
  const Topology topology = ReadSynthetic("package:2 pu:3");
  EXPECT_EQ(topology.sockets, 2);
  EXPECT_EQ(topology.cores_total, 6);
  EXPECT_EQ(topology.logical_cpus_total, 6);
  EXPECT_THAT(topology.cores, SizeIs(6));
}

TEST(ReadTopologyTest, WithoutPackagesThereIsOneSocket) {
  EXPECT_EQ(ReadSynthetic("core:2 pu:2").sockets, 1);
  EXPECT_EQ(ReadSynthetic("pu:4").sockets, 1);
}

TEST(ReadTopologyTest, SyntheticMachineDoesNotBearThisMachinesName) {
  EXPECT_THAT(ReadSynthetic("package:1 core:2 pu:1").cpu_model, IsEmpty());
}

TEST(ReadTopologyTest, RealMachineIsWhatTheMaskAllows) {
  const ScopedEnvironment environment(HwlocVariables());
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (sched_getaffinity(0, sizeof(mask), &mask) != 0) {
    GTEST_SKIP() << "no affinity mask to compare with";
  }
  const Topology topology = ReadTopology();
  std::set<int> allowed;
  std::size_t listed = 0;
  for (const CpuList& cpus : topology.cores) {
    EXPECT_THAT(cpus, ::testing::Not(IsEmpty()));
    allowed.insert(cpus.begin(), cpus.end());
    listed += cpus.size();
  }
  EXPECT_EQ(allowed.size(), listed) << "a logical CPU belongs to two cores";
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    EXPECT_EQ(allowed.count(cpu) == 1,
              CPU_ISSET(static_cast<std::size_t>(cpu), &mask) != 0)
        << "logical CPU " << cpu;
  }
  EXPECT_EQ(topology.core_infos.size(), topology.cores.size());
  EXPECT_GE(topology.sockets, 1);
  EXPECT_GE(topology.cores_total, static_cast<int>(topology.cores.size()));
  EXPECT_GE(topology.logical_cpus_total, static_cast<int>(listed));
}

TEST(ReadTopologyTest, AffinityMaskRestrictsCoresButNotTotals) {
  const ScopedEnvironment environment(HwlocVariables());
  const Topology whole = ReadTopology();
  const PinnedToOneCpu pinned;
  if (pinned.cpu() < 0) GTEST_SKIP() << "cannot set the affinity mask";
  const Topology topology = ReadTopology();
  EXPECT_THAT(topology.cores, ElementsAre(ElementsAre(pinned.cpu())));
  EXPECT_EQ(topology.cores_total, whole.cores_total);
  EXPECT_EQ(topology.logical_cpus_total, whole.logical_cpus_total);
  EXPECT_EQ(topology.sockets, whole.sockets);
  EXPECT_EQ(topology.cpu_model, whole.cpu_model);
}

TEST(ReadTopologyTest, AffinityMaskDoesNotTouchSyntheticMachines) {
  const PinnedToOneCpu pinned;
  if (pinned.cpu() < 0) GTEST_SKIP() << "cannot set the affinity mask";
  EXPECT_THAT(ReadSynthetic("package:2 core:4 pu:2").cores, SizeIs(8));
}

// hwloc can be told that the synthetic machine is this one: then the mask
// applies to it, which shows a core with one of its two siblings allowed.
TEST(ReadTopologyTest, CoreWithOneAllowedSiblingCounts) {
  const PinnedToOneCpu pinned;
  if (pinned.cpu() < 0) GTEST_SKIP() << "cannot set the affinity mask";
  ScopedEnvironment::Variables variables =
      HwlocVariables("package:1 core:512 pu:2");
  variables["HWLOC_THISSYSTEM"] = "1";
  const ScopedEnvironment environment(variables);
  const Topology topology = ReadTopology();
  EXPECT_EQ(topology.cores_total, 512);
  EXPECT_EQ(topology.logical_cpus_total, 1024);
  EXPECT_THAT(topology.cores, ElementsAre(ElementsAre(pinned.cpu())));
}

TEST(ReadTopologyTest, MaskOutsideTheMachineIsAnError) {
  const PinnedToOneCpu pinned;
  if (pinned.cpu() < 0) GTEST_SKIP() << "cannot set the affinity mask";
  ScopedEnvironment::Variables variables = HwlocVariables(
      "package:1 core:1 pu:1(indexes=" + std::to_string(pinned.cpu() + 1) +
      ")");
  variables["HWLOC_THISSYSTEM"] = "1";
  const ScopedEnvironment environment(variables);
  EXPECT_THROW(ReadTopology(), std::runtime_error);
}

}  // namespace
}  // namespace hybrid
