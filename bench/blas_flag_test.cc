// --blas with real workers and real libraries: what was asked for is what ran,
// and what a library does wrong is told.

#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "blas/test_libraries.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class BlasFlagTest : public BenchTest {
 protected:
  /// Two splits of gemm with `blas`, into r.csv.
  BenchResult RunWith(const std::string& blas,
                      const std::vector<std::string>& arguments = {},
                      const std::vector<std::string>& environment = {}) {
    return Run(Quick(Override({"--blas=" + blas, "--csv=r.csv"}, arguments)),
               {.environment = environment});
  }
};

TEST_F(BlasFlagTest, EachLibraryDoesEachOperationAndIsRecorded) {
  const auto openblas = TestLibrary("openblas-pthread");
  const auto netlib = TestLibrary("netlib");
  if (!openblas) GTEST_SKIP() << NoTestLibrary("openblas-pthread");
  if (!netlib) GTEST_SKIP() << NoTestLibrary("netlib");
  const BenchResult result =
      RunWith(*openblas + "," + *netlib + ",blis",
              {"--operation=gemm,gesdd,gesv", "--workers=2"});
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("OpenBLAS "), HasSubstr("netlib's BLAS")));
  std::set<std::string> seen;
  for (const Row& row : ReadCsv(File("r.csv"))) {
    EXPECT_EQ(row.status, Status::kOk);
    EXPECT_FALSE(row.system_blas.empty());
    if (row.blas != "blis") {
      EXPECT_EQ(row.blas, row.blas_file);
    }
    seen.insert(row.operation + ' ' + row.blas);
  }
  EXPECT_THAT(seen, SizeIs(9));
}

TEST_F(BlasFlagTest, WhatIsNotThereIsOneLine) {
  const std::array<std::array<std::string, 2>, 3> cases{
      {{"foo", "takes a list of blis, "},
       {"/no/such.so", "No such file or directory; --list_blas"},
       {"./r.txt", "r.txt: No such file or directory; --list_blas"}}};
  for (const auto& [blas, why] : cases) {
    const BenchResult result = RunWith(blas);
    EXPECT_EQ(result.exit_code(), 2) << blas;
    EXPECT_THAT(
        Lines(result.err),
        ElementsAre(AllOf(HasSubstr("--blas=" + blas + ": "), HasSubstr(why))));
  }
  EXPECT_THAT(Files(), SizeIs(0));
}

TEST_F(BlasFlagTest, TheListNamesAllAndTheirPackages) {
  const BenchResult result = Run({"--list_blas"});
  EXPECT_EQ(result.exit_code(), 0);
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("\nblis-openmp  "), HasSubstr("\nnetlib  "),
                    HasSubstr("\nopenblas-pthread  "), HasSubstr("\nmkl  "),
                    HasSubstr("\nsystem  ")));
}

