#include "selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// Two cores of two threads each.
Machine TwoSmtCores() {
  Machine machine;
  machine.topology.cores = {{0, 2}, {1, 3}};
  machine.usable_cores = 2;
  machine.memory_available_bytes = std::uint64_t{8} << 30;
  return machine;
}

BenchmarkList Select(const std::vector<std::string>& arguments,
                     const std::string& n = "16") {
  std::vector<std::string> all{"--n=" + n, "--batch=4", "--workers=1,2",
                               "--blas_threads=1"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return SelectBenchmarks(ReadCommandLine(all), TwoSmtCores());
}

std::vector<std::string> Names(const BenchmarkList& list) {
  std::vector<std::string> names;
  for (const Benchmark& benchmark : list.benchmarks) {
    names.push_back(benchmark.name);
  }
  return names;
}

std::vector<std::string> Skipped(const BenchmarkList& list) {
  std::vector<std::string> skipped;
  for (const SkippedKey& skip : list.skipped) {
    skipped.push_back(std::string(Name(skip.key.family)) + "/" +
                      skip.key.variant);
  }
  return skipped;
}

TEST(SelectionTest, ACommandIsForHybridAndTheTutorialsScripts) {
  const auto names = [](const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"--command=sh -c true", "--batch=4",
                                 "--workers=1,2", "--blas_threads=1"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return Names(SelectBenchmarks(ReadCommandLine(all), TwoSmtCores()));
  };
  EXPECT_THAT(
      names({}),
      ElementsAre("Hybrid/command/batch:4/workers:1/blas_threads:1/command:sh "
                  "-c true",
                  "Hybrid/command/batch:4/workers:2/blas_threads:1/command:sh "
                  "-c true"));
  EXPECT_THAT(names({"--benchmark_filter=Overhead|Tutorial"}), IsEmpty());
  EXPECT_THAT(
      names({"--benchmark_filter=Overhead|Tutorial/processes_?(script)?/",
             "--protocol=whole"}),
      ElementsAre("Tutorial/processes", "Tutorial/processes_script"));
}

TEST(SelectionTest, FiltersSelectAndExclude) {
  const std::string one = "Hybrid/gemm/n:16/batch:4/workers:1/blas_threads:1";
  const std::string two = "Hybrid/gemm/n:16/batch:4/workers:2/blas_threads:1";
  EXPECT_THAT(Names(Select({"--benchmark_filter=Hybrid"})),
              ElementsAre(one, two));
  EXPECT_THAT(Names(Select({"--benchmark_filter=n:17"})), IsEmpty());
  EXPECT_THAT(Names(Select({"--benchmark_filter=-Tutorial|Overhead"})),
              Each(StartsWith("Hybrid")));
}

TEST(SelectionTest, ASearchIsAWholeGroup) {
  const std::string name = "Hybrid/gemm/n:16/batch:4/search";
  EXPECT_THAT(Names(Select({"--benchmark_filter=Hybrid", "--search"})),
              ElementsAre(name, name));
  EXPECT_THAT(Names(Select({"--benchmark_filter=search", "--search"})),
              ElementsAre(name, name));
  EXPECT_THAT(Names(Select({"--benchmark_filter=workers:1", "--search"})),
              Each(StartsWith("Overhead")));
}

TEST(SelectionTest, NamesAreFilteredAsGoogleBenchmarkCompletesThem) {
  EXPECT_THAT(
      Names(Select({"--benchmark_filter=serial/repeats:1/manual_time$"})),
      ElementsAre("Tutorial/serial"));
  EXPECT_THAT(Names(Select({"--benchmark_filter=serial/repeats:1",
                            "--benchmark_repetitions=2"})),
              IsEmpty());
  // --quick is no number of repetitions that was asked for.
  EXPECT_THAT(Names(Select({"--benchmark_filter=serial/repeats:1", "--quick"})),
              ElementsAre("Tutorial/serial"));
}

// Workers with cores of their own can't have the threads that a library would
// take by default here.
TEST(SelectionTest, WhatMayNotRunIsFilteredToo) {
  const std::string cores = "--pin=cores";
  EXPECT_THAT(Skipped(Select({cores, "--benchmark_filter=Tutorial"})),
              ElementsAre("Tutorial/blas_threads_default",
                          "Tutorial/processes_blas_threads"));
  EXPECT_THAT(Skipped(Select({cores, "--benchmark_filter=processes_blas"})),
              ElementsAre("Tutorial/processes_blas_threads"));
  EXPECT_THAT(Skipped(Select({cores, "--benchmark_filter=Hybrid"})), IsEmpty());
  const BenchmarkList list =
      Select({"--benchmark_filter=Hybrid|serial"}, "1000000");
  EXPECT_THAT(Skipped(list),
              ElementsAre("Hybrid/", "Hybrid/", "Tutorial/serial"));
}

TEST(SelectionTest, TheTutorialRunsOnceUnlessToldOtherwise) {
  Key key;
  EXPECT_EQ(RepetitionsOf(key, GoogleFlags({})), kDefaultRepetitions);
  key.family = Family::kTutorial;
  EXPECT_EQ(RepetitionsOf(key, GoogleFlags({})), 1U);
  const GoogleFlags flags({"--benchmark_repetitions=3"});
  EXPECT_EQ(RepetitionsOf(key, flags), 3U);
}

}  // namespace
}  // namespace hybrid
