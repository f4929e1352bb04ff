#include "results/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/test_errors.h"
#include "results/csv_writer.h"
#include "results/results_error.h"
#include "results/row_format.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Gives every column of a row another value, so that no two can be swapped.
struct Fill {
  void operator()(const char* name, std::string& field) const { field = name; }
  void operator()(const char*, std::uint64_t& field) {
    field = std::numeric_limits<std::uint64_t>::max() - next++;
  }
  void operator()(const char*, bool& field) const { field = true; }
  template <Named Enum>
  void operator()(const char*, Enum& field) const {
    field = static_cast<Enum>(1);
  }
  template <typename T>
  void operator()(const char*, std::optional<T>& field) {
    field = static_cast<T>(++next) / T{3};
  }
  std::uint64_t next = 0;
};

/// A row with nothing but what no row can lack.
Row BareRow() {
  Row row;
  row.n = row.batch = 1;
  return row;
}

Row FullRow() {
  Row row;
  ForEachColumn(row, Fill());
  row.schema_version = kSchemaVersion;
  return row;
}

class CsvReaderTest : public ::testing::Test {
 protected:
  CsvReaderTest() { AppendRecord(FullRow(), record_); }

  void ExpectRoundTrip(const Row& row) {
    const TestFolder folder;
    CsvWriter writer(folder.File("a.csv"));
    writer.Append(std::vector{row, BareRow(), row});
    EXPECT_THAT(ReadCsv(writer.path()),
                ::testing::ElementsAre(row, BareRow(), row));
  }

  std::vector<Row> Read(std::string_view text) {
    WriteFile(path_, text);
    return ReadCsv(path_);
  }

  std::string ErrorOf(std::string_view text) {
    const std::string message = MessageOf<ResultsError>([&] { Read(text); });
    return message.starts_with(path_) ? message.substr(path_.size()) : message;
  }

  /// The record with the field of `column` replaced.
  std::string With(std::string_view column, std::string_view text) {
    std::string record;
    Row row = FullRow();
    ForEachColumn(row, [&](std::string_view name, auto& field) {
      if (!record.empty()) record += ',';
      if (name == column) {
        record += text;
      } else if constexpr (std::is_same_v<decltype(field), std::string&>) {
        record += field;
      } else if constexpr (Named<std::decay_t<decltype(field)>>) {
        record += Name(field);
      } else {
        record += name == "schema_version" ? version_ : "1";
      }
    });
    return record + '\n';
  }

  TestFolder folder_;
  std::string path_ = folder_.File("a.csv");
  const std::string version_ = std::to_string(kSchemaVersion);
  std::string header_ = HeaderLine();
  std::string record_;
};

TEST_F(CsvReaderTest, RoundTripsEveryColumn) { ExpectRoundTrip(FullRow()); }

TEST_F(CsvReaderTest, RoundTripsAwkwardStrings) {
  for (const char* text :
       {" leading and trailing ", ",", "\"", "\"\"", "a\"b", "line\nline\r\n",
        "\r", "\n", "tab\t", "×", "\xEF\xBB\xBF", "'", ";", "NULL"}) {
    Row row = FullRow();
    row.run_id = row.host = row.blas_version = row.error = text;
    ExpectRoundTrip(row);
  }
  Row row = BareRow();
  row.host = std::string("a\0b", 3);
  row.error = std::string(std::size_t{1} << 20, 'x');
  ExpectRoundTrip(row);
}

TEST_F(CsvReaderTest, RoundTripsExtremeNumbers) {
  using Limits = std::numeric_limits<double>;
  for (const double number :
       {0.0, -0.0, 0.1, 1.0 / 3, Limits::max(), Limits::lowest(), Limits::min(),
        Limits::denorm_min(), Limits::epsilon(), 1e300, 9007199254740993.0}) {
    Row row = FullRow();
    row.wall_s = number;
    row.seed = std::numeric_limits<std::uint64_t>::max();
    ExpectRoundTrip(row);
  }
}

TEST_F(CsvReaderTest, AcceptsWhatOtherProgramsMakeOfIt) {
  EXPECT_EQ(Read("\xEF\xBB\xBF" + header_ + record_).size(), 1U);
  std::string crlf;
  for (const char c : header_ + record_ + record_) {
    if (c == '\n') crlf += '\r';
    crlf += c;
  }
  EXPECT_EQ(Read(crlf), (std::vector{FullRow(), FullRow()}));
  EXPECT_TRUE(Read(header_).empty());
}

