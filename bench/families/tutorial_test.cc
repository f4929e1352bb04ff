#include "families/tutorial.h"

#include <gmock/gmock.h>

#include <sstream>
#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::HasSubstr;

/// The tutorial's own: four cores, two threads each.
Machine TutorialMachine() {
  Machine machine;
  machine.topology.cores = {{0, 4}, {1, 5}, {2, 6}, {3, 7}};
  machine.usable_cores = 4;
  return machine;
}

Key CaseKey(std::size_t index, const Options& options, const Machine& machine) {
  return TutorialKey(kTutorialCases.at(index), options, machine);
}

TEST(TutorialTest, CasesAreTheTutorials) {
  const Machine machine = TutorialMachine();
  std::vector<std::string> cases;
  for (std::size_t i = 0; i < kTutorialCases.size(); ++i) {
    const Key key = CaseKey(i, {}, machine);
    EXPECT_EQ(key.family, Family::kTutorial);
    EXPECT_EQ(key.n, 2000U);
    EXPECT_EQ(key.batch, 100U);
    EXPECT_EQ(key.collect, Collect::kShared);
    EXPECT_EQ(key.operation, "gemm");
    EXPECT_EQ(key.data, Data::kFresh);
    std::ostringstream text;
    text << key.variant << ' ' << key.workers << 'x' << key.blas_threads;
    cases.push_back(text.str());
  }
  EXPECT_THAT(cases,
              testing::ElementsAre("serial 1x1", "blas_threads_default 1x8",
                                   "blas_threads_physical 1x4", "processes 4x1",
                                   "processes_blas_threads 4x8"));
}

TEST(TutorialTest, QuotaLimitsCoresButNotWhatALibraryWouldTake) {
  Machine machine = TutorialMachine();
  machine.usable_cores = 2;
  EXPECT_EQ(CaseKey(1, {}, machine).blas_threads, 8U);
  EXPECT_EQ(CaseKey(2, {}, machine).blas_threads, 2U);
  EXPECT_EQ(CaseKey(3, {}, machine).workers, 2U);
}

TEST(TutorialTest, AProgramDoesTheSameCases) {
  const Machine machine = TutorialMachine();
  Options options;
  options.axes.command = "job {workers}";
  options.axes.protocol = kWholeProtocol;
  options.axes.environments = {"A=b", "A=c"};
  // As the flags leave them to a command.
  options.axes.blas = {""};
  options.axes.kernels = {""};
  BenchmarkList list;
  AddTutorial(options, machine, list);
  ASSERT_EQ(list.benchmarks.size(), 2 * kTutorialCases.size());
  for (std::size_t i = 0; i < list.benchmarks.size(); i += 2) {
    const Key& ours = list.benchmarks[i].key;
    EXPECT_EQ(ours, CaseKey(i / 2, {}, machine));
    const Key& script = list.benchmarks[i + 1].key;
    EXPECT_EQ(script.variant, ours.variant + "_script");
    EXPECT_EQ(script.split(), ours.split());
    EXPECT_EQ(script.n, ours.n);
    EXPECT_EQ(script.batch, ours.batch);
    EXPECT_TRUE(script.runs_command());
    EXPECT_TRUE(script.is_whole());
    EXPECT_EQ(script.command, "job {workers}");
    EXPECT_EQ(script.environment, "A=b");
    EXPECT_EQ(script.blas, "");
    EXPECT_EQ(script.kernels_asked, "");
  }
}

TEST(TutorialTest, FlagsOverrideTheTutorialsSizesOnlyWhereGiven) {
  Options options;
  options.axes.n.values = {64, 128};
  options.axes.batch.values = {8};
  options.axes.seed = 7;
  const Machine machine = TutorialMachine();
  EXPECT_EQ(CaseKey(0, options, machine).n, 2000U);
  EXPECT_EQ(CaseKey(0, options, machine).batch, 100U);
  options.n_given = true;
  options.batch_given = true;
  EXPECT_EQ(CaseKey(0, options, machine).n, 64U);
  EXPECT_EQ(CaseKey(0, options, machine).batch, 8U);
  EXPECT_EQ(CaseKey(0, options, machine).seed, 7U);
}

// The machine's SMT siblings are no cores: with cores of their own, what a
// library would take by default can't run here.
TEST(TutorialTest, CasesThatMustHaveTheirCoresAreSkippedWithoutThem) {
  Machine machine = TutorialMachine();
  machine.memory_available_bytes = std::uint64_t{64} << 30;
  Options options;
  options.axes.pin = Pin::kCores;
  BenchmarkList list;
  AddTutorial(options, machine, list);
  EXPECT_EQ(list.benchmarks.size(), 3U);
  ASSERT_EQ(list.skipped.size(), 2U);
  EXPECT_EQ(list.skipped[0].key.variant, "blas_threads_default");
  EXPECT_EQ(list.skipped[1].key.variant, "processes_blas_threads");
  EXPECT_THAT(list.skipped[0].reason, HasSubstr("--pin=cores: 8 threads"));
}

}  // namespace
}  // namespace hybrid
