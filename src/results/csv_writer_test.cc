#include "results/csv_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "base/test_errors.h"
#include "results/csv_reader.h"
#include "results/results_error.h"
#include "results/row_format.h"
#include "results/test_files.h"
#include "results/test_former.h"

namespace {

int syncs = 0;
int sync_error = 0;  ///< errno of the next ones, 0: they work

}  // namespace

/// In the place of the C library's: a disk that fails can't be made for real.
extern "C" int fdatasync(int fd) {
  ++syncs;
  errno = sync_error;
  return sync_error == 0 ? static_cast<int>(syscall(SYS_fdatasync, fd)) : -1;
}

namespace hybrid {
namespace {

using ::testing::HasSubstr;

TEST(CsvWriterTest, WritesTheHeaderAtOnce) {
  const TestFolder folder;
  const CsvWriter writer(folder.File("a.csv"));
  EXPECT_EQ(ReadFile(writer.path()), HeaderLine());
  EXPECT_EQ(writer.rows_written(), 0U);
  EXPECT_THAT(HeaderLine(),
              ::testing::StartsWith("schema_version,family,variant,"));
  EXPECT_THAT(HeaderLine(), ::testing::EndsWith(",error\n"));
}

TEST(CsvWriterTest, TheFolderGoesWithTheEmptyFile) {
  const TestFolder folder;
  const std::string results = folder.File("results");
  {
    CsvWriter writer(results + "/a.csv");
    writer.RemoveIfEmpty();
  }
  EXPECT_FALSE(std::filesystem::exists(results));
  CsvWriter first(results + "/a.csv");
  WriteFile(results + "/other", "kept");
  first.RemoveIfEmpty();
  EXPECT_TRUE(std::filesystem::exists(results + "/other"));
  EXPECT_FALSE(std::filesystem::exists(results + "/a.csv"));
}

TEST(CsvWriterTest, AllFoldersMadeForItGoWithTheEmptyFile) {
  const TestFolder folder;
  CsvWriter(folder.File("results/machine/a.csv")).RemoveIfEmpty();
  EXPECT_FALSE(std::filesystem::exists(folder.File("results")));
}

TEST(CsvWriterTest, ANameThatIsTakenGetsANumber) {
  const TestFolder folder;
  WriteFile(folder.File("a.csv"), "kept");
  const CsvWriter second(folder.File("a.csv"), CsvWriter::Name::kFree);
  const CsvWriter third(folder.File("a.csv"), CsvWriter::Name::kFree);
  EXPECT_EQ(second.path(), folder.File("a-2.csv"));
  EXPECT_EQ(third.path(), folder.File("a-3.csv"));
  EXPECT_EQ(ReadFile(folder.File("a-2.csv")), HeaderLine());
  EXPECT_EQ(ReadFile(folder.File("a.csv")), "kept");
}

/// The position behind the first `kept` bytes of `path`.
CsvPosition PositionOf(const std::string& path, off_t kept) {
  struct stat status {};
  EXPECT_EQ(stat(path.c_str(), &status), 0);
  return {status.st_dev, status.st_ino, status.st_size, kept};
}

TEST(CsvWriterTest, GoesOnBehindAPosition) {
  const TestFolder folder;
  const std::string path = folder.File("a.csv");
  Row row;
  std::string record;
  AppendRecord(row, record);
  WriteFile(path, HeaderLine() + record + "torn,");
  const auto kept = static_cast<off_t>(HeaderLine().size() + record.size());
  CsvWriter writer(path, PositionOf(path, kept));
  EXPECT_EQ(ReadFile(path), HeaderLine() + record + "torn,");
  writer.CutTail();
  EXPECT_EQ(ReadFile(path), HeaderLine() + record);
  writer.RemoveIfEmpty();
  EXPECT_EQ(ReadFile(path), HeaderLine() + record);
  writer.Append({&row, 1});
  EXPECT_EQ(ReadFile(path), HeaderLine() + record + record);
}

TEST(CsvWriterTest, WritesTheHeaderWhereNothingStays) {
  const TestFolder folder;
  const std::string path = folder.File("a.csv");
  WriteFile(path, "schema_ver");
  CsvWriter writer(path, PositionOf(path, 0));
  writer.CutTail();
  EXPECT_EQ(ReadFile(path), HeaderLine());
}

TEST(CsvWriterTest, DoesNotGoOnWithAFileThatChanged) {
  const TestFolder folder;
  const std::string path = folder.File("a.csv");
  WriteFile(path, HeaderLine());
  const CsvPosition position =
      PositionOf(path, static_cast<off_t>(HeaderLine().size()));
  const auto go_on = [&] { CsvWriter(path, position).CutTail(); };
  WriteFile(path, HeaderLine() + "x");
  EXPECT_THAT(MessageOf<ResultsError>(go_on), HasSubstr("a.csv was changed"));
  EXPECT_EQ(ReadFile(path), HeaderLine() + "x");
  // The old inode lives on, so that the new file's is another.
  std::filesystem::rename(path, folder.File("b.csv"));
  WriteFile(path, HeaderLine());
  EXPECT_THAT(MessageOf<ResultsError>(go_on), HasSubstr("a.csv was changed"));
}

TEST(CsvWriterTest, OneWriterAtATime) {
  const TestFolder folder;
  const std::string path = folder.File("a.csv");
  {
    const CsvWriter writer(path);
    const CsvPosition position =
        PositionOf(path, static_cast<off_t>(HeaderLine().size()));
    EXPECT_THAT(MessageOf<ResultsError>([&] { CsvWriter(path, position); }),
                HasSubstr("another bench is still writing it"));
    EXPECT_THAT(MessageOf<ResultsError>([&] { CsvWriter{path}; }),
                HasSubstr("another bench is still writing it"));
    EXPECT_EQ(ReadFile(path), HeaderLine());
  }
  EXPECT_NO_THROW(CsvWriter(
      path, PositionOf(path, static_cast<off_t>(HeaderLine().size()))));
}

TEST(CsvWriterTest, CreatesTheFolder) {
  const TestFolder folder;
  const CsvWriter writer(folder.File("results/a.csv"));
  EXPECT_EQ(ReadFile(folder.File("results/a.csv")), HeaderLine());
}

TEST(CsvWriterTest, WhatWasWrittenIsOnTheDisk) {
  const TestFolder folder;
  CsvWriter writer(folder.File("a.csv"));
  const Row row;
  const int before = syncs;
  writer.Append({&row, 1});
  EXPECT_EQ(syncs, before + 1);
}

TEST(CsvWriterTest, ADiskThatFailsOnlyWhenAskedIsAFailureToo) {
  const TestFolder folder;
  CsvWriter writer(folder.File("a.csv"));
  const Row row;
  sync_error = ENOSPC;
  const std::string message = MessageOf<std::system_error>([&] {
    writer.Append({&row, 1});
  });
  sync_error = 0;
  EXPECT_EQ(message, folder.File("a.csv") + ": No space left on device");
  EXPECT_EQ(ReadFile(folder.File("a.csv")), HeaderLine());
}

TEST(CsvWriterTest, ADeletedFileIsALoss) {
  const TestFolder folder;
  CsvWriter writer(folder.File("a.csv"));
  const Row row;
  writer.Append({&row, 1});
  std::filesystem::rename(folder.File("a.csv"), folder.File("b.csv"));
  EXPECT_NO_THROW(writer.Append({&row, 1}));
  std::filesystem::remove(folder.File("b.csv"));
  EXPECT_THAT(MessageOf<ResultsError>([&] {
                writer.Append({&row, 1});
              }),
              HasSubstr("a.csv was deleted while it was written"));
}

TEST(CsvWriterTest, QuotesAndLeavesAbsentFieldsEmpty) {
  const TestFolder folder;
  CsvWriter writer(folder.File("a.csv"));
  Row row;
  row.host = "a,\"b\"";
  row.wall_s = 0.1;
  row.gflops = std::numeric_limits<double>::infinity();
  row.oversubscribed = true;
  row.error = "two\nlines";
  writer.Append(std::vector{row});
  EXPECT_EQ(writer.rows_written(), 1U);
  EXPECT_EQ(
      ReadFile(writer.path()),
      HeaderLine() +
          "11,Hybrid,,gemm,,,,d,1,blis,fresh,none,library,auto,0,0,"
          "1,processes,1,1,0,"
          ",,\"a,\"\"b\"\"\",,,0,,,,,,,,0,0,,0,0,ok,,,,0.1,,,,,,,,,,,,,,,,"
          ",,,,,,,,,,,"
          ",,,,,,,,,,,,,,,,,0,0,1,,,,,,,,,,\"two\nlines\"\n");
}

TEST(CsvWriterTest, AFormerFileGetsTodaysColumnsAtOnce) {
  const TestFolder folder;
  const std::string path = folder.File("a.csv");
  std::vector<Row> rows(2);
  rows[0].n = rows[1].n = 4;
  rows[0].batch = rows[1].batch = 1;
  rows[1].flags = "--n=1,2 --batch='a \"b\"'";
  for (Row& row : rows) row.schema_version = 8;
  {
    CsvWriter writer(path);
    writer.Append(rows);
  }
  WriteFile(path, InColumnsOf(8, ReadFile(path)));
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  chmod(path.c_str(), 0640);
  CsvWriter writer(path, CsvPosition{.device = status.st_dev,
                                     .inode = status.st_ino,
                                     .size = status.st_size,
                                     .kept = status.st_size});
  EXPECT_THAT(ReadFile(path), ::testing::Not(::testing::HasSubstr("bound_s")));
  writer.Rewrite(rows);
  EXPECT_EQ(ReadCsv(path), rows);
  Row another;
  another.n = another.batch = 3;
  writer.Append(std::span(&another, 1));
  rows.push_back(another);
  EXPECT_EQ(ReadCsv(path), rows);
  EXPECT_TRUE(ReadFile(path).starts_with(HeaderLine()));
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
  // Nothing else is left, and nobody else can have it.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.File("")),
                          std::filesystem::directory_iterator()),
            1);
  EXPECT_THROW(CsvWriter other(path), ResultsError);
}

