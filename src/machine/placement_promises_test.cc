// What AssignCores promises, for every split of many machines.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "machine/placement.h"
#include "machine/test_machines.h"

namespace hybrid {
namespace {

struct Named {
  const char* name;
  TestMachine machine;
};

TestMachine Synthetic(const char* description) {
  return {
      .synthetic = description, .removed = {}, .kinds = {}, .disallowed = {}};
}

TestMachine WithHoles(const char* description, int cpus, int every) {
  TestMachine machine = Synthetic(description);
  // An odd stride, so that holes fall on either sibling and on whole cores.
  for (int cpu = 1; cpu < cpus; cpu += every) machine.disallowed.push_back(cpu);
  for (int cpu = cpus / 2; cpu < cpus / 2 + 8; ++cpu) {
    machine.disallowed.push_back(cpu);
  }
  return machine;
}

TestMachine HybridWithHoles() {
  TestMachine machine = HybridTestMachine();
  machine.disallowed = {3, 6, 7, 20};
  return machine;
}

// 9, 5 and 5 cores: the half with most of them is not the one that holds most
// workers of 3 threads.
TestMachine UnevenNodes() {
  TestMachine machine = Synthetic("package:3 numa:1 core:9 pu:1");
  machine.disallowed = {14, 15, 16, 17, 23, 24, 25, 26};
  return machine;
}

std::vector<Named> Machines() {
  return {{"One", Synthetic("package:1 core:1 pu:1")},
          {"Four", Synthetic("package:1 core:4 pu:1")},
          {"TwoSockets", Synthetic("package:2 numa:1 core:28 pu:2")},
          {"ThreeSockets", Synthetic("package:3 numa:1 core:5 pu:2")},
          {"EightNodes", Synthetic("package:2 numa:4 core:16 pu:1")},
          {"SmallCaches", Synthetic("package:2 numa:1 l3:4 core:3 pu:2")},
          {"Hybrid", HybridTestMachine()},
          {"HybridWithHoles", HybridWithHoles()},
          {"Holes", WithHoles("package:2 numa:2 l3:2 core:4 pu:2", 64, 5)},
          {"UnevenNodes", UnevenNodes()},
          {"OddHoles", WithHoles("package:3 numa:1 core:7 pu:2", 42, 3)}};
}

class PlacementPromisesTest : public ::testing::TestWithParam<Named> {};

// What one worker holds of `core`: all of it, nothing, or (wrong) a part.
std::size_t CountHeld(const CpuList& worker, const CpuList& core) {
  return static_cast<std::size_t>(
      std::count_if(core.begin(), core.end(), [&](int cpu) {
        return std::binary_search(worker.begin(), worker.end(), cpu);
      }));
}

// The cores, by their place in the topology, of one worker.
std::vector<std::size_t> CoresOf(const CpuList& worker,
                                 const Topology& topology) {
  std::vector<std::size_t> held;
  std::size_t cpus = 0;
  for (std::size_t c = 0; c < topology.cores.size(); ++c) {
    const std::size_t count = CountHeld(worker, topology.cores[c]);
    if (count == 0) continue;
    EXPECT_EQ(count, topology.cores[c].size()) << "siblings apart";
    held.push_back(c);
    cpus += count;
  }
  EXPECT_EQ(cpus, worker.size()) << "a CPU that is none of the machine's";
  return held;
}

// How many workers the parts of the machine hold that `key` tells apart.
std::size_t Capacity(const Topology& topology, int CoreInfo::*key,
                     std::size_t blas_threads) {
  std::map<int, std::size_t> cores;
  for (const CoreInfo& info : topology.core_infos) ++cores[info.*key];
  std::size_t workers = 0;
  for (const auto& [part, count] : cores) workers += count / blas_threads;
  return workers;
}

void CheckSplit(const Topology& topology, std::size_t workers,
                std::size_t blas_threads) {
  const auto assign = [&] {
    return AssignCores(topology, static_cast<int>(workers),
                       static_cast<int>(blas_threads));
  };
  const std::vector<CpuList> assigned = assign();
  if (workers * blas_threads > topology.cores.size()) {
    EXPECT_TRUE(assigned.empty());
    return;
  }
  EXPECT_EQ(assigned, assign());
  ASSERT_EQ(assigned.size(), workers);
  const bool nodes_hold_all =
      Capacity(topology, &CoreInfo::numa_node, blas_threads) >= workers;
  const bool kinds_hold_all =
      Capacity(topology, &CoreInfo::kind, blas_threads) >= workers;
  std::set<std::size_t> taken;
  const std::size_t share = CoresOf(assigned.front(), topology).size();
  EXPECT_GE(share, blas_threads);
  for (const CpuList& worker : assigned) {
    EXPECT_TRUE(std::is_sorted(worker.begin(), worker.end()));
    const std::vector<std::size_t> cores = CoresOf(worker, topology);
    EXPECT_EQ(cores.size(), share);
    std::set<int> nodes;
    std::set<int> kinds;
    for (const std::size_t core : cores) {
      EXPECT_TRUE(taken.insert(core).second) << "a core given twice";
      nodes.insert(topology.core_infos[core].numa_node);
      kinds.insert(topology.core_infos[core].kind);
    }
    if (nodes_hold_all) {
      EXPECT_EQ(nodes.size(), 1U) << "straddles";
    }
    if (kinds_hold_all) {
      EXPECT_EQ(kinds.size(), 1U) << "mixes kinds";
    }
  }
}

TEST_P(PlacementPromisesTest, HoldForEverySplit) {
  const Topology topology = ReadTestMachine(GetParam().machine);
  const std::size_t count = topology.cores.size();
  for (std::size_t workers = 1; workers <= count + 1; ++workers) {
    for (std::size_t threads = 1; threads <= count / workers + 1; ++threads) {
      SCOPED_TRACE(std::to_string(workers) + " x " + std::to_string(threads) +
                   " on " + std::to_string(count) + " cores");
      CheckSplit(topology, workers, threads);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Machines, PlacementPromisesTest,
                         ::testing::ValuesIn(Machines()),
                         [](const auto& tested) {
                           return std::string(tested.param.name);
                         });

}  // namespace
}  // namespace hybrid
