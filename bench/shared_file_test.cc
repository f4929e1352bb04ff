// Two outputs of a run in one file, and a file that is not what it was.

#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SharedFileTest : public BenchTest {
 protected:
  void ExpectRefused(const BenchResult& result, const std::string& flag) {
    EXPECT_EQ(result.exit_code(), 2);
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_THAT(Lines(result.err), ElementsAre(HasSubstr(flag)));
  }
};

TEST_F(SharedFileTest, RowsAndJson) {
  ExpectRefused(Run(Quick({"--csv=x", "--benchmark_out=x"})), "--csv=x");
  ExpectRefused(Run(Quick({"--csv=x", "--benchmark_out=./x"})), "--csv=x");
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(SharedFileTest, AResultFileStaysWhatItIs) {
  ASSERT_EQ(RunOneSplit({"--csv=k.csv"}).exit_code(), 0);
  const std::string before = ReadFile(File("k.csv"));
  ExpectRefused(Run({"--resume=k.csv", "--benchmark_out=k.csv"}),
                "--resume=k.csv");
  ExpectRefused(Run(Quick({"--csv=x", "--benchmark_out=k.csv"})),
                "--benchmark_out=k.csv: holds results");
  // A dry run says what the run would.
  ExpectRefused(Run(Quick({"--csv=x", "--benchmark_out=k.csv", "--dry_run"})),
                "--benchmark_out=k.csv: holds results");
  EXPECT_EQ(ReadFile(File("k.csv")), before);
  EXPECT_THAT(Files(), ElementsAre("k.csv"));
}

TEST_F(SharedFileTest, RowsAndTheTable) {
  BenchResult result = Run(Quick({"--csv=r.csv"}), WithStreams(File("r.csv")));
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(Lines(result.err),
              ElementsAre(HasSubstr("--csv=r.csv: standard output")));
  result = Run(Quick({"--csv=none", "--benchmark_out=r.csv"}),
               WithStreams("", File("r.csv")));
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(ReadFile(File("r.csv")),
              HasSubstr("--benchmark_out=r.csv: standard error"));
}

TEST_F(SharedFileTest, AFileThatIsDeletedInMidSweepIsAnError) {
  BenchProcess bench(folder(),
                     Quick({"--n=16,400", "--workers=1,2", "--csv=r.csv"}));
  bench.Await([&] { return CountRows(File("r.csv")) >= 2; });
  std::filesystem::remove(File("r.csv"));
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(Lines(result.err),
              Contains(HasSubstr("--csv: r.csv was deleted")));
}

}  // namespace
}  // namespace hybrid
