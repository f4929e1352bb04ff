#include "output/dry_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(DryRunTest, DrawsEachSplitOnce) {
  const std::string text = DryRun(
      {GemmKey(64, 8, 1, 1), GemmKey(64, 8, 2, 1), GemmKey(64, 8, 2, 2),
       GemmKey(128, 8, 1, 1), GemmKey(128, 8, 2, 1), GemmKey(128, 8, 2, 2)},
      TwoCores());
  EXPECT_THAT(text, HasSubstr("placement 1×1  each worker on cores of its own\n"
                              "  cores  0 0\n"
                              "  worker 0: CPUs 0-1\n"
                              "placement 2×1  each worker on cores of its own\n"
                              "  cores  0 1\n"
                              "  worker 0: CPUs 0\n"
                              "  worker 1: CPUs 1\n"
                              "placement 2×2  workers run anywhere on the "
                              "usable CPUs\n"
                              "6 to run, 0 skipped"));
}

TEST(DryRunTest, DrawsNothingForWorkersThatAreNotPinned) {
  Key key = GemmKey(64, 8, 2, 1);
  key.pin = Pin::kNone;
  EXPECT_THAT(DryRun({key}, TwoCores()),
              AllOf(HasSubstr("placement 2×1  workers run anywhere"),
                    Not(HasSubstr("worker 0"))));
}

TEST(DryRunTest, OfNothingToRunSaysSo) {
  const std::string text = DryRun({}, TwoCores());
  EXPECT_THAT(text, AllOf(HasSubstr("0 to run"), Not(HasSubstr("placement"))));
}

}  // namespace
}  // namespace hybrid
