#include "families/tutorial.h"

#include <gmock/gmock.h>

#include <sstream>
#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// The tutorial's own: four cores, two threads each.
Machine TutorialMachine() {
  Machine machine;
  machine.topology.cores = {{0, 4}, {1, 5}, {2, 6}, {3, 7}};
  machine.usable_cores = 4;
  return machine;
}

Key ConfigOf(std::size_t index, const Options& options,
             const Machine& machine) {
  return TutorialKey(kTutorialCases.at(index), options, machine);
}

TEST(TutorialTest, CasesAreTheTutorials) {
  const Machine machine = TutorialMachine();
  std::vector<std::string> cases;
  for (std::size_t i = 0; i < kTutorialCases.size(); ++i) {
    const Key key = ConfigOf(i, {}, machine);
    EXPECT_EQ(key.n, 2000U);
    EXPECT_EQ(key.batch, 100U);
    EXPECT_EQ(key.collect, Collect::kShared);
    EXPECT_EQ(key.operation, "gemm");
    EXPECT_EQ(key.data, Data::kFresh);
    std::ostringstream text;
    text << key.family << ' ' << key.workers << 'x' << key.blas_threads;
    cases.push_back(text.str());
  }
  EXPECT_THAT(
      cases, testing::ElementsAre(
                 "Tutorial/serial 1x1", "Tutorial/blas_threads_default 1x8",
                 "Tutorial/blas_threads_physical 1x4", "Tutorial/processes 4x1",
                 "Tutorial/processes_blas_threads 4x8"));
}

TEST(TutorialTest, QuotaLimitsCoresButNotWhatALibraryWouldTake) {
  Machine machine = TutorialMachine();
  machine.usable_cores = 2;
  EXPECT_EQ(ConfigOf(1, {}, machine).blas_threads, 8U);
  EXPECT_EQ(ConfigOf(2, {}, machine).blas_threads, 2U);
  EXPECT_EQ(ConfigOf(3, {}, machine).workers, 2U);
}

TEST(TutorialTest, FlagsOverrideTheTutorialsSizesOnlyWhereGiven) {
  Options options;
  options.axes.n.values = {64, 128};
  options.axes.batch.values = {8};
  options.axes.seed = 7;
  const Machine machine = TutorialMachine();
  EXPECT_EQ(ConfigOf(0, options, machine).n, 2000U);
  EXPECT_EQ(ConfigOf(0, options, machine).batch, 100U);
  options.n_given = true;
  options.batch_given = true;
  EXPECT_EQ(ConfigOf(0, options, machine).n, 64U);
  EXPECT_EQ(ConfigOf(0, options, machine).batch, 8U);
  EXPECT_EQ(ConfigOf(0, options, machine).seed, 7U);
}

// The machine's SMT siblings are no cores: with cores of their own, what a
// library would take by default can't run here.
TEST(TutorialTest, CasesThatMustHaveTheirCoresAreSkippedWithoutThem) {
  Machine machine = TutorialMachine();
  machine.memory_available_bytes = std::uint64_t{64} << 30;
  Session session{.machine = machine,
                  .info = NewRunInfo(),
                  .pools = PoolKeeper(machine, {}, {}, 1),
                  .caps = CapPolicy(std::nullopt)};
  Options options;
  options.axes.pin = Pin::kCores;
  Fixtures fixtures;
  std::vector<SkippedKey> skipped;
  AddTutorial(options, session, fixtures, skipped);
  EXPECT_EQ(fixtures.size(), 3U);
  ASSERT_EQ(skipped.size(), 2U);
  EXPECT_EQ(skipped[0].key.family, "Tutorial/blas_threads_default");
  EXPECT_EQ(skipped[1].key.family, "Tutorial/processes_blas_threads");
  EXPECT_THAT(skipped[0].reason, HasSubstr("--pin=cores: 8 threads"));
}

Row CaseRow(const std::string& name, std::uint64_t workers,
            std::uint64_t blas_threads, const char* status) {
  Row row;
  row.family = "Tutorial/" + name;
  row.n = 2000;
  row.batch = 100;
  row.workers = workers;
  row.blas_threads = blas_threads;
  row.usable_cores = 4;
  row.status = status;
  return row;
}

Row Timed(Row row, double wall_s) {
  row.wall_s = wall_s;
  return row;
}

std::string LineWith(const std::string& text, const std::string& part) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(part) != std::string::npos) return line;
  }
  return "";
}

TEST(TutorialTest, TableIsEmptyWithoutACase) {
  EXPECT_EQ(TutorialTable({}), "");
  Row other = CaseRow("serial", 1, 1, Status::kOk);
  other.family = "Hybrid";
  EXPECT_EQ(TutorialTable(std::vector<Row>{other}), "");
}

TEST(TutorialTest, TableHasMediansBesideTheTutorialsFigures) {
  const std::string table = TutorialTable(
      std::vector<Row>{Timed(CaseRow("serial", 1, 1, Status::kOk), 39),
                       Timed(CaseRow("serial", 1, 1, Status::kOk), 40),
                       Timed(CaseRow("serial", 1, 1, Status::kOk), 90),
                       Timed(CaseRow("processes", 4, 1, Status::kOk), 10)});
  EXPECT_THAT(LineWith(table, "33.1"),
              AllOf(HasSubstr("1×1"), HasSubstr("40"), HasSubstr("1.00")));
  // Ours is a quarter of serial, the tutorial's 0.35.
  EXPECT_THAT(LineWith(table, "11.5"),
              AllOf(HasSubstr("4×1"), HasSubstr("10"), HasSubstr("0.25"),
                    HasSubstr("0.35")));
}

TEST(TutorialTest, TableSaysWhatIsMissingFailedOrCapped) {
  const std::string table = TutorialTable(std::vector<Row>{
      Timed(CaseRow("serial", 1, 1, Status::kOk), 40),
      CaseRow("processes", 4, 1, Status::kError),
      Timed(CaseRow("processes_blas_threads", 4, 8, Status::kCapped), 20)});
  EXPECT_THAT(LineWith(table, "default BLAS threads"), HasSubstr("not run"));
  EXPECT_THAT(LineWith(table, "11.5"), HasSubstr("error"));
  // The cap's time is none of the case's.
  EXPECT_THAT(
      LineWith(table, "12.1"),
      AllOf(HasSubstr("capped"), Not(HasSubstr("20")), Not(HasSubstr("0.50"))));
}

TEST(TutorialTest, TableWithoutSerialHasNoRatios) {
  const std::string table = TutorialTable(
      std::vector<Row>{Timed(CaseRow("processes", 4, 1, Status::kOk), 10)});
  EXPECT_THAT(LineWith(table, "11.5"),
              AllOf(HasSubstr("10"), HasSubstr(" - "), HasSubstr("0.35")));
  EXPECT_THAT(LineWith(table, "33.1"), HasSubstr("not run"));
}

}  // namespace
}  // namespace hybrid
