#include "output/overhead_text.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

Row Overhead(const std::string& what, std::uint64_t workers, double wall_s) {
  Row row;
  row.family = Family::kOverhead;
  row.variant = what;
  row.workers = workers;
  row.batch = workers;
  row.status = Status::kOk;
  row.wall_s = wall_s;
  return row;
}

TEST(OverheadTextTest, NothingWithoutRows) {
  EXPECT_EQ(OverheadText({}), "");
  Row hybrid = Overhead("gate", 1, 1);
  hybrid.family = Family::kHybrid;
  Row failed = Overhead("gate", 1, 1);
  failed.status = Status::kError;
  failed.wall_s.reset();
  EXPECT_EQ(OverheadText(std::vector<Row>{hybrid, failed}), "");
}

TEST(OverheadTextTest, EmptyTasksAreGivenPerTask) {
  std::vector<Row> rows;
  for (const double wall_s : {0.03, 0.02, 0.5}) {
    rows.push_back(Overhead("empty_tasks", 2, wall_s));
    rows.back().batch = 1000000;
  }
  EXPECT_THAT(OverheadText(rows),
              AllOf(ContainsRegex("empty_tasks +2 workers"),
                    ContainsRegex("30(\\.0)? ns per task")));
}

TEST(OverheadTextTest, StartNamesTheWarmUpAndGateDoesNot) {
  Row start = Overhead("start", 2, 0.004);
  start.operate_s = 0.001;
  const std::string text =
      OverheadText(std::vector<Row>{start, Overhead("gate", 2, 0.00002)});
  EXPECT_THAT(text, ContainsRegex("start .*4(\\.00)? ms.*1(\\.00)? ms"));
  EXPECT_THAT(text, ContainsRegex("gate .*20(\\.0)? µs"));
  EXPECT_THAT(text.substr(text.find("gate"), text.find('\n')),
              Not(HasSubstr("warm-up")));
}

TEST(OverheadTextTest, WorkerCountsAreKeptApart) {
  const std::string text = OverheadText(std::vector<Row>{
      Overhead("gate", 1, 0.00002), Overhead("gate", 2, 0.00005)});
  EXPECT_THAT(text, AllOf(ContainsRegex("1 workers? .*20"),
                          ContainsRegex("2 workers .*50")));
}

}  // namespace
}  // namespace hybrid
