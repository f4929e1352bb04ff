#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "machine/machine.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// `siblings` logical CPUs per core, numbered as Linux does: the first of every
// core, then the second of every core.
std::vector<CpuList> MakeCores(int count, int siblings = 1) {
  std::vector<CpuList> cores;
  for (int core = 0; core < count; ++core) {
    CpuList& cpus = cores.emplace_back();
    for (int s = 0; s < siblings; ++s) cpus.push_back(core + s * count);
  }
  return cores;
}

std::vector<std::size_t> Sizes(const std::vector<CpuList>& assigned) {
  std::vector<std::size_t> sizes;
  sizes.reserve(assigned.size());
  for (const CpuList& cpus : assigned) sizes.push_back(cpus.size());
  return sizes;
}

TEST(AssignCores, EvenDivision) {
  EXPECT_THAT(AssignCores(MakeCores(4), 2, 2),
              ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3)));
}

TEST(AssignCores, OneWorkerGetsEverything) {
  EXPECT_THAT(AssignCores(MakeCores(3), 1, 1),
              ElementsAre(ElementsAre(0, 1, 2)));
}

TEST(AssignCores, OddDivisions) {
  EXPECT_THAT(Sizes(AssignCores(MakeCores(16), 3, 5)), ElementsAre(5, 5, 6));
  EXPECT_THAT(Sizes(AssignCores(MakeCores(16), 6, 2)),
              ElementsAre(2, 3, 3, 2, 3, 3));
}

TEST(AssignCores, EvenNumberOfWorkersDoesNotStraddleTwoSockets) {
  constexpr int kCores = 16;
  for (int workers = 2; workers <= kCores; workers += 2) {
    for (const CpuList& cpus : AssignCores(MakeCores(kCores), workers, 1)) {
      EXPECT_EQ(cpus.front() < kCores / 2, cpus.back() < kCores / 2)
          << workers << " workers";
    }
  }
}

TEST(AssignCores, SiblingsStayTogetherAndAscend) {
  EXPECT_THAT(AssignCores(MakeCores(4, 2), 2, 2),
              ElementsAre(ElementsAre(0, 1, 4, 5), ElementsAre(2, 3, 6, 7)));
}

TEST(AssignCores, CoresMayHaveDifferentNumbersOfLogicalCpus) {
  EXPECT_THAT(
      AssignCores({{0, 1}, {2}, {4, 5}}, 3, 1),
      ElementsAre(ElementsAre(0, 1), ElementsAre(2), ElementsAre(4, 5)));
}

TEST(AssignCores, TooManyIsEmpty) {
  EXPECT_THAT(AssignCores(MakeCores(4), 5, 1), IsEmpty());
  EXPECT_THAT(AssignCores(MakeCores(4), 1, 5), IsEmpty());
  EXPECT_THAT(AssignCores(MakeCores(4), 3, 2), IsEmpty());
  EXPECT_THAT(AssignCores({}, 1, 1), IsEmpty());
}

// Siblings are not cores: four cores with SMT don't hold 8 BLAS threads.
TEST(AssignCores, SiblingsDoNotCountAsCores) {
  EXPECT_THAT(AssignCores(MakeCores(4, 2), 4, 2), IsEmpty());
}

TEST(AssignCores, SenselessOrHugeNumbersAreEmpty) {
  constexpr int kHuge = std::numeric_limits<int>::max();
  EXPECT_THAT(AssignCores(MakeCores(4), 0, 1), IsEmpty());
  EXPECT_THAT(AssignCores(MakeCores(4), 1, 0), IsEmpty());
  EXPECT_THAT(AssignCores(MakeCores(4), -1, 2), IsEmpty());
  EXPECT_THAT(AssignCores(MakeCores(4), kHuge, kHuge), IsEmpty());
}

// What one worker holds of `core`: all of it, nothing, or (wrong) a part.
std::size_t CountHeld(const CpuList& worker, const CpuList& core) {
  return static_cast<std::size_t>(
      std::count_if(core.begin(), core.end(), [&](int cpu) {
        return std::binary_search(worker.begin(), worker.end(), cpu);
      }));
}

// The promises that hold for any shape, checked for one of them.
void CheckPromises(const std::vector<CpuList>& cores, int workers,
                   int blas_threads) {
  const std::vector<CpuList> assigned =
      AssignCores(cores, workers, blas_threads);
  if (workers * blas_threads > static_cast<int>(cores.size())) {
    EXPECT_THAT(assigned, IsEmpty());
    return;
  }
  ASSERT_THAT(assigned, SizeIs(static_cast<std::size_t>(workers)));
  std::vector<int> all_cpus;
  std::vector<int> cores_of;
  std::size_t next = 0;  // whole cores, in order: runs that leave no gap
  for (const CpuList& cpus : assigned) {
    EXPECT_TRUE(std::is_sorted(cpus.begin(), cpus.end()));
    int held = 0;
    for (; next < cores.size() && CountHeld(cpus, cores[next]) > 0; ++next) {
      EXPECT_EQ(CountHeld(cpus, cores[next]), cores[next].size());
      ++held;
    }
    EXPECT_GE(held, blas_threads);
    cores_of.push_back(held);
    all_cpus.insert(all_cpus.end(), cpus.begin(), cpus.end());
  }
  EXPECT_EQ(next, cores.size()) << "a core without a worker";
  const auto [least, most] =
      std::minmax_element(cores_of.begin(), cores_of.end());
  EXPECT_LE(*most - *least, 1);

  std::vector<int> expected;
  for (const CpuList& core : cores) {
    expected.insert(expected.end(), core.begin(), core.end());
  }
  std::sort(expected.begin(), expected.end());
  std::sort(all_cpus.begin(), all_cpus.end());
  EXPECT_EQ(all_cpus, expected) << "a logical CPU missing, or given twice";
}

TEST(AssignCores, PromisesHoldForManyShapes) {
  for (const int siblings : {1, 2, 4}) {
    for (int count = 1; count <= 24; ++count) {
      const std::vector<CpuList> cores = MakeCores(count, siblings);
      for (int workers = 1; workers <= count + 1; ++workers) {
        for (int threads = 1; threads <= count / workers + 1; ++threads) {
          SCOPED_TRACE(std::to_string(workers) + " x " +
                       std::to_string(threads) + " on " +
                       std::to_string(count) + " cores with " +
                       std::to_string(siblings) + " logical CPUs each");
          CheckPromises(cores, workers, threads);
        }
      }
    }
  }
}

}  // namespace
}  // namespace hybrid
