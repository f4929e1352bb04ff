#include "results/newest_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/test_errors.h"
#include "base/test_folder.h"
#include "key/test_keys.h"
#include "results/csv_writer.h"
#include "results/results_error.h"
#include "results/row.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

void WriteRow(const std::string& path, const std::string& time_utc) {
  Row row;
  static_cast<Key&>(row) = GemmKey(64, 8, 1);
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

TEST(NewestFileTest, OfAMachineOnlyItsOwnCount) {
  const TestFolder folder;
  Row row;
  static_cast<Key&>(row) = GemmKey(64, 8, 1);
  row.status = Status::kError;
  const auto write = [&](const std::string& path, const std::string& machine,
                         const std::string& time_utc) {
    row.machine_id = machine;
    row.time_utc = time_utc;
    CsvWriter(folder.File(path)).Append(std::vector<Row>{row});
  };
  write("a.csv", "m", "2026-11-02T00:00:00Z");
  write("b.csv", "other", "2026-11-03T00:00:00Z");
  write("m/c.csv", "m", "2026-11-01T00:00:00Z");
  const std::vector<std::string> folders{folder.path(), folder.File("m"),
                                         folder.File("missing")};
  EXPECT_EQ(NewestFileOfMachine(folders, "m"), folder.File("a.csv"));
  EXPECT_EQ(NewestFileOfMachine({folder.File("m")}, "m"),
            folder.File("m/c.csv"));
  EXPECT_EQ(NewestFileOfMachine(folders, "third"), "");
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