TEST_F(CsvReaderTest, RefusesRowsOfNothing) {
  for (const std::string column : {"n", "batch", "workers", "blas_threads"}) {
    EXPECT_EQ(
        ErrorOf(header_ + record_ + With(column, "0")),
        ":3: column " + column + ": 0, where a measurement has at least 1");
  }
  EXPECT_EQ(Read(header_ + With("seed", "0")).size(), 1U);
}

TEST_F(CsvReaderTest, OnlyACommandNeedsNoN) {
  Row row = FullRow();
  row.operation = kCommandOperation;
  row.n = 0;
  ExpectRoundTrip(row);
  row.batch = 0;
  std::string record;
  AppendRecord(row, record);
  EXPECT_EQ(ErrorOf(header_ + record),
            ":2: column batch: 0, where a measurement has at least 1");
}

TEST_F(CsvReaderTest, FindsColumnsByName) {
  std::string header = header_;
  header.replace(header.find("run_id,time_utc"), 15, "time_utc,run_id");
  EXPECT_EQ(Read(header + record_).at(0).run_id, "time_utc");
}

TEST_F(CsvReaderTest, ReadsFilesLongerThanAChunk) {
  std::string text = header_;
  for (int i = 0; i < 3000; ++i) text += record_;
  EXPECT_EQ(Read(text), std::vector<Row>(3000, FullRow()));
}