TEST(CsvWriterTest, RefusesAFileThatHoldsSomething) {
  const TestFolder folder;
  const std::string path = folder.File("a.csv");
  WriteFile(path, "precious");
  EXPECT_EQ(
      MessageOf<ResultsError>([&] { CsvWriter{path}; }),
      path + " exists and is not empty: choose another name or remove it");
  EXPECT_EQ(ReadFile(path), "precious");
}

TEST(CsvWriterTest, TakesAnEmptyFile) {
  const TestFolder folder;
  WriteFile(folder.File("a.csv"), "");
  EXPECT_EQ(CsvWriter(folder.File("a.csv")).rows_written(), 0U);
  EXPECT_EQ(ReadFile(folder.File("a.csv")), HeaderLine());
}

TEST(CsvWriterTest, NamesTheFileAndTheCause) {
  const TestFolder folder;
  EXPECT_EQ(MessageOf<std::system_error>([] { CsvWriter("/dev/full"); }),
            "/dev/full: No space left on device");
  EXPECT_EQ(MessageOf<std::system_error>([&] { CsvWriter(folder.File("")); }),
            folder.File("") + ": Is a directory");
  WriteFile(folder.File("file"), "");
  EXPECT_THAT(MessageOf<std::system_error>(
                  [&] { CsvWriter(folder.File("file/a.csv")); }),
              HasSubstr("file/a.csv: Not a directory"));
}

