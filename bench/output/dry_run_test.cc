#include "output/dry_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "key/test_keys.h"
#include "machine/test_machines.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string DryRun(const std::vector<Key>& keys, const Machine& machine) {
  BenchmarkList list;
  for (const Key& key : keys) list.Add(key, &BatchTrial);
  return DryRunText(list, machine);
}

std::string FullDryRun(const std::vector<Key>& keys, const Machine& machine) {
  BenchmarkList list;
  for (const Key& key : keys) list.Add(key, &BatchTrial);
  return FullDryRunText(list, machine);
}

const std::vector<Key> kSixKeys = {
    GemmKey(64, 8, 1, 1),  GemmKey(64, 8, 2, 1),  GemmKey(64, 8, 2, 2),
    GemmKey(128, 8, 1, 1), GemmKey(128, 8, 2, 1), GemmKey(128, 8, 2, 2)};

constexpr char kSixPlacements[] =
    "placement 1×1  each worker on cores of its own\n"
    "  cores  0 0\n"
    "  worker 0: CPUs 0-1\n"
    "placement 2×1  each worker on cores of its own\n"
    "  cores  0 1\n"
    "  worker 0: CPUs 0\n"
    "  worker 1: CPUs 1\n";

TEST(DryRunTest, FullDrawsEachSplitOnce) {
  EXPECT_THAT(FullDryRun(kSixKeys, TwoCores()),
              HasSubstr(std::string(kSixPlacements) +
                        "placement 2×2  workers run anywhere on the usable "
                        "CPUs\n6 to run, 0 skipped"));
}

TEST(DryRunTest, SaysHowManyOverWhichValues) {
  EXPECT_THAT(
      DryRun(kSixKeys, TwoCores()),
      AllOf(HasSubstr("would run 6 configurations\n"
                      "  Hybrid 6: gemm kernels=library n=64,128 batch=8\n"
                      "pinned    1×1 2×1\n"
                      "unpinned  2×2\n"
                      "memory    up to "),
            HasSubstr("8 GiB available\n" + std::string(kSixPlacements))));
}

TEST(DryRunTest, LongListsAreShortened) {
  std::vector<Key> keys;
  for (std::uint64_t n = 1; n <= 100; ++n) keys.push_back(GemmKey(n, 8, 1, 2));
  EXPECT_THAT(DryRun(keys, TwoCores()), HasSubstr("n=1,2,3,4,5,6,…,100 "));
}

TEST(DryRunTest, WhatIsLeftOutIsCountedByKindsOfReasons) {
  BenchmarkList list;
  list.skipped = {{GemmKey(9000, 8, 1, 1), "needs 9 GiB, have 8"},
                  {GemmKey(10000, 8, 1, 1), "needs 10 GiB, have 8"},
                  {GemmKey(64, 8, 1, 13), "BLIS runs 12"}};
  EXPECT_THAT(
      DryRunText(list, TwoCores()),
      HasSubstr("skipped   gemm n=64 batch=8 1×13 kernels=library: BLIS runs "
                "12\n"
                "skipped   2 such as gemm n=9000 batch=8 1×1 kernels=library: "
                "needs 9 GiB, have 8\n"));
}

TEST(DryRunTest, OneSplitComesWithLinesThatLaunchAProgramThere) {
  const std::string text =
      DryRun({GemmKey(64, 8, 2, 1), GemmKey(128, 8, 2, 1)}, TwoCores());
  EXPECT_THAT(
      text, AllOf(HasSubstr("for c in 0 1; do"), HasSubstr(" taskset -c $c ")));
  EXPECT_THAT(DryRun(kSixKeys, TwoCores()), Not(HasSubstr("taskset")));
}

TEST(DryRunTest, WhatTheSystemLacksIsNoted) {
  Machine machine = TwoCores();
  machine.notes = {"it is dark"};
  machine.memory_available_bytes.reset();
  EXPECT_THAT(DryRun(kSixKeys, machine),
              AllOf(HasSubstr("note      it is dark\n"),
                    HasSubstr("of an unknown amount available")));
}

TEST(DryRunTest, BindsNothingForWorkersThatAreNotPinned) {
  Key key = GemmKey(64, 8, 2, 1);
  key.pin = Pin::kNone;
  EXPECT_THAT(
      DryRun({key}, TwoCores()),
      AllOf(HasSubstr("unpinned  2×1\n"),
            HasSubstr("placement 2×1  workers run anywhere"),
            HasSubstr("for c in {1..2}; do"), Not(HasSubstr("taskset"))));
  EXPECT_THAT(FullDryRun({key}, TwoCores()),
              AllOf(HasSubstr("placement 2×1  workers run anywhere"),
                    Not(HasSubstr("worker 0"))));
}

TEST(DryRunTest, OfNothingToRunSaysSo) {
  EXPECT_THAT(FullDryRun({}, TwoCores()),
              AllOf(HasSubstr("0 to run"), Not(HasSubstr("placement"))));
  EXPECT_THAT(DryRun({}, TwoCores()),
              AllOf(HasSubstr("would run 0 configurations"),
                    Not(HasSubstr("placement"))));
}

}  // namespace
}  // namespace hybrid
