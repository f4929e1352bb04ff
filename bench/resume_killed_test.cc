// A sweep that is killed at random moments and resumed until it is complete.

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "results/row_format.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

// With sanitizers a start takes longer than most of these live: it took more
// than all other tests of bench together.
#ifdef __SANITIZE_ADDRESS__
constexpr int kRounds = 1;
#else
constexpr int kRounds = 12;
#endif
constexpr std::size_t kRepetitions = 3;

class ResumeKilledTest : public BenchTest {
 protected:
  /// Kills bench and its workers after `after_us`, unless it ends before.
  /// Whether it ended by itself.
  bool RunAndKill(const std::vector<std::string>& arguments, useconds_t after) {
    BenchProcess bench(folder(), arguments);
    usleep(after);
    kill(-bench.pid(), SIGKILL);
    const BenchResult result = bench.Wait();
    while (waitpid(-1, nullptr, 0) > 0) {
    }
    if (!WIFEXITED(result.wait_status)) return false;
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    return true;
  }

  /// Nothing twice, and no torn line: ReadCsv would refuse that.
  std::size_t ExpectNothingTwice() const {
    const std::vector<Row> rows = ReadCsv(File("r.csv"));
    for (const Row& row : rows) {
      EXPECT_EQ(row.status, Status::kOk);
      EXPECT_EQ(row.run_id, rows[0].run_id);
    }
    EXPECT_TRUE(AreDistinct(rows));
    return rows.size();
  }
};

TEST_F(ResumeKilledTest, NothingIsLostAndNothingTwice) {
  const auto seed = std::random_device()();
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  // From before the first row to beyond the last.
  std::uniform_int_distribution<useconds_t> moment(20'000, 1'200'000);
  const std::vector<std::string> flags =
      Quick({"--n=16,17", "--batch=4,5", "--workers=1,2",
             "--benchmark_repetitions=3"});
  std::vector<std::string> start = flags;
  start.push_back("--csv=r.csv");
  const std::string header = HeaderLine();
  int kills = 0;
  for (int round = 0; round < kRounds; ++round) {
    unlink(File("r.csv").c_str());
    bool done = RunAndKill(start, moment(random));
    while (!done) {
      ++kills;
      // Killed before there was a file, or before the file told the flags.
      const bool has_file = access(File("r.csv").c_str(), F_OK) == 0;
      std::vector<std::string> again = flags;
      again.push_back(has_file ? "--resume=r.csv" : "--csv=r.csv");
      done = RunAndKill(again, moment(random));
    }
    EXPECT_EQ(ExpectNothingTwice(), 8 * kRepetitions);
    const std::string text = ReadFile(File("r.csv"));
    EXPECT_EQ(text.find(header), 0U);
    EXPECT_EQ(text.find("schema_version", 1), std::string::npos);
  }
  EXPECT_GT(kills, 0);
}

TEST_F(ResumeKilledTest, ATornRowOfAnyLengthIsMeasuredAgain) {
  const BenchResult result =
      Run(Quick({"--csv=r.csv", "--benchmark_repetitions=3", "--launch=keep"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  const std::string whole = ReadFile(File("r.csv"));
  for (const std::size_t missing : {1U, 2U, 50U, 400U, 700U, 1500U}) {
    WriteFile(File("r.csv"), whole.substr(0, whole.size() - missing));
    const BenchResult resumed = Run({"--resume=r.csv"});
    EXPECT_EQ(resumed.exit_code(), 0) << resumed.err;
    EXPECT_THAT(resumed.out, HasSubstr("resumed   1 of 2"));
    EXPECT_EQ(ExpectNothingTwice(), 2 * kRepetitions);
  }
}

}  // namespace
}  // namespace hybrid
