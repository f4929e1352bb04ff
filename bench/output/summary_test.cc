#include "output/summary.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Row OkRow(Family family, std::string variant, std::uint64_t workers) {
  Row row;
  row.family = family;
  row.variant = std::move(variant);
  row.n = 64;
  row.batch = 8;
  row.workers = workers;
  row.blas_threads = 1;
  row.usable_cores = 2;
  row.status = Status::kOk;
  row.wall_s = 1.0 / static_cast<double>(workers);
  row.tasks_per_s = 8 / *row.wall_s;
  return row;
}

std::string Text(const std::vector<Row>& rows, bool why = false) {
  return SummaryText(rows, why, {.file = "r.csv", .stray = {}});
}

TEST(SummaryTest, NothingToSayOfNothing) {
  EXPECT_EQ(SummaryText({}, false, {}), "");
}

TEST(SummaryTest, EachFamilyHasItsPart) {
  const std::string hybrid =
      Text({OkRow(Family::kHybrid, "", 1), OkRow(Family::kHybrid, "", 2)});
  EXPECT_THAT(hybrid,
              AllOf(HasSubstr("BLIS_NUM_THREADS=1"), Not(HasSubstr("Tutorial")),
                    Not(HasSubstr("Overhead"))));
  const std::string tutorial = Text({OkRow(Family::kTutorial, "serial", 1)});
  EXPECT_THAT(tutorial, AllOf(HasSubstr("33.1"), Not(HasSubstr("export")),
                              Not(HasSubstr("Overhead"))));
  const std::string overhead = Text({OkRow(Family::kOverhead, "gate", 1)});
  EXPECT_THAT(overhead, AllOf(HasSubstr("gate"), Not(HasSubstr("export"))));
}

TEST(SummaryTest, TheScreenIsTheLastAndTheWholeOnDemand) {
  const std::vector<Row> rows{OkRow(Family::kHybrid, "", 1),
                              OkRow(Family::kHybrid, "", 2),
                              OkRow(Family::kTutorial, "serial", 1)};
  const std::string text = Text(rows);
  EXPECT_LT(text.find("33.1"), text.find("\nANSWER "));
  EXPECT_TRUE(text.ends_with("\nFILE    r.csv\n")) << text;
  EXPECT_THAT(text, Not(HasSubstr("noise floor  ")));
  EXPECT_THAT(Text(rows, true),
              AllOf(HasSubstr("noise floor  "), HasSubstr("\nANSWER ")));
}

}  // namespace
}  // namespace hybrid