TEST_F(CsvReaderTest, RefusesWhatIsNoFile) {
  const auto error_of = [](const std::string& path) -> std::string {
    try {
      ReadCsv(path);
    } catch (const ResultsError& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_THAT(error_of(folder_.File("missing.csv")),
              EndsWith("missing.csv: No such file or directory"));
  EXPECT_THAT(error_of(folder_.File("")), EndsWith(": Is a directory"));
}

TEST_F(CsvReaderTest, APipeIsReadOnceToItsEnd) {
  const std::string pipe = folder_.File("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::string text = header_;
  for (int i = 0; i < 3000; ++i) text += record_;
  std::thread writer([&] { WriteFile(pipe, text); });
  EXPECT_EQ(ReadCsv(pipe), std::vector<Row>(3000, FullRow()));
  writer.join();
}

TEST_F(CsvReaderTest, TheStartOfAPipeIsNotTakenFromItsReader) {
  ASSERT_EQ(mkfifo(folder_.File("pipe").c_str(), 0600), 0);
  EXPECT_THAT(
      MessageOf<ResultsError>([&] { ReadFirstRow(folder_.File("pipe")); }),
      EndsWith("pipe: not a regular file"));
}

TEST_F(CsvReaderTest, RefusesEmptyFiles) {
  EXPECT_EQ(ErrorOf(""), ":1: the file is empty");
  EXPECT_EQ(ErrorOf("\xEF\xBB\xBF"), ":1: the file is empty");
  EXPECT_EQ(ErrorOf("\n\n"), ":1: the file is empty");
}

TEST_F(CsvReaderTest, RefusesOtherHeaders) {
  std::string header = header_;
  EXPECT_EQ(ErrorOf(header.replace(header.find("wall_s"), 6, "walls")),
            ":1: not this program's header: column wall_s is missing");
  header = header_;
  header.insert(header.size() - 1, ",extra");
  EXPECT_EQ(ErrorOf(header + record_),
            ":1: not this program's header: unknown column 'extra'");
  header = header_;
  header.insert(header.size() - 1, ",n");
  EXPECT_EQ(ErrorOf(header),
            ":1: not this program's header: column n is there twice");
  EXPECT_EQ(ErrorOf("name,value\na,1\n"),
            ":1: not this program's header: column schema_version is missing");
}

TEST_F(CsvReaderTest, NamesTheSchemaVersionBeforeItsColumns) {
  EXPECT_EQ(ErrorOf("schema_version,other\n12,1\n"),
            ":2: schema_version is '12'; this program reads 2 to 11");
  EXPECT_EQ(ErrorOf(header_ + record_ + With("schema_version", "12")),
            ":3: schema_version is '12'; this program reads 2 to 11");
}

TEST_F(CsvReaderTest, ReadsTheVersionBeforeWithoutItsNewColumns) {
  const std::vector<Row> rows = ReadCsv(HYBRID_EXAMPLES "/version-2.csv");
  ASSERT_EQ(rows.size(), 264U);
  EXPECT_EQ(rows[0].schema_version, 2U);
  EXPECT_EQ(rows[0].run_id, "e656d1ea-8ddf-468b-b890-7e8476640021");
  EXPECT_EQ(rows[0].machine_id, "");
  EXPECT_EQ(rows[0].blas_threading, "none");
  // But version 3 has to have them.
  std::string text = ReadFile(HYBRID_EXAMPLES "/version-2.csv");
  for (std::size_t at = 0; (at = text.find("\n2,", at)) != std::string::npos;) {
    text[++at] = '3';
  }
  EXPECT_EQ(ErrorOf(text),
            ":1: not this program's header: column machine_id is missing");
}

/// What a file of an older version held: without the columns that came later,
/// and with family and variant as one.
std::string OlderFile(std::uint64_t version,
                      const std::vector<std::string>& families) {
  std::string header;
  std::string records;
  for (std::size_t i = 0; i <= families.size(); ++i) {
    std::string line;
    const Row row;
    ForEachColumn(row, [&](std::string_view name, const auto& field) {
      for (const LaterColumn& later : kLaterColumns) {
        if (later.name == name && later.since > version) return;
      }
      line += line.empty() ? "" : ",";
      if (i == 0) {
        line += name;
      } else if (name == "schema_version") {
        line += std::to_string(version);
      } else if (name == "family") {
        line += families[i - 1];
      } else if constexpr (std::is_same_v<decltype(field),
                                          const std::uint64_t&>) {
        line += "1";
      } else if constexpr (std::is_same_v<decltype(field), const bool&>) {
        line += "0";
      } else if constexpr (Named<std::decay_t<decltype(field)>>) {
        line += Name(field);
      }
    });
    (i == 0 ? header : records) += line + '\n';
  }
  return header + records;
}

TEST_F(CsvReaderTest, OlderFamiliesAreReadAsFamilyAndVariant) {
  for (const std::uint64_t version : {2U, 3U}) {
    const std::vector<Row> rows =
        Read(OlderFile(version, {"Hybrid", "Noise/A", "Noise/B",
                                 "Tutorial/processes", "Overhead/gate"}));
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[0].schema_version, version);
    EXPECT_EQ(rows[0].family, Family::kHybrid);
    EXPECT_EQ(rows[0].variant, "");
    EXPECT_EQ(rows[1].family, Family::kNoise);
    EXPECT_EQ(rows[1].variant, "A");
    EXPECT_EQ(rows[2].variant, "B");
    EXPECT_EQ(rows[3].family, Family::kTutorial);
    EXPECT_EQ(rows[3].variant, "processes");
    EXPECT_EQ(rows[4].family, Family::kOverhead);
    EXPECT_EQ(rows[4].variant, "gate");
    EXPECT_EQ(ErrorOf(OlderFile(version, {"Hybrid", "Hybird/A"})),
              ":3: column family: 'Hybird' is not one of Hybrid, Noise, "
              "Overhead, Tutorial, Hosts");
  }
}

TEST_F(CsvReaderTest, WhatAVersionLacksIsNotKnown) {
  const std::vector<Row> rows = Read(OlderFile(7, {"Hybrid"}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].verified_by, "");
  EXPECT_EQ(rows[0].libraries, "");
  EXPECT_FALSE(rows[0].peak_memory_bytes);
}

TEST_F(CsvReaderTest, WhatWasMeasuredBeforeHostsWasOnOne) {
  const std::vector<Row> rows = Read(OlderFile(9, {"Hybrid"}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].host_count, 1U);
  EXPECT_EQ(rows[0].split().host_count, 1U);
  EXPECT_FALSE(rows[0].gate_s);
  EXPECT_FALSE(rows[0].agent_cpu_s);
}

TEST_F(CsvReaderTest, WhatWasMeasuredBeforeSharingWasDoesNotTellIt) {
  EXPECT_EQ(Read(OlderFile(10, {"Hybrid"})).at(0).sharing, "");
  EXPECT_EQ(
      Read(header_ + With("sharing", "\"an L2 each, one L3\"")).at(0).sharing,
      "an L2 each, one L3");
  std::string text = OlderFile(10, {"Hybrid"});
  text.replace(text.find("\n10,"), 4, "\n11,");
  EXPECT_EQ(ErrorOf(text),
            ":1: not this program's header: column batch_min_s is missing");
}

TEST_F(CsvReaderTest, NothingIsMeasuredOnNoHost) {
  EXPECT_EQ(ErrorOf(header_ + With("host_count", "0")),
            ":2: column host_count: 0, where a measurement has at least 1");
}

TEST_F(CsvReaderTest, TheVersionOfVariantHasToHaveIt) {
  std::string text = OlderFile(3, {"Hybrid"});
  text.replace(text.find("\n3,"), 3, "\n4,");
  EXPECT_EQ(ErrorOf(text),
            ":1: not this program's header: column variant is missing");
}

TEST_F(CsvReaderTest, NamesTheColumnOfAnUnknownName) {
  EXPECT_EQ(
      ErrorOf(header_ + With("status", "fine")),
      ":2: column status: 'fine' is not one of ok, capped, error, skipped");
  EXPECT_EQ(ErrorOf(header_ + record_ + With("family", "Noise/A")),
            ":3: column family: 'Noise/A' is not one of Hybrid, Noise, "
            "Overhead, Tutorial, Hosts");
  EXPECT_EQ(ErrorOf(header_ + With("data", "Hot")),
            ":2: column data: 'Hot' is not one of fresh, hot, resident");
  EXPECT_EQ(ErrorOf(header_ + With("collect", "")),
            ":2: column collect: '' is not one of none, shared");
  EXPECT_EQ(ErrorOf(header_ + With("pin", "\"a\nb\"")),
            ":2: column pin: 'a?b' is not one of auto, cores, none");
}

TEST_F(CsvReaderTest, ReadsAnySchemaIfAsked) {
  WriteFile(path_,
            "wall_s,extra,family,operation,n,batch,workers,blas_threads,status,"
            "schema_version\n0.5,x,Hybrid,gemm,64,8,2,1,ok,9\n");
  const std::vector<Row> rows = ReadCsv(path_, SchemaPolicy::kAny);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].wall_s, 0.5);
  EXPECT_EQ(rows[0].workers, 2U);
  EXPECT_EQ(rows[0].schema_version, 9U);
  EXPECT_EQ(rows[0].host, "");
  WriteFile(path_, "family,operation,n\nHybrid,gemm,64\n");
  EXPECT_THROW(ReadCsv(path_, SchemaPolicy::kAny), ResultsError);
}

