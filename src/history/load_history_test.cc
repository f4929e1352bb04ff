#include "history/load_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "history/test_history.h"
#include "results/csv_writer.h"
#include "results/machine_id.h"
#include "results/results_error.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class LoadHistoryTest : public ::testing::Test {
 protected:
  LoadHistoryTest() {
    Simulation simulation;
    simulation.runs = 3;
    simulation.configurations = 2;
    simulation.repetitions = 3;
    runs_ = Simulate(simulation, 1);
  }

  void Write(const std::string& name, const std::vector<Row>& rows) {
    CsvWriter(folder_.File(name)).Append(rows);
  }
  void WriteAll() {
    // Names do not sort as times do.
    Write("m/c.csv", runs_[0]);
    Write("m/a.csv", runs_[1]);
    Write("m/b.csv", runs_[2]);
  }
  std::string Folder() const { return folder_.File("m"); }
  std::vector<std::string> Folders() const { return {Folder()}; }

  std::string Error(const std::string& folder) {
    try {
      LoadHistory(std::vector{folder});
    } catch (const ResultsError& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      return error.what();
    }
    return "none";
  }

  TestFolder folder_;
  std::vector<std::vector<Row>> runs_;
};

TEST_F(LoadHistoryTest, SortsRunsByTime) {
  WriteAll();
  const History history = LoadHistory(Folders());
  ASSERT_THAT(history.runs, SizeIs(3));
  EXPECT_EQ(history.runs[0].file, Folder() + "/c.csv");
  EXPECT_EQ(history.runs[2].run_id, "run-002");
  EXPECT_EQ(history.machine_id, "machine-2c-24g-00000001");
  EXPECT_THAT(history.series, SizeIs(2));
  EXPECT_THAT(history.left_out, IsEmpty());
}

TEST_F(LoadHistoryTest, ReadsRowsOfRunsAgain) {
  WriteAll();
  const History history = LoadHistory(Folders());
  EXPECT_EQ(ReadRunRows(history, 2, 3), runs_[2]);
  EXPECT_THAT(ReadRunRows(history, 0, 2), SizeIs(12));
}

TEST_F(LoadHistoryTest, LeavesOutAndNamesWhatCannotBeRead) {
  WriteAll();
  WriteFile(folder_.File("m/torn.csv"), "not a result\n");
  WriteFile(folder_.File("m/notes.txt"), "not a result\n");
  Write("m/copy.csv", runs_[0]);
  const History history = LoadHistory(Folders());
  EXPECT_THAT(history.runs, SizeIs(3));
  EXPECT_THAT(history.left_out,
              ElementsAre(HasSubstr("torn.csv:1: "),
                          AllOf(HasSubstr("copy.csv: 6 rows stand in "),
                                HasSubstr("c.csv, too, and count once"))));
}

TEST_F(LoadHistoryTest, RefusesWhenNothingCanBeRead) {
  EXPECT_THAT(Error(folder_.File("missing")), HasSubstr("No such file"));
  EXPECT_THAT(Error(folder_.File(".")), HasSubstr("no result files (*.csv)"));
  WriteFile(folder_.File("torn.csv"), "not a result\n");
  EXPECT_THAT(Error(folder_.File(".")),
              HasSubstr("none of its 1 result files can be read"));
  EXPECT_THAT(Error(folder_.File("torn.csv")), HasSubstr("Not a directory"));
  Write("empty/a.csv", {});
  EXPECT_THAT(Error(folder_.File("empty")), HasSubstr("hold no rows"));
}

TEST_F(LoadHistoryTest, NamesSeveralMachinesFolders) {
  Write("one/a.csv", runs_[0]);
  Write("two/a.csv", runs_[1]);
  EXPECT_THAT(Error(folder_.File(".")),
              AllOf(HasSubstr("folders of machines"), HasSubstr("/one, "),
                    HasSubstr("/two")));
}

