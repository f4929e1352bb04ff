// Reads what is far too large in a process that may not grow: that memory is
// bounded is asserted by the kernel.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

#include "results/csv_parser.h"
#include "results/csv_reader.h"
#include "results/record_reader.h"
#include "results/row_format.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kMegabyte = std::uint64_t{1} << 20;
constexpr std::uint64_t kGigabyte = std::uint64_t{1} << 30;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kAddressSanitizer = true;
#elif defined(__has_feature)
constexpr bool kAddressSanitizer = __has_feature(address_sanitizer);
#else
constexpr bool kAddressSanitizer = false;
#endif

/// The address space in use.
std::uint64_t AddressSpace() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

/// Writes what `read` throws to `pipe` and ends the process.
[[noreturn]] void RunChild(const std::function<void()>& read,
                           std::uint64_t bytes, int pipe) {
  const rlim_t most = AddressSpace() + bytes;
  const rlimit limit{most, most};
  std::string message = "no error";
  if (setrlimit(RLIMIT_AS, &limit) != 0) message = "setrlimit failed";
  try {
    read();
  } catch (const std::exception& error) {
    message = error.what();
  }
  const ssize_t written = write(pipe, message.data(), message.size());
  _exit(written == static_cast<ssize_t>(message.size()) ? 0 : 1);
}

/// What `read` throws in a process that may take `bytes` of memory more.
std::string ErrorWithin(std::uint64_t bytes,
                        const std::function<void()>& read) {
  int ends[2];
  if (pipe(ends) != 0) return "pipe failed";
  const pid_t child = fork();
  if (child < 0) return "fork failed";
  if (child == 0) RunChild(read, bytes, ends[1]);
  close(ends[1]);
  std::string message(4096, '\0');
  const ssize_t count = ::read(ends[0], message.data(), message.size());
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (count <= 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return "the child died";
  }
  message.resize(static_cast<std::size_t>(count));
  return message;
}

class CsvBoundsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (kAddressSanitizer) GTEST_SKIP() << "needs address space of its own";
  }

  /// `text`, followed by a hole: NUL bytes up to 1 GiB.
  std::string ErrorOfSparse(std::string_view text) {
    WriteFile(path_, text);
    std::filesystem::resize_file(path_, kGigabyte);
    return ErrorWithin(16 * kMegabyte, [this] { ReadCsv(path_); });
  }

  /// `start`, followed by 1 GiB of `piece`s.
  static std::string ErrorOfEndless(const std::string& start,
                                    std::string_view piece) {
    std::string block;
    while (block.size() < kMegabyte) block += piece;
    return ErrorWithin(24 * kMegabyte, [&] {
      CsvParser parser(SchemaPolicy::kKnown);
      parser.Feed(start);
      for (std::uint64_t fed = 0; fed <= kGigabyte; fed += block.size()) {
        parser.Feed(block);
      }
      parser.Finish(TornEnd::kLeaveOut);
    });
  }

  TestFolder folder_;
  std::string path_ = folder_.File("a.csv");
  std::string header_ = HeaderLine();
};

TEST_F(CsvBoundsTest, TheLimitBites) {
  EXPECT_EQ(ErrorWithin(16 * kMegabyte,
                        [] { std::string(32 * kMegabyte, 'x').clear(); }),
            "std::bad_alloc");
}

TEST_F(CsvBoundsTest, OneGibibyteOfZeros) {
  EXPECT_THAT(ErrorOfSparse(""),
              HasSubstr(":1: not text: it begins with a NUL byte"));
  EXPECT_THAT(ErrorOfSparse(header_),
              HasSubstr(":2: a field is longer than 1 MiB"));
}

TEST_F(CsvBoundsTest, OneGibibyteWithoutALineEnd) {
  EXPECT_THAT(ErrorOfEndless("", "x"), HasSubstr("longer than 1 MiB"));
  EXPECT_THAT(ErrorOfEndless(header_ + "3,\"", "x\n"),
              HasSubstr("longer than 1 MiB"));
  EXPECT_THAT(ErrorOfEndless(header_ + "3", ",0"),
              HasSubstr("more than 256 fields where the header has"));
  EXPECT_THAT(ErrorOfEndless(header_ + "3,", std::string(100'000, 'x') + ','),
              HasSubstr("a record is longer than 4 MiB"));
}

TEST_F(CsvBoundsTest, LinesOfTenMegabytes) {
  const std::string ten(10 * kMegabyte, 'x');
  EXPECT_THAT(ErrorOfEndless(header_ + ten + '\n', "\n"),
              HasSubstr("longer than 1 MiB"));
  EXPECT_THAT(
      ErrorOfEndless(header_ + '3' + std::string(10 * kMegabyte, ','), "\n"),
      HasSubstr("more than 256 fields"));
}

TEST_F(CsvBoundsTest, OneGibibyteOfEmptyLines) {
  EXPECT_THAT(ErrorOfEndless(header_, "\n"),
              HasSubstr("the file goes on after 1 GiB"));
}

TEST_F(CsvBoundsTest, AsManyRowsAsThereMayBe) {
  const std::uint64_t free =
      static_cast<std::uint64_t>(sysconf(_SC_AVPHYS_PAGES)) *
      static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  if (free < 3 * kGigabyte) GTEST_SKIP() << "needs 3 GiB of memory";
  std::string record;
  Row row;
  row.n = row.batch = 1;
  AppendRecord(row, record);
  // The rows twice at most, while their array grows.
  EXPECT_EQ(ErrorWithin(3 * kGigabyte,
                        [&] {
                          CsvParser parser(SchemaPolicy::kKnown);
                          parser.Feed(header_);
                          for (std::size_t i = 0; i <= RecordReader::kMaxRows;
                               ++i) {
                            parser.Feed(record);
                          }
                        }),
            "more than 1000000 rows, which is more than this program holds in "
            "memory; split the file");
}

}  // namespace
}  // namespace hybrid