TEST_F(CsvReaderTest, FindsWhereATornFileWasWhole) {
  const std::string whole = header_ + record_ + With("host", "\"a\nb\"");
  for (const std::string& torn :
       {std::string(), version_, version_ + ",run", version_ + ",\"a\nb",
        version_ + ",\"a\n", std::string(7, '\0')}) {
    WriteFile(path_, whole + torn);
    const CsvContents contents = ReadTornCsv(path_);
    EXPECT_EQ(contents.rows.size(), 2U);
    EXPECT_EQ(contents.whole_bytes, whole.size());
    EXPECT_EQ(contents.torn, !torn.empty());
    EXPECT_EQ(contents.row_ends,
              (std::vector<std::uint64_t>{header_.size() + record_.size(),
                                          whole.size()}));
  }
}

TEST_F(CsvReaderTest, RefusesAWrongNumberOfFields) {
  const std::size_t count = ColumnNames().size();
  const std::string expected =
      " fields where the header has " + std::to_string(count);
  EXPECT_EQ(ErrorOf(header_ + record_ + version_ + ",2\n"), ":3: 2" + expected);
  EXPECT_EQ(ErrorOf(header_ + version_ + std::string(count, ',') + "\n"),
            ":2: " + std::to_string(count + 1) + expected);
  EXPECT_EQ(ErrorOf(header_ + version_ + std::string(100000, ',') + "\n"),
            ":2: more than 256" + expected);
}

TEST_F(CsvReaderTest, NamesTheColumnOfABadNumber) {
  EXPECT_EQ(ErrorOf(header_ + With("n", "abc")),
            ":2: column n: 'abc' is not a whole number");
  EXPECT_EQ(ErrorOf(header_ + With("n", "")),
            ":2: column n: '' is not a whole number");
  EXPECT_EQ(ErrorOf(header_ + With("seed", "18446744073709551616")),
            ":2: column seed: '18446744073709551616' is not a whole number");
  EXPECT_EQ(ErrorOf(header_ + With("oversubscribed", "yes")),
            ":2: column oversubscribed: 'yes' is not 0 or 1");
  for (const char* bad : {"nan", "-nan", "inf", "-inf", "infinity", "1e999",
                          "1.5x", "0x10", "1 ", " 1", "1;5"}) {
    EXPECT_THAT(ErrorOf(header_ + With("wall_s", bad)),
                HasSubstr("column wall_s: '" + std::string(bad) +
                          "' is not a finite number"));
  }
  EXPECT_EQ(ErrorOf(header_ + With("n", "\"1\n2" + std::string(50, '3') + '"')),
            ":2: column n: '1?2" + std::string(37, '3') +
                "...' is not a whole number");
}