TEST_F(LoadHistoryTest, RefusesOtherMachinesUnlessAsked) {
  for (Row& row : runs_[1]) row.machine_id = "other";
  WriteAll();
  EXPECT_THAT(
      Error(Folder()),
      AllOf(HasSubstr("a.csv: of other, "), HasSubstr("b.csv, is of "),
            HasSubstr("machine-2c-24g-00000001"), HasSubstr("--anyway")));
  LoadSettings settings;
  settings.anyway = true;
  EXPECT_THAT(LoadHistory(Folders(), settings).runs, SizeIs(3));
}

TEST_F(LoadHistoryTest, ReadsSeveralFolders) {
  Write("old/a.csv", runs_[0]);
  Write("m/b.csv", runs_[2]);
  Write("m/copy.csv", runs_[0]);
  Write("old/c.csv", runs_[1]);
  const std::vector<std::string> folders = {Folder(), folder_.File("old")};
  const History history = LoadHistory(folders);
  ASSERT_THAT(history.runs, SizeIs(3));
  EXPECT_EQ(history.runs[0].file, Folder() + "/copy.csv");
  EXPECT_EQ(history.runs[1].file, folder_.File("old/c.csv"));
  EXPECT_THAT(history.left_out,
              ElementsAre(HasSubstr("a.csv: 6 rows stand in ")));
}

TEST_F(LoadHistoryTest, JoinsTheFilesOfOneRun) {
  // A copy cut short stands before the whole run; another one was gone on with.
  WriteAll();
  const std::vector<Row> whole = runs_[0];
  Write("m/0-short.csv", {whole.begin(), whole.begin() + 2});
  std::vector<Row> more = {whole.begin(), whole.begin() + 3};
  Row next = more.back();
  next.repetition = 99;
  more.push_back(next);
  Write("m/resumed.csv", more);
  const History history = LoadHistory(Folders());
  ASSERT_THAT(history.runs, SizeIs(3));
  EXPECT_EQ(history.runs[0].run_id, "run-000");
  EXPECT_EQ(history.runs[0].rows, whole.size() + 1);
  EXPECT_EQ(history.runs[0].file, Folder() + "/0-short.csv");
  EXPECT_THAT(ReadRunRows(history, 0, 1), SizeIs(whole.size() + 1));
  EXPECT_EQ(ReadRunRows(history, 1, 2), runs_[1]);
  EXPECT_THAT(history.left_out,
              ElementsAre(HasSubstr("c.csv: 2 rows stand in"),
                          HasSubstr("resumed.csv: 2 rows stand in"),
                          HasSubstr("resumed.csv: 1 row stands in")));
}

TEST_F(LoadHistoryTest, AnotherLibraryIsNoOtherMachine) {
  for (std::vector<Row>& run : runs_) {
    for (Row& row : run) {
      row.schema_version = 3;
      row.machine_id = "of-" + row.run_id;
      row.blas_version = row.run_id;
    }
  }
  WriteAll();
  const History history = LoadHistory(Folders());
  EXPECT_THAT(history.runs, SizeIs(3));
  EXPECT_EQ(history.machine_id, MachineIdOf(runs_[2][0]));
}

TEST_F(LoadHistoryTest, OtherHostsAreAnotherSeries) {
  for (std::vector<Row>& run : runs_) {
    std::vector<Row> of_four = run;
    for (Row& row : of_four) row.host_count = 4;
    run.insert(run.end(), of_four.begin(), of_four.end());
  }
  WriteAll();
  EXPECT_THAT(LoadHistory(Folders()).series, SizeIs(4));
}

TEST_F(LoadHistoryTest, FiltersConfigurations) {
  WriteAll();
  LoadSettings settings;
  settings.filter = "n=64 ";
  const History history = LoadHistory(Folders(), settings);
  EXPECT_THAT(history.series, SizeIs(1));
  EXPECT_THAT(ReadRunRows(history, 2, 3), SizeIs(3));
}

}  // namespace
}  // namespace hybrid
