// The programs in bench/examples, each through bench to its answer.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string Example(const std::string& name) {
  return fmt::format("{}/{}", HYBRID_PROGRAM_EXAMPLES, name);
}

/// Variables with which Python finds the NumPy that the build fetched, and that
/// its BLAS. Nothing where it could not.
std::optional<std::vector<std::string>> NumpyVariables() {
  const std::string packages =
      HYBRID_BLAS_BUILDS "/usr/lib/python3/dist-packages";
  if (!std::filesystem::exists(packages + "/numpy") ||
      access(kPython, X_OK) != 0) {
    return std::nullopt;
  }
  const std::vector<std::string> variables{
      "PYTHONPATH=" + packages,
      "LD_LIBRARY_PATH=" HYBRID_BLAS_BUILDS HYBRID_LIBRARY_FOLDER
      "/openblas-pthread"};
  // Debian's is built for Debian's interpreter.
  const std::string works =
      fmt::format("{} {} {} -c 'import numpy' 2>/dev/null", variables[0],
                  variables[1], kPython);
  if (std::system(works.c_str()) != 0) {  // NOLINT(cert-env33-c)
    return std::nullopt;
  }
  return variables;
}

class ExamplesRunTest : public BenchTest {
 protected:
  /// Runs it in two splits, and expects their answer.
  void ExpectAnswer(const std::string& command, const std::string& protocol,
                    const std::vector<std::string>& arguments = {},
                    const std::vector<std::string>& environment = {}) {
    std::vector<std::string> all =
        Quick(Override({"--command=" + command, "--protocol=" + protocol,
                        "--csv=r.csv", "--start_timeout=600"},
                       arguments));
    std::erase(all, "--kernels=library");
    BenchSettings settings;
    settings.environment = environment;
    const BenchResult result = Run(all, settings);
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_THAT(result.out, AllOf(ContainsRegex("\nANSWER .*(1×1|2×1)"),
                                  HasSubstr(" tasks/s\n")));
    rows_ = ReadCsv(File("r.csv"));
    EXPECT_THAT(rows_, SizeIs(4));
    for (const Row& row : rows_) {
      EXPECT_EQ(row.status, Status::kOk);
      EXPECT_EQ(row.tasks_done, row.batch);
      EXPECT_EQ(row.command, command);
    }
  }

  std::vector<Row> rows_;
};

TEST_F(ExamplesRunTest, ProductAndSvd) {
  const auto numpy = NumpyVariables();
  if (!numpy) GTEST_SKIP() << "no NumPy (target hybrid_debian_blas)";
  for (const char* const name : {"product.py", "svd.py"}) {
    ExpectAnswer(fmt::format("{} '{}'", kPython, Example(name)), "auto",
                 {"--n=24"}, *numpy);
    for (const Row& row : rows_) {
      EXPECT_GT(row.load_s, 0);
      EXPECT_GT(row.operate_s, 0);
      EXPECT_THAT(row.blas_version, HasSubstr("0.3."));
    }
    unlink(File("r.csv").c_str());
  }
}

TEST_F(ExamplesRunTest, Filter) {
  ExpectAnswer(fmt::format("sh '{}'", Example("filter.sh")), "filter");
}

TEST_F(ExamplesRunTest, Once) {
  const std::string compile =
      fmt::format("{} -x c -O1 -o '{}' '{}'", HYBRID_COMPILER, File("once"),
                  Example("once.c"));
  ASSERT_EQ(std::system(compile.c_str()), 0);  // NOLINT(cert-env33-c)
  ExpectAnswer("./once {task} 1000", "once");
}

TEST_F(ExamplesRunTest, Tutorial) {
  const auto numpy = NumpyVariables();
  if (!numpy) GTEST_SKIP() << "no NumPy (target hybrid_debian_blas)";
  const std::string command =
      fmt::format("{} '{}' --processes {{workers}} --pairs {{batch}} --n {{n}}",
                  kPython, Example("tutorial.py"));
  ExpectAnswer(command, "whole", {"--n=24"}, *numpy);
}

TEST_F(ExamplesRunTest, TheTutorialsFiveCasesAreBesideOurs) {
  const auto numpy = NumpyVariables();
  if (!numpy) GTEST_SKIP() << "no NumPy (target hybrid_debian_blas)";
  const std::string command =
      fmt::format("{} '{}' --processes {{workers}} --pairs {{batch}} --n {{n}}",
                  kPython, Example("tutorial.py"));
  BenchSettings settings;
  settings.environment = *numpy;
  const BenchResult result =
      Run({"--benchmark_filter=Tutorial", "--protocol=whole",
           "--command=" + command, "--n=24", "--batch=4", "--ceilings=none",
           "--csv=r.csv"},
          settings);
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  EXPECT_THAT(rows, SizeIs(10));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    EXPECT_EQ(row.family, Family::kTutorial);
    EXPECT_EQ(row.status, Status::kOk) << row.error;
    EXPECT_EQ(row.runs_command(), i % 2 == 1);
    EXPECT_EQ(row.tasks_done, 4U);
    if (i % 2 == 0) continue;
    EXPECT_EQ(row.variant, rows[i - 1].variant + "_script");
    EXPECT_EQ(row.split(), rows[i - 1].split());
  }
  EXPECT_THAT(result.out,
              ContainsRegex("case  .*here .*script .*tutorial .*\n"
                            "  no parallelism +1×1 .*s +1.00 +[0-9.]+ m?s +1.00"
                            " +33.1 s +1.00\n"));
}

}  // namespace
}  // namespace hybrid
