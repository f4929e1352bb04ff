// --quick: fewer and shorter repetitions, and no probe of kernels.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class QuickFlagTest : public BenchTest {
 protected:
  /// A sweep of 1×1 and 2×1 with --quick and nothing beside the sweep.
  BenchResult RunQuick(const std::vector<std::string>& arguments) const {
    std::vector<std::string> all{
        "--quick",   "--n=16",           "--batch=4",  "--workers=1,2",
        "--cap=600", "--blas_threads=1", "--csv=r.csv"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return Run(all);
  }

  void ExpectRefused(const std::vector<std::string>& arguments,
                     const std::string& difference) const {
    const BenchResult result = Run(arguments);
    EXPECT_EQ(result.exit_code(), 2);
    EXPECT_THAT(result.err, HasSubstr("bench: --resume=r.csv: " + difference));
  }

  std::vector<Row> Rows() const { return ReadCsv(File("r.csv")); }
};

TEST_F(QuickFlagTest, IsThreeRepetitionsWithoutAnyProbe) {
  const BenchResult result = RunQuick({});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Rows(), SizeIs(2 * 3));
  EXPECT_THAT(Rows(), Each(Field(&Row::peak_gflops, std::nullopt)));
  EXPECT_THAT(Rows(),
              Each(AllOf(Field(&Row::kernels_asked, "library"),
                         Field(&Row::flags, HasSubstr("--quick=true")))));
  // Three are enough for an answer.
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("best"), Not(HasSubstr("fewer than"))));
}

TEST_F(QuickFlagTest, WhatIsGivenCounts) {
  const BenchResult result =
      RunQuick({"--benchmark_repetitions=4", "--kernels=generic"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Rows(),
              AllOf(SizeIs(2 * 4), Each(Field(&Row::kernels, "generic"))));
}

TEST_F(QuickFlagTest, WhatIsGoneOnWithStaysQuick) {
  ASSERT_EQ(RunQuick({}).exit_code(), 0);
  const std::string all = ReadFile(File("r.csv"));
  for (const std::vector<std::string>& also :
       {std::vector<std::string>{},
        {"--quick"},
        {"--benchmark_repetitions=3", "--kernels=library"}}) {
    // The header and the first configuration.
    std::size_t end = 0;
    for (int line = 0; line < 4; ++line) end = all.find('\n', end) + 1;
    WriteFile(File("r.csv"), all.substr(0, end));
    std::vector<std::string> arguments{"--resume=r.csv"};
    arguments.insert(arguments.end(), also.begin(), also.end());
    const BenchResult result = Run(arguments);
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_THAT(Rows(), SizeIs(2 * 3));
  }
  ExpectRefused({"--resume=r.csv", "--benchmark_repetitions=7"},
                "--benchmark_repetitions=7, but the file's is 3 by default");
  ExpectRefused({"--resume=r.csv", "--quick=false"},
                "--quick=false, but the file's is true");
}

TEST_F(QuickFlagTest, WhatWasNotQuickStaysSo) {
  ASSERT_EQ(Run(Quick({"--csv=r.csv"})).exit_code(), 0);
  ExpectRefused({"--resume=r.csv", "--quick"},
                "--quick=true, but the file's is false by default");
}

}  // namespace
}  // namespace hybrid
