#include "machine/machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

#include "base/scoped_environment.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// `allowed` of `total` cores, each with both or one of two SMT siblings.
Topology MakeTopology(int total, int allowed, int siblings_allowed = 2) {
  Topology topology;
  topology.sockets = 1;
  topology.cores_total = total;
  topology.logical_cpus_total = 2 * total;
  for (int core = 0; core < allowed; ++core) {
    topology.cores.push_back(siblings_allowed == 2 ? CpuList{core, core + total}
                                                   : CpuList{core});
  }
  return topology;
}

Machine Describe(const Topology& topology,
                 std::optional<double> quota = std::nullopt) {
  return DescribeMachine("host", topology, {.cpu_quota = quota}, {});
}

TEST(DescribeMachineTest, NothingLimits) {
  const Machine machine = Describe(MakeTopology(4, 4));
  EXPECT_EQ(machine.host, "host");
  EXPECT_EQ(machine.usable_cores, 4);
  EXPECT_EQ(machine.usable_cores_limited_by, "");
  EXPECT_THAT(machine.topology.cores, SizeIs(4));
  EXPECT_EQ(machine.cgroup.cpu_quota, std::nullopt);
}

TEST(DescribeMachineTest, AffinityMaskLimits) {
  const Machine machine = Describe(MakeTopology(4, 3));
  EXPECT_EQ(machine.usable_cores, 3);
  EXPECT_EQ(machine.usable_cores_limited_by, "affinity mask");
}

TEST(DescribeMachineTest, MaskThatTakesOnlySiblingsIsNamedToo) {
  const Machine machine = Describe(MakeTopology(4, 4, 1));
  EXPECT_EQ(machine.usable_cores, 4);
  EXPECT_EQ(machine.usable_cores_limited_by, "affinity mask");
}

TEST(DescribeMachineTest, QuotaIsCutToWholeCores) {
  EXPECT_EQ(Describe(MakeTopology(4, 4), 2.9).usable_cores, 2);
  EXPECT_EQ(Describe(MakeTopology(4, 4), 3.0).usable_cores, 3);
  EXPECT_EQ(Describe(MakeTopology(4, 4), 1.5).usable_cores_limited_by,
            "cgroup CPU quota 1.50");
}

TEST(DescribeMachineTest, QuotaBelowOneLeavesOneCore) {
  const Machine machine = Describe(MakeTopology(4, 4), 0.25);
  EXPECT_EQ(machine.usable_cores, 1);
  EXPECT_EQ(machine.usable_cores_limited_by, "cgroup CPU quota 0.25");
}

TEST(DescribeMachineTest, QuotaThatDoesNotBindIsNotNamed) {
  for (const double quota : {4.0, 4.5, 8.0, 1e18}) {
    const Machine machine = Describe(MakeTopology(4, 4), quota);
    EXPECT_EQ(machine.usable_cores, 4) << quota;
    EXPECT_EQ(machine.usable_cores_limited_by, "") << quota;
  }
  EXPECT_EQ(Describe(MakeTopology(4, 1), 1.5).usable_cores_limited_by,
            "affinity mask");
}

TEST(DescribeMachineTest, BothLimitsAreNamed) {
  const Machine machine = Describe(MakeTopology(8, 4), 2.5);
  EXPECT_EQ(machine.usable_cores, 2);
  EXPECT_EQ(machine.usable_cores_limited_by,
            "affinity mask, cgroup CPU quota 2.50");
}

TEST(DescribeMachineTest, EmptyTopologyStillHasOneCore) {
  EXPECT_EQ(Describe(Topology{}).usable_cores, 1);
  EXPECT_EQ(Describe(Topology{}, 0.5).usable_cores, 1);
}

std::optional<std::uint64_t> Memory(std::optional<std::uint64_t> system,
                                    std::optional<std::uint64_t> group) {
  return DescribeMachine("", MakeTopology(1, 1),
                         {.memory_available_bytes = group},
                         {.memory_available_bytes = system})
      .memory_available_bytes;
}

TEST(DescribeMachineTest, MemoryIsTheLesser) {
  EXPECT_EQ(Memory(1000, std::nullopt), 1000U);
  EXPECT_EQ(Memory(1000, 400), 400U);
  EXPECT_EQ(Memory(1000, 4000), 1000U);
  EXPECT_EQ(Memory(1000, 0), 0U);
}

TEST(DescribeMachineTest, UnknownSystemMemoryLeavesTheGroups) {
  EXPECT_EQ(Memory(std::nullopt, 400), 400U);
  EXPECT_EQ(Memory(std::nullopt, std::nullopt), std::nullopt);
}

TEST(DescribeMachineTest, LimitsOfTheProcessAreKept) {
  const Machine machine =
      DescribeMachine("", MakeTopology(1, 1), {.tasks_available = 7},
                      {.memory_available_bytes = 900,
                       .process_bytes = 500,
                       .tasks_available = 9,
                       .notes = {"so it is"}});
  EXPECT_EQ(machine.tasks_available, 7U);
  EXPECT_EQ(OneProcessBytes(machine), 500U);
  EXPECT_THAT(machine.notes, ElementsAre("so it is"));
}

TEST(ReadMachineTest, RealMachine) {
  const ScopedEnvironment environment(HwlocVariables());
  const Machine machine = ReadMachine();
  EXPECT_THAT(machine.host, Not(IsEmpty()));
  EXPECT_THAT(machine.topology.cores, Not(IsEmpty()));
  EXPECT_GE(machine.usable_cores, 1);
  EXPECT_LE(machine.usable_cores,
            static_cast<int>(machine.topology.cores.size()));
  EXPECT_TRUE(machine.topology.is_this_system);
  EXPECT_TRUE(machine.can_pin);
}

TEST(ReadMachineTest, SyntheticMachineReplacesTheProcessors) {
  const ScopedEnvironment environment(HwlocVariables("package:2 core:8 pu:2"));
  const Machine machine = ReadMachine();
  EXPECT_EQ(machine.topology.sockets, 2);
  EXPECT_EQ(machine.topology.cores_total, 16);
  EXPECT_FALSE(machine.topology.is_this_system);
  EXPECT_LE(machine.usable_cores, 16);
}

}  // namespace
}  // namespace hybrid