/// Limits the size of files while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

// The limit lets part of the rows through: the same as a disk that fills up.
void ExpectWholeLinesAtTheLimit() {
  const TestFolder folder;
  CsvWriter writer(folder.File("a.csv"));
  Row row;
  row.n = row.batch = 1;
  row.host = "first";
  writer.Append(std::vector{row});
  const std::string good = ReadFile(writer.path());
  const std::string path = writer.path();
  {
    const FileSizeLimit limit(good.size() + 100);
    const std::vector<Row> rows(5, row);
    EXPECT_EQ(MessageOf<std::system_error>([&] { writer.Append(rows); }),
              path + ": File too large");
  }
  EXPECT_EQ(ReadFile(path), good);
  EXPECT_EQ(writer.rows_written(), 1U);
  // Once there is room again, the run goes on.
  row.host = "second";
  writer.Append(std::vector{row});
  const std::vector<Row> rows = ReadCsv(path);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].host, "second");
}

TEST(CsvWriterTest, EndsAtAWholeLineWhenTheFileMayNotGrow) {
  ExpectWholeLinesAtTheLimit();  // SIGXFSZ would kill us
}

TEST(CsvWriterTest, EndsAtAWholeLineWhenTheSignalIsIgnored) {
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  ExpectWholeLinesAtTheLimit();
  std::signal(SIGXFSZ, before);
}

TEST(CsvWriterTest, RemovesAFileWhoseHeaderFailed) {
  const TestFolder folder;
  const FileSizeLimit limit(20);
  EXPECT_THAT(
      MessageOf<std::system_error>([&] { CsvWriter(folder.File("a.csv")); }),
      HasSubstr("a.csv: File too large"));
  EXPECT_FALSE(std::filesystem::exists(folder.File("a.csv")));
}

TEST(CsvWriterTest, RemoveIfEmptyKeepsRows) {
  const TestFolder folder;
  CsvWriter empty(folder.File("empty.csv"));
  empty.RemoveIfEmpty();
  EXPECT_FALSE(std::filesystem::exists(empty.path()));

  CsvWriter full(folder.File("full.csv"));
  full.Append(std::vector<Row>(1));
  full.RemoveIfEmpty();
  EXPECT_TRUE(std::filesystem::exists(full.path()));
}

}  // namespace
}  // namespace hybrid