TEST_F(BlasFlagTest, TheListNeedsNoLibrary) {
  const BenchResult result = Run({"--list_blas", "--blas=/no/such.so"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\nnetlib  "));
}

TEST_F(BlasFlagTest, APathInTwoSpellingsIsOneLibrary) {
  const auto netlib = TestLibrary("netlib");
  if (!netlib) GTEST_SKIP() << NoTestLibrary("netlib");
  std::filesystem::create_symlink(*netlib, File("libmine.so"));
  const BenchResult result = RunWith(
      "./libmine.so,.//libmine.so," + File("libmine.so"), {"--workers=1"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  EXPECT_THAT(rows, SizeIs(2));
  for (const Row& row : rows) {
    EXPECT_EQ(
        row.blas,
        std::filesystem::path(File("libmine.so")).lexically_normal().string());
    EXPECT_EQ(row.blas_file, *netlib);
  }
}

TEST_F(BlasFlagTest, ResumingWithAnotherFileAtThePathIsADifference) {
  const auto netlib = TestLibrary("netlib");
  const auto openblas = TestLibrary("openblas-serial");
  if (!netlib) GTEST_SKIP() << NoTestLibrary("netlib");
  if (!openblas) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  std::filesystem::create_symlink(*netlib, File("libmine.so"));
  ASSERT_EQ(RunWith("./libmine.so", {"--workers=1"}).exit_code(), 0);
  std::filesystem::remove(File("libmine.so"));
  std::filesystem::create_symlink(*openblas, File("libmine.so"));
  const BenchResult result =
      Run({"--resume=r.csv", "--blas=./libmine.so", "--workers=1,2"});
  EXPECT_EQ(result.exit_code(), 2);
  EXPECT_THAT(result.err, HasSubstr("blas_file is " + *openblas + ", but " +
                                    *netlib + " in the file"));
}

// A result file may be anybody's.
TEST_F(BlasFlagTest, APathIsNeverTakenFromAFile) {
  const auto netlib = TestLibrary("netlib");
  if (!netlib) GTEST_SKIP() << NoTestLibrary("netlib");
  ASSERT_EQ(RunWith(*netlib).exit_code(), 0);
  const std::string kept = ReadFile(File("r.csv"));
  const BenchResult refused = Run({"--resume=r.csv"});
  EXPECT_EQ(refused.exit_code(), 2);
  EXPECT_THAT(Lines(refused.err),
              ElementsAre(AllOf(HasSubstr("give --blas=" + *netlib))));
  EXPECT_EQ(ReadFile(File("r.csv")), kept);
  const BenchResult given = Run({"--resume=r.csv", "--blas=" + *netlib});
  EXPECT_EQ(given.exit_code(), 0) << given.err;
  EXPECT_THAT(given.out, HasSubstr("resumed   2 of 2"));
}

TEST_F(BlasFlagTest, ThreadsThatALibraryDoesNotRunAreSkipped) {
  const auto netlib = TestLibrary("netlib");
  if (!netlib) GTEST_SKIP() << NoTestLibrary("netlib");
  const BenchResult result =
      RunWith(*netlib, {"--blas_threads=1,2", "--workers=1", "--dry_run=full"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr(": netlib runs 1 thread at most\n"));
}

// Of a file that lies anywhere nobody knows before a worker has loaded it.
TEST_F(BlasFlagTest, WhatALibraryByItsPathCanNotDoIsSkipped) {
  struct Case {
    const char* library;
    std::vector<std::string> arguments;
    const char* reason;
  };
  const std::vector<Case> cases{
      {"openblas-serial", {"--blas_threads=1,2"}, "runs 1 thread at most"},
      {"openblas-pthread",
       {"--engine=threads", "--workers=2", "--blas_threads=1,2"},
       "has one pool of threads"},
      {"netlib", {"--operation=gemm,gesv"}, "needs a LAPACK, and "},
      {"blis-openmp", {"--blas_threads=1,13"}, "runs 12 threads when told 13"}};
  for (const Case& one : cases) {
    const auto library = TestLibrary(one.library);
    if (!library) GTEST_SKIP() << NoTestLibrary(one.library);
    const std::string copy = std::string("./lib") + one.library + ".so";
    std::filesystem::copy_file(*library, File(copy));
    const std::string csv = std::string(one.library) + ".csv";
    std::vector<std::string> arguments =
        Override({"--workers=1", "--csv=" + csv}, one.arguments);
    const BenchResult result = RunWith(copy, arguments);
    EXPECT_EQ(result.exit_code(), 0) << one.library << result.err;
    const std::vector<Row> rows = ReadCsv(File(csv));
    EXPECT_THAT(rows, SizeIs(2)) << one.library;
    for (const Row& row : rows) EXPECT_EQ(row.status, Status::kOk);
    arguments = Override({"--workers=1", "--dry_run=full", "--csv=none"},
                         one.arguments);
    const BenchResult dry_run = RunWith(copy, arguments);
    EXPECT_EQ(dry_run.exit_code(), 0) << dry_run.err;
    EXPECT_THAT(dry_run.out, HasSubstr(one.reason));
  }
}

TEST_F(BlasFlagTest, WhereALibraryCanDoNothingOneLineSaysWhy) {
  const auto netlib = TestLibrary("netlib");
  if (!netlib) GTEST_SKIP() << NoTestLibrary("netlib");
  std::filesystem::copy_file(*netlib, File("libmine.so"));
  for (const char* const dry_run : {"--dry_run=false", "--dry_run"}) {
    const BenchResult result =
        RunWith("./libmine.so", {"--operation=gesv", dry_run});
    EXPECT_EQ(result.exit_code(), 1);
    EXPECT_THAT(Lines(result.err),
                ElementsAre(AllOf(HasSubstr("may run here"),
                                  HasSubstr("needs a LAPACK"))));
  }
  EXPECT_THAT(Files(), SizeIs(1));
}

// One element in a millionth.
TEST_F(BlasFlagTest, WrongResultsOfEachLapackRoutineAreErrors) {
  const auto real = TestLibrary("openblas-serial");
  if (!real) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  const std::vector<std::string> operations{"gesdd", "gesdd_values", "gesv",
                                            "potrf", "syevd",        "gelsd"};
  const BenchResult result = RunWith(
      FakeLibrary("perturbed"),
      {"--operation=gesdd,gesdd_values,gesv,potrf,syevd,gelsd", "--workers=1"},
      {"HYBRID_TEST_REAL=" + *real});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(Lines(result.err), SizeIs(operations.size() + 1));
  std::set<std::string> wrong;
  for (const Row& row : ReadCsv(File("r.csv"))) {
    EXPECT_THAT(row.error, HasSubstr("made a wrong result of task"));
    EXPECT_FALSE(HasMeasurement(row));
    wrong.insert(row.operation);
  }
  EXPECT_THAT(wrong, SizeIs(operations.size()));
}

TEST_F(BlasFlagTest, WhatALibraryDoesWhenItIsLoadedIsTold) {
  const std::array<std::array<std::string, 2>, 3> cases{
      {{"exits",
        "exited with status 3 before it was ready; it printed: fake "
        "BLAS: no licence"},
       {"crashes", "was killed by signal 4"},
       {"no-gemm", "has no dgemm: it is no BLAS"}}};
  for (const auto& [name, why] : cases) {
    const BenchResult result =
        RunWith(FakeLibrary(name), {"--workers=1", "--csv=none"});
    EXPECT_EQ(result.exit_code(), 1) << name;
    EXPECT_THAT(Lines(result.err),
                ElementsAre(HasSubstr(why), HasSubstr("1 failure")));
  }
}

TEST_F(BlasFlagTest, WhatALibraryPrintsHarmsNothing) {
  const BenchResult result = RunWith(FakeLibrary("prints"));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, Not(IsEmpty()));
  for (const Row& row : rows) EXPECT_EQ(row.status, Status::kOk);
}

TEST_F(BlasFlagTest, IntegersOf64BitsAreFoundOut) {
  const BenchResult result = RunWith(FakeLibrary("ilp64"));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
}

TEST_F(BlasFlagTest, TheTutorialTakesTheFirst) {
  const auto netlib = TestLibrary("netlib");
  if (!netlib) GTEST_SKIP() << NoTestLibrary("netlib");
  const BenchResult result =
      Run({"--benchmark_filter=Tutorial/serial", "--n=16", "--batch=2",
           "--blas=" + *netlib + ",blis", "--kernels=library",
           "--ceilings=none", "--benchmark_repetitions=1", "--csv=r.csv"});
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows.front().blas, *netlib);
}

// As OpenBLAS does on Xeons with AVX-512 that it does not know. What other
// programs do to the cores meanwhile makes a probe keep the library's choice.
TEST_F(BlasFlagTest, AWrongChoiceOfOpenBlassKernelsIsMended) {
  const auto openblas = TestLibrary("openblas-serial");
  if (!openblas) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  std::vector<Row> rows;
  bool others_at_work = false;
  for (int attempt = 0; attempt < 5; ++attempt) {
    const BenchResult result =
        Run(Quick({"--blas=" + *openblas, "--kernels=best", "--n=128",
                   "--workers=1", "--csv=" + std::to_string(attempt) + ".csv",
                   "--worker=" + FaultyWorker(), "--verbose"}),
            {.environment = {"HYBRID_TEST_FAULT=prescott"}});
    ASSERT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("OpenBLAS does not know this CPU"));
    others_at_work =
        result.out.find("others were at work") != std::string::npos;
    rows = ReadCsv(File(std::to_string(attempt) + ".csv"));
    if (rows[0].kernels != rows[0].library_kernels) break;
  }
  if (others_at_work) GTEST_SKIP() << "others were at work in five probes";
  for (const Row& row : rows) {
    EXPECT_EQ(row.library_kernels, "PRESCOTT");
    EXPECT_EQ(row.kernels_setting, "OPENBLAS_CORETYPE=" + row.kernels);
    EXPECT_GT(row.kernels_gain.value_or(0), 1.1);
  }
}

}  // namespace
}  // namespace hybrid
