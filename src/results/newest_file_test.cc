#include "results/newest_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/test_errors.h"
#include "base/test_folder.h"
#include "results/csv_writer.h"
#include "results/results_error.h"
#include "results/row.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

void WriteRow(const std::string& path, const std::string& time_utc) {
  Row row;
  row.time_utc = time_utc;
  row.status = Status::kError;
  CsvWriter(path).Append(std::vector<Row>{row});
}

TEST(NewestFileTest, IsTheLatestByItsRowsAndNotByItsName) {
  const TestFolder folder;
  WriteRow(folder.File("b.csv"), "2026-11-02T00:00:00Z");
  WriteRow(folder.File("a.csv"), "2026-11-03T00:00:00Z");
  WriteRow(folder.File("c.csv"), "2026-11-01T00:00:00Z");
  folder.Lay("/d.csv", "not one of ours\n");
  folder.Lay("/e.txt", "");
  folder.Lay("/deeper/f.csv", "");
  EXPECT_EQ(NewestResultFile(folder.path()), folder.File("a.csv"));
}

TEST(NewestFileTest, SaysWhereThereIsNone) {
  const TestFolder folder;
  EXPECT_THAT(MessageOf<ResultsError>([&] { NewestResultFile(folder.path()); }),
              HasSubstr("no result file of bench"));
  EXPECT_THAT(MessageOf<ResultsError>(
                  [&] { NewestResultFile(folder.File("missing")); }),
              HasSubstr("missing: No such file"));
}

}  // namespace
}  // namespace hybrid
