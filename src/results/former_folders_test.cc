#include "results/former_folders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "key/test_keys.h"
#include "results/csv_writer.h"
#include "results/machine_id.h"
#include "results/row_format.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FormerFoldersTest : public ::testing::Test {
 protected:
  FormerFoldersTest() {
    static_cast<Key&>(row_) = GemmKey(64, 8, 1, 1);
    row_.schema_version = 3;
    row_.cpu_model = "AMD EPYC";
    row_.usable_cores = 2;
    row_.machine_id = "amd-epyc-2c-0g-of-blis-0.9.0";
  }

  void Write(const std::string& file, const Row& row) {
    CsvWriter(folder_.File(file)).Append(std::vector{row, row});
  }

  std::vector<std::string> Former() const {
    return FormerFolders(folder_.File("results"), MachineIdOf(row_));
  }

  TestFolder folder_;
  Row row_;
};

TEST_F(FormerFoldersTest, AreThoseWhoseRowsAreOfThisMachine) {
  Write("results/a/1.csv", row_);
  Row other = row_;
  other.usable_cores = 4;
  Write("results/b/1.csv", other);
  // The first file can't be read, and the machine is told by another.
  WriteFile(folder_.File("results/a/0.csv"), "not a result\n");
  WriteFile(folder_.File("results/note.csv"), "");
  EXPECT_THAT(Former(), ElementsAre(folder_.File("results/a")));
  EXPECT_THAT(
      FormerFolderNotes(folder_.File("results"), MachineIdOf(row_)),
      ElementsAre(MachineIdOf(row_) +
                  ": the history of this machine under its former id is " +
                  folder_.File("results/a") + ": pass both to --history"));
}

TEST_F(FormerFoldersTest, AreNotNamedAgainOnceTheNewHistoryHasBegun) {
  Write("results/a/1.csv", row_);
  std::filesystem::create_directory(
      folder_.File("results/" + MachineIdOf(row_)));
  EXPECT_THAT(Former(), IsEmpty());
}

TEST_F(FormerFoldersTest, AreNoneWhereThereAreNoResults) {
  EXPECT_THAT(Former(), IsEmpty());
}

TEST_F(FormerFoldersTest, OneRowIsEnoughOfALongOrTornFile) {
  std::string text = HeaderLine();
  row_.flags = std::string(1000, 'x');
  for (int i = 0; i < 1000; ++i) AppendRecord(row_, text);
  std::filesystem::create_directories(folder_.File("results/a"));
  WriteFile(folder_.File("results/a/1.csv"), text + "torn,");
  EXPECT_THAT(Former(), ElementsAre(folder_.File("results/a")));
}

}  // namespace
}  // namespace hybrid
