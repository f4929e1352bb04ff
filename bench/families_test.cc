// What the families and the axes beside n, batch and splits do.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "key/key_text.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class FamiliesTest : public BenchTest {
 protected:
  std::vector<Row> Measure(const std::vector<std::string>& arguments) {
    // As many on any machine: some cases use all of them.
    result_ = Run(Quick(Override({"--csv=r.csv"}, arguments)),
                  {.environment = {}, .largest_file_bytes = 0, .cpus = 2});
    EXPECT_EQ(result_.exit_code(), 0) << result_.out << result_.err;
    return ReadCsv(File("r.csv"));
  }

  BenchResult result_;
};

TEST_F(FamiliesTest, OperationNoneNeitherLoadsNorOperates) {
  const std::vector<Row> rows = Measure({"--operation=none"});
  EXPECT_THAT(rows, SizeIs(4));
  EXPECT_THAT(
      rows, Each(AllOf(Field(&Row::operation, "none"),
                       Field(&Row::status, Status::kOk),
                       Field(&Row::tasks_done, 4U), Field(&Row::gflops, 0.0))));
}

TEST_F(FamiliesTest, DataAndCollectAreAxes) {
  const std::vector<Row> rows =
      Measure({"--data=fresh,resident,hot", "--collect=none,shared",
               "--workers=2", "--benchmark_repetitions=1"});
  EXPECT_THAT(rows, Each(Field(&Row::status, Status::kOk)));
  std::vector<std::string> seen;
  for (const Row& row : rows)
    seen.push_back(KeyValue(row.data) + " " + KeyValue(row.collect));
  EXPECT_THAT(seen, UnorderedElementsAre("fresh none", "resident none",
                                         "hot none", "fresh shared",
                                         "resident shared", "hot shared"));
}

TEST_F(FamiliesTest, SeedIsInEveryRow) {
  EXPECT_THAT(Measure({"--seed=42"}), Each(Field(&Row::seed, 42U)));
}

TEST_F(FamiliesTest, TutorialPrintsItsOwnTableBesideOurs) {
  // An oversubscribed case may be cut short here; the table is what counts.
  const std::vector<Row> rows =
      Measure({"--benchmark_filter=Tutorial", "--n=64", "--batch=4",
               "--benchmark_repetitions=1", "--cap=0.5"});
  std::vector<std::string> cases;
  for (const Row& row : rows) {
    EXPECT_EQ(row.family, Family::kTutorial);
    cases.push_back(row.variant);
    EXPECT_EQ(row.collect, Collect::kShared);
    EXPECT_EQ(row.n, 64U);
    EXPECT_EQ(row.batch, 4U);
  }
  EXPECT_THAT(cases, ElementsAre("serial", "blas_threads_default",
                                 "blas_threads_physical", "processes",
                                 "processes_blas_threads"));
  for (const char* figure : {"33.1", "15.9", "11.5", "12.1"}) {
    EXPECT_THAT(result_.out, HasSubstr(figure));
  }
  EXPECT_THAT(result_.out, HasSubstr("serial"));
}

TEST_F(FamiliesTest, TutorialRunsEachCaseOnceUnlessToldOtherwise) {
  std::vector<std::string> arguments =
      Quick({"--benchmark_filter=Tutorial/serial", "--n=16", "--batch=2",
             "--csv=r.csv"});
  std::erase(arguments, "--benchmark_repetitions=2");
  const BenchResult result = Run(arguments);
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(1));
}

TEST_F(FamiliesTest, OverheadSaysWhatTheHarnessCosts) {
  const std::vector<Row> rows = Measure(
      {"--benchmark_filter=Overhead/(empty_tasks|gate|start)/workers:2"});
  EXPECT_THAT(rows, SizeIs(6));
  EXPECT_THAT(rows, Each(AllOf(Field(&Row::status, Status::kOk),
                               Field(&Row::wall_s, Not(std::nullopt)))));
  for (const char* what : {"empty_tasks", "gate", "start"}) {
    EXPECT_THAT(result_.out, HasSubstr(what));
  }
}

TEST_F(FamiliesTest, OneSplitIsNoComparison) {
  const std::vector<Row> rows = Measure({"--workers=1"});
  EXPECT_THAT(rows, SizeIs(2));
  EXPECT_THAT(result_.out, Not(HasSubstr("BLIS_NUM_THREADS")));
}

}  // namespace
}  // namespace hybrid