TEST_F(CsvReaderTest, CountsLinesInsideQuotes) {
  EXPECT_THAT(ErrorOf(header_ + With("host", "\"a\nb\"") + With("n", "x")),
              StartsWith(":4: "));
}

TEST_F(CsvReaderTest, RefusesATornLastLine) {
  std::string torn = header_ + record_ + record_;
  torn.pop_back();
  EXPECT_EQ(ErrorOf(torn),
            ":3: the last line is torn: it has no final newline");
  EXPECT_EQ(ErrorOf(header_ + record_ + version_ + ",\"half\n"),
            ":3: the last line is torn: a quote is never closed");
  EXPECT_EQ(ErrorOf("schema_ver"),
            ":1: the last line is torn: it has no final newline");
}

TEST_F(CsvReaderTest, RefusesMisplacedQuotes) {
  EXPECT_EQ(ErrorOf(header_ + With("host", "a\"b")),
            ":2: a quote where none may be");
  EXPECT_EQ(ErrorOf(header_ + With("host", "\"a\"b")),
            ":2: a quote where none may be");
}

TEST_F(CsvReaderTest, RefusesEndlessFields) {
  const std::string megabyte(std::size_t{1} << 20, 'x');
  const std::string expected =
      ":2: a field is longer than 1 MiB (is a quote not closed?)";
  EXPECT_EQ(ErrorOf(header_ + With("host", megabyte + 'x')), expected);
  EXPECT_EQ(ErrorOf(header_ + '"' + megabyte + megabyte), expected);
}

TEST_F(CsvReaderTest, RefusesEndlessRecords) {
  const std::string megabyte(std::size_t{1} << 20, 'x');
  std::string record = version_;
  for (int i = 0; i < 5; ++i) record += ',' + megabyte;
  EXPECT_EQ(ErrorOf(header_ + record), ":2: a record is longer than 4 MiB");
  EXPECT_EQ(ErrorOf(std::string(300, ',') + '\n'),
            ":1: not this program's header: more than 256 columns");
}

TEST_F(CsvReaderTest, ReadsCarriageReturnsAsLineEnds) {
  std::string text = header_ + record_ + With("host", "\"a\nb\"");
  std::replace(text.begin(), text.end(), '\n', '\r');
  const std::vector<Row> rows = Read(text);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].host, "a\rb");
  std::string bad = With("n", "x");
  bad.back() = '\r';
  EXPECT_THAT(ErrorOf(text + bad), StartsWith(":5: column n"));
  text.pop_back();
  EXPECT_EQ(ErrorOf(text),
            ":3: the last line is torn: it has no final newline");
}

TEST_F(CsvReaderTest, CountsEmptyLinesButReadsPastThem) {
  EXPECT_EQ(Read("\n\r\n" + header_ + "\n\n" + record_ + "\n\r\n\r\r").size(),
            1U);
  EXPECT_THAT(ErrorOf("\n\r\n" + header_ + "\r\n\r" + With("n", "x")),
              StartsWith(":6: column n"));
  EXPECT_THAT(ErrorOf("\n\r\nname,value\n"),
              StartsWith(":3: not this program's header"));
}

TEST_F(CsvReaderTest, SaysWhatKindOfFileItIsInstead) {
  using std::string_literals::operator""s;
  const auto wide = [this](bool little) {
    std::string text;
    for (const char c : header_) {
      text += little ? std::string{c, '\0'} : std::string{'\0', c};
    }
    return text;
  };
  for (const std::string& utf16 : {"\xFF\xFE" + wide(true), wide(true),
                                   "\xFE\xFF" + wide(false), wide(false)}) {
    EXPECT_EQ(ErrorOf(utf16), ":1: UTF-16 text, not UTF-8: save it as UTF-8");
  }
  EXPECT_EQ(ErrorOf("\x1F\x8B\x08\0\0\0\0\0\0"s),
            ":1: compressed with gzip: unpack it first (gunzip)");
  EXPECT_EQ(ErrorOf("\x28\xB5\x2F\xFD$"),
            ":1: compressed with zstd: unpack it first (unzstd)");
  EXPECT_THAT(ErrorOf("PK\x03\x04\n"), HasSubstr("a spreadsheet, not CSV"));
  EXPECT_EQ(ErrorOf("{\n  \"context\": {\n"),
            ":1: JSON, not CSV: --csv writes the file that is read here");
  EXPECT_EQ(ErrorOf("<!DOCTYPE html>\n"), ":1: HTML or XML, not CSV");
  EXPECT_EQ(ErrorOf("\0\0\0"s), ":1: not text: it begins with a NUL byte");
}

