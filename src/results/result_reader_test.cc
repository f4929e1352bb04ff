#include "results/result_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "results/csv_writer.h"
#include "results/results_error.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class ResultReaderTest : public ::testing::Test {
 protected:
  /// `count` repetitions of one configuration in the run `run_id`.
  static std::vector<Row> Rows(const std::string& run_id, std::size_t count) {
    Row row;
    row.run_id = run_id;
    row.n = 64;
    row.batch = 8;
    std::vector<Row> rows;
    for (row.repetition = 0; row.repetition < count; ++row.repetition) {
      row.wall_s = 1.0 + 0.01 * static_cast<double>(row.repetition);
      rows.push_back(row);
    }
    return rows;
  }

  std::string Write(const std::string& name, const std::vector<Row>& rows) {
    CsvWriter(folder_.File(name)).Append(rows);
    return folder_.File(name);
  }

  std::string Copy(const std::string& from, const std::string& name) {
    std::filesystem::copy_file(from, folder_.File(name));
    return folder_.File(name);
  }

  TestFolder folder_;
};

TEST_F(ResultReaderTest, PoolsRuns) {
  const std::string a = Write("a.csv", Rows("a", 3));
  const std::string b = Write("b.csv", Rows("b", 2));
  const ResultRows all = ReadResultFiles(std::vector{a, b});
  EXPECT_EQ(all.rows.size(), 5);
  EXPECT_THAT(all.notes, IsEmpty());
  EXPECT_THAT(all.runs, ElementsAre(Pair("a", a), Pair("b", b)));
}

TEST_F(ResultReaderTest, CountsACopyOnce) {
  const std::string a = Write("a.csv", Rows("a", 3));
  const std::string copy = Copy(a, "renamed.csv");
  const ResultRows all = ReadResultFiles(std::vector{a, copy});
  EXPECT_EQ(all.rows, Rows("a", 3));
  EXPECT_THAT(all.notes, ElementsAre(copy + ": 3 rows stand in " + a +
                                     ", too, and count once"));
}

TEST_F(ResultReaderTest, NamesTheSameFile) {
  const std::string a = Write("a.csv", Rows("a", 3));
  const std::string link = folder_.File("link.csv");
  std::filesystem::create_symlink(a, link);
  const ResultRows all = ReadResultFiles(std::vector{a, link, a});
  EXPECT_EQ(all.rows.size(), 3);
  EXPECT_THAT(
      all.notes,
      ElementsAre(link + ": the same file as " + a + ": its 3 rows count once",
                  a + ": given twice: its 3 rows count once"));
}

TEST_F(ResultReaderTest, CountsWhatIsNewInACopyThatWasGoneOnWith) {
  // Either may come first: the one cut short, or the one resumed.
  const std::string whole = Write("whole.csv", Rows("a", 5));
  const std::string part = Write("part.csv", Rows("a", 2));
  for (const std::vector<std::string>& files :
       {std::vector{whole, part}, std::vector{part, whole}}) {
    const ResultRows all = ReadResultFiles(files);
    EXPECT_EQ(all.rows.size(), 5) << files[0];
    EXPECT_THAT(all.notes, ElementsAre(files[1] + ": 2 rows stand in " +
                                       files[0] + ", too, and count once"));
  }
}

TEST_F(ResultReaderTest, CountsRowsOnceThatOneFileHoldsTwice) {
  const std::string a = Write("a.csv", Rows("a", 2));
  const std::string text = ReadFile(a);
  WriteFile(a, text + text.substr(text.find('\n') + 1));
  ResultReader reader;
  const FileRows read = reader.Read(a);
  EXPECT_EQ(read.rows.size(), 2);
  EXPECT_EQ(read.repeated, 2);
  EXPECT_THAT(reader.notes(),
              ElementsAre(a + ": 2 rows stand in it twice and count once"));
}

TEST_F(ResultReaderTest, TellsRowsOfOneRunApart) {
  std::vector<Row> rows;
  Row row = Rows("a", 1).front();
  const auto add = [&rows, &row] { rows.push_back(row); };
  add();
  row.repetition = 1;
  add();
  row.attempt = 1;
  add();
  row.family = Family::kNoise;
  row.variant = "A";
  add();
  row.variant = "B";
  add();
  row.workers = 2;
  add();
  row.seed = 1;
  add();
  row.run_id = "b";
  add();
  const ResultRows all = ReadResultFiles(std::vector{Write("a.csv", rows)});
  EXPECT_EQ(all.rows, rows);
  EXPECT_THAT(all.notes, IsEmpty());
}

TEST_F(ResultReaderTest, TellsRowsWithoutARunApartByTheirTimes) {
  const std::vector<Row> rows = Rows("", 3);
  const std::string a = Write("a.csv", rows);
  Row other = rows.front();
  other.wall_s = 7;
  const std::string b = Write("b.csv", {rows.front(), other});
  const ResultRows all = ReadResultFiles(std::vector{a, b});
  EXPECT_EQ(all.rows.size(), 4);
  EXPECT_THAT(all.notes, ElementsAre(b + ": 1 row stands in " + a +
                                     ", too, and counts once"));
}

TEST_F(ResultReaderTest, KeepsRowsOfAFileThatLacksTheColumns) {
  const std::string file = folder_.File("old.csv");
  WriteFile(file,
            "schema_version,run_id,family,operation,n,batch,workers,"
            "blas_threads,status,wall_s\n"
            "1,a,Hybrid,gemm,64,8,1,1,ok,1.5\n"
            "1,a,Hybrid,gemm,64,8,1,1,ok,1.6\n");
  const ResultRows all = ReadResultFiles(std::vector{file}, SchemaPolicy::kAny);
  EXPECT_EQ(all.rows.size(), 2);
  EXPECT_THAT(all.notes, IsEmpty());
}

TEST_F(ResultReaderTest, GoesOnAfterAFileThatCannotBeRead) {
  const std::string a = Write("a.csv", Rows("a", 3));
  const std::string torn = Copy(a, "torn.csv");
  const std::string text = ReadFile(torn);
  WriteFile(torn, text.substr(0, text.size() - 3));
  ResultReader reader;
  EXPECT_THROW(reader.Read(torn), ResultsError);
  EXPECT_EQ(reader.Read(a).rows.size(), 3);
  EXPECT_THAT(reader.notes(), IsEmpty());
}

}  // namespace
}  // namespace hybrid
