// --search and --budget, with real workers.

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "analysis/answer.h"
#include "analysis/groups.h"
#include "analysis/launches.h"
#include "results/csv_reader.h"
#include "search/next_step.h"
#include "test_bench.h"
#include "test_google_json.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

#ifdef __SANITIZE_ADDRESS__
constexpr int kEnds = 3;
#else
constexpr int kEnds = 20;
#endif

class SearchFlagTest : public BenchTest {
 protected:
  static std::vector<std::string> Searching(
      const std::vector<std::string>& arguments) {
    std::vector<std::string> all = Quick(Override(
        {"--search", "--workers=auto", "--blas_threads=auto"}, arguments));
    // A search has its own.
    std::erase(all, "--benchmark_repetitions=2");
    std::erase(all, "--benchmark_min_time=0.01");
    return all;
  }
  std::vector<Row> Rows() const { return ReadCsv(File("r.csv")); }
  /// What the file's only group says.
  GroupStatement Said() const {
    const std::vector<Answer> answers = FindAnswers(Rows());
    EXPECT_THAT(answers, SizeIs(1));
    return answers.at(0).launched.value();
  }
};

TEST_F(SearchFlagTest, FindsTheBestAndSaysWhatItMayHaveMissed) {
  const BenchResult result = Run(Searching(
      {"--n=64", "--batch=8", "--csv=r.csv", "--benchmark_out=r.json"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("a search in 1 group of "), HasSubstr("ANSWER"),
                    HasSubstr("FILE    r.csv")));
  const std::vector<Row> rows = Rows();
  EXPECT_TRUE(AreDistinct(rows));
  for (const Row& row : rows) {
    EXPECT_NE(row.stage, Stage::kGrid);
    EXPECT_NE(row.status, Status::kError) << row.error;
    EXPECT_THAT(row.flags, HasSubstr("--search=true"));
  }
  const GroupStatement said = Said();
  const Statement& statement = said.statement;
  ASSERT_TRUE(statement.best && statement.chance);
  EXPECT_FALSE(said.circumstances.is_grid);
  // Google Benchmark tells the same.
  const std::vector<GoogleRun> runs =
      ParseGoogleJson(ReadFile(File("r.json"))).Repetitions();
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_THAT(runs[0].name,
              StartsWith("Hybrid/gemm/n:64/batch:8/kernels:library/search"));
  const Split best = statement.splits[*statement.best].split;
  const std::map<std::string, double> counters = runs[0].counters;
  EXPECT_EQ(counters.at("search_workers"), static_cast<double>(best.workers));
  EXPECT_EQ(counters.at("search_blas_threads"),
            static_cast<double>(best.blas_threads));
  EXPECT_EQ(counters.at("search_splits"),
            static_cast<double>(statement.splits.size()));
  EXPECT_EQ(counters.at("search_measured"),
            static_cast<double>(statement.measured()));
  EXPECT_NEAR(counters.at("search_chance"), *statement.chance, 1e-6);
}

TEST_F(SearchFlagTest, NothingIsLostAndNothingTwiceWhenItIsEnded) {
  const auto seed = std::random_device()();
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  const std::vector<std::string> start =
      Searching({"--n=48", "--batch=8", "--csv=r.csv", "--workers=1,2,3",
                 "--blas_threads=1,2,3", "--cap=0.2"});
  for (int end = 0; end < kEnds; ++end) {
    unlink(File("r.csv").c_str());
    bool done = false;
    // Ever later, so that it comes to an end on whatever machine.
    for (useconds_t most = 300'000; !done; most += 200'000) {
      const bool has_rows = access(File("r.csv").c_str(), F_OK) == 0 &&
                            CountRows(File("r.csv")) > 0;
      if (!has_rows) unlink(File("r.csv").c_str());
      BenchProcess bench(
          folder(),
          has_rows ? std::vector<std::string>{"--resume=r.csv"} : start);
      usleep(std::uniform_int_distribution<useconds_t>(30'000, most)(random));
      const int signal = end % 2 == 0 ? SIGKILL : SIGINT;
      kill(signal == SIGKILL ? -bench.pid() : bench.pid(), signal);
      const BenchResult result = bench.Wait();
      while (waitpid(-1, nullptr, 0) > 0) {
      }
      done = result.exit_code() == 0;
    }
    EXPECT_TRUE(AreDistinct(Rows()));
    // Whatever ended it in between, there is nothing more to launch, and what
    // the file tells is what a search of these launches says.
    const std::vector<Row> rows = Rows();
    const Groups groups = GroupRows(rows, Family::kHybrid);
    ASSERT_THAT(groups, SizeIs(1));
    const auto launches = LaunchesOf(groups[0].first, groups[0].second);
    ASSERT_TRUE(launches);
    const Step step = Next(launches->group, launches->launches);
    ASSERT_TRUE(std::holds_alternative<Statement>(step));
    const Statement& whole = std::get<Statement>(step);
    const Statement said = Said().statement;
    EXPECT_EQ(said.best, whole.best);
    EXPECT_EQ(said.chance, whole.chance);
    EXPECT_EQ(said.rounds, whole.rounds);
    EXPECT_EQ(said.end, whole.end);
    EXPECT_THAT(Run({"--resume=r.csv"}).out,
                HasSubstr("resumed   9 of 9 configurations"));
  }
}

// Groups that differ in more than n and batch are searches of their own.
TEST_F(SearchFlagTest, EachGroupIsASearch) {
  const BenchResult result = Run(
      Searching({"--n=32", "--data=fresh,hot", "--workers=1,2",
                 "--blas_threads=1", "--csv=r.csv", "--benchmark_out=r.json"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(FindAnswers(Rows()), SizeIs(2));
  std::vector<std::string> names;
  for (const GoogleRun& run :
       ParseGoogleJson(ReadFile(File("r.json"))).Repetitions()) {
    names.push_back(run.name);
  }
  EXPECT_THAT(
      names,
      ElementsAre(
          StartsWith("Hybrid/gemm/n:32/batch:4/kernels:library/search"),
          StartsWith(
              "Hybrid/gemm/n:32/batch:4/data:hot/kernels:library/search")));
}

TEST_F(SearchFlagTest, OfOtherFamiliesThereIsNone) {
  for (const char* const flag : {"--search", "--budget=1"}) {
    const BenchResult result =
        Run(Quick({"--benchmark_filter=Overhead", flag, "--csv=none"}));
    EXPECT_EQ(result.exit_code(), 2);
    EXPECT_THAT(result.err, HasSubstr("is for the family Hybrid"));
  }
}

TEST_F(SearchFlagTest, OneCpuHasThreeSplits) {
  const BenchResult result =
      Run(Searching({"--n=32", "--csv=r.csv"}),
          {.environment = {}, .largest_file_bytes = 0, .cpus = 1});
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  const Statement statement = Said().statement;
  EXPECT_THAT(statement.splits, SizeIs(3));
  for (const Row& row : Rows()) EXPECT_NE(row.stage, Stage::kBound);
}

TEST_F(SearchFlagTest, ASingleTask) {
  const BenchResult result =
      Run(Searching({"--n=32", "--batch=1", "--workers=1,2,4", "--csv=r.csv"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_TRUE(Said().statement.best);
}

TEST_F(SearchFlagTest, ABudgetEndsItAndNamesWhatDidNotRun) {
  const BenchResult result = Run(Searching(
      {"--n=600", "--batch=64", "--csv=r.csv", "--budget=0.3", "--why"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("(--budget)"), HasSubstr("--budget=0.3 ended")));
  const Statement statement = Said().statement;
  EXPECT_GT(statement.Count(SearchOutcome::kUnmeasured), 0U);
  EXPECT_FALSE(statement.chance);
  EXPECT_THAT(result.out, HasSubstr("not run"));
  // More time, more launches.
  const std::size_t before = Rows().size();
  EXPECT_EQ(
      Run({"--resume=r.csv", "--budget=60", "--resume_anyway"}).exit_code(), 0);
  EXPECT_GT(Rows().size(), before);
  EXPECT_EQ(Said().statement.Count(SearchOutcome::kUnmeasured), 0U);
}

TEST_F(SearchFlagTest, ABudgetEndsAGridToo) {
  const BenchResult result =
      Run(Quick({"--n=600", "--batch=64", "--workers=1,2", "--csv=r.csv",
                 "--blas_threads=1,2", "--budget=0.2"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  std::set<Status> statuses;
  for (const Row& row : Rows()) statuses.insert(row.status);
  EXPECT_THAT(statuses, Contains(Status::kSkipped));
  EXPECT_THAT(result.out, HasSubstr("not run: no time left"));
}

TEST_F(SearchFlagTest, AFilterOnSplitsFindsNoneAndSaysSo) {
  const BenchResult result =
      Run(Searching({"--benchmark_filter=Hybrid.*workers:2", "--csv=r.csv"}));
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.err, AllOf(HasSubstr("--benchmark_filter="),
                                HasSubstr("whole group")));
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(SearchFlagTest, ADryRunNamesItsGroups) {
  const BenchResult result = Run(Searching({"--dry_run"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("would search 1 group of "));
  const BenchResult list =
      Run(Searching({"--benchmark_list_tests", "--n=16,17"}));
  EXPECT_THAT(Lines(list.out),
              ElementsAre("Hybrid/gemm/n:16/batch:4/kernels:library/search/"
                          "repeats:1/manual_time",
                          "Hybrid/gemm/n:17/batch:4/kernels:library/search/"
                          "repeats:1/manual_time"));
}

}  // namespace
}  // namespace hybrid