TEST_F(CsvReaderTest, NamesAHeaderInTheMiddle) {
  const std::string expected =
      "the header again: these are two files in one; give them one by one";
  EXPECT_EQ(ErrorOf(header_ + record_ + header_ + record_), ":3: " + expected);
  EXPECT_EQ(ErrorOf(header_ + record_ + "\xEF\xBB\xBF" + header_),
            ":3: " + expected);
  const std::string other = ReadFile(HYBRID_EXAMPLES "/version-2.csv");
  EXPECT_EQ(ErrorOf(header_ + record_ + other), ":3: " + expected);
  EXPECT_EQ(ErrorOf(other + header_ + record_), ":266: " + expected);
  const std::string essential =
      "family,operation,n,batch,workers,blas_threads,status,wall_s\n";
  WriteFile(path_, essential + "Hybrid,gemm,64,8,2,1,ok,0.5\n" + essential);
  try {
    ReadCsv(path_, SchemaPolicy::kAny);
    ADD_FAILURE();
  } catch (const ResultsError& error) {
    EXPECT_EQ(error.what(), path_ + ":3: " + expected);
  }
}

TEST_F(CsvReaderTest, ExplainsHeadersOfOtherPrograms) {
  const std::string start = ":1: not this program's header: ";
  std::string header = header_;
  std::replace(header.begin(), header.end(), ',', ';');
  EXPECT_EQ(ErrorOf(header),
            start + "its columns are separated by semicolons, not by commas");
  std::replace(header.begin(), header.end(), ';', '\t');
  EXPECT_EQ(ErrorOf(header),
            start + "its columns are separated by tabs, not by commas");
  header = header_;
  header.insert(header.find(",wall_s") + 7, "  ");
  EXPECT_EQ(ErrorOf(header),
            start + "column 'wall_s  ' has spaces around its name");
}

TEST_F(CsvReaderTest, ShowsAnExcerptOfOverlongNumbers) {
  const std::string digits(100'000, '7');
  EXPECT_EQ(
      ErrorOf(header_ + With("n", digits)),
      ":2: column n: '" + std::string(40, '7') + "...' is not a whole number");
  EXPECT_EQ(ErrorOf(header_ + With("wall_s", digits)),
            ":2: column wall_s: '" + std::string(40, '7') +
                "...' is not a finite number");
  EXPECT_EQ(Read(header_ + With("wall_s", "0." + digits)).at(0).wall_s, 7. / 9);
  EXPECT_EQ(ErrorOf(header_ + With("n", std::string("1\0", 2))),
            ":2: column n: '1?' is not a whole number");
}

/// Appends `rows` records to the file, a few bytes at a time.
void WriteSlowly(const std::string& path, const std::string& record, int rows) {
  std::ofstream file(path, std::ios::app);
  for (int i = 0; i < rows; ++i) {
    for (std::size_t at = 0; at < record.size(); at += 64) {
      file << record.substr(at, 64) << std::flush;
    }
  }
}

TEST_F(CsvReaderTest, ReadsAFileThatGrowsUpToWhereItWas) {
  constexpr int kRows = 1000;
  WriteFile(path_, header_);
  std::thread writer(WriteSlowly, path_, record_, kRows);
  std::size_t before = 0;
  while (before < kRows) {
    const CsvContents contents = ReadTornCsv(path_);
    EXPECT_EQ(contents.whole_bytes,
              header_.size() + contents.rows.size() * record_.size());
    EXPECT_GE(contents.rows.size(), before);
    before = contents.rows.size();
    for (const Row& row : contents.rows) EXPECT_EQ(row, FullRow());
  }
  writer.join();
  EXPECT_EQ(ReadCsv(path_).size(), std::size_t{kRows});
}

}  // namespace
}  // namespace hybrid
