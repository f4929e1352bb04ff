#include "results/csv_reader.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.h"
#include "results/csv_parser.h"
#include "results/open_file.h"
#include "results/record_reader.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

/// What a stream has: nobody knows.
constexpr std::uint64_t kEndless = std::numeric_limits<std::uint64_t>::max();

/// A file or a stream, read on from where it stands.
class InputFile {
 public:
  using Open = UniqueFd (*)(const std::string& path, struct stat& status);

  InputFile(const std::string& path, Open open_file)
      : name_(InputName(path)), chunk_(kChunkBytes) {
    struct stat status {};
    file_ = open_file(path, status);
    if (!S_ISREG(status.st_mode)) return;
    // Somebody else may have read a part of standard input.
    const off_t read_before = lseek(file_.get(), 0, SEEK_CUR);
    size_ = static_cast<std::uint64_t>(
        std::max(off_t{0}, status.st_size - read_before));
  }

  /// What messages call it.
  const std::string& name() const { return name_; }
  /// How much it held when it was opened.
  std::uint64_t size() const { return size_; }

  /// At most `most` of the next bytes; none at the end of the file. Valid
  /// until the next call.
  std::string_view Read(std::uint64_t most) {
    ssize_t count = 0;
    do {
      count = read(file_.get(), chunk_.data(),
                   std::min<std::uint64_t>(most, chunk_.size()));
    } while (count < 0 && (errno == EINTR || (errno == EAGAIN && Await())));
    if (count < 0) ThrowFileError(name_, errno);
    return {chunk_.data(), static_cast<std::size_t>(count)};
  }

 private:
  /// Whoever shares standard input with us may have set O_NONBLOCK.
  bool Await() {
    pollfd readable{.fd = file_.get(), .events = POLLIN, .revents = 0};
    return poll(&readable, 1, -1) >= 0 || errno == EINTR;
  }

  std::string name_;
  UniqueFd file_;
  std::vector<char> chunk_;
  std::uint64_t size_ = kEndless;
};

void FeedFile(InputFile& file, CsvParser& parser) {
  for (std::uint64_t left = file.size(); left > 0;) {
    const std::string_view text = file.Read(left);
    if (text.empty()) return;
    left -= text.size();
    parser.Feed(text);
  }
  // A record that a run was just writing may have been finished meanwhile.
  while (parser.torn()) {
    std::string_view text = file.Read(kChunkBytes);
    if (text.empty()) return;
    while (!text.empty() && parser.torn()) {
      const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
      parser.Feed(text.substr(0, length));
      text.remove_prefix(length);
    }
  }
}

[[noreturn]] void ThrowWithFile(const InputFile& file, const CsvError& error) {
  const std::string text =
      fmt::format("{}:{}: {}", file.name(), error.line(), error.what());
  if (error.other_schema()) throw SchemaError(text);
  throw ResultsError(text);
}

CsvContents ReadContents(InputFile file, SchemaPolicy policy,
                         TornEnd torn_end) {
  CsvParser parser(policy);
  try {
    FeedFile(file, parser);
    return parser.Finish(torn_end);
  } catch (const CsvError& error) {
    ThrowWithFile(file, error);
  }
}

}  // namespace

std::vector<Row> ReadCsv(const std::string& path, SchemaPolicy policy) {
  return ReadContents({path, OpenInput}, policy, TornEnd::kRefuse).rows;
}

CsvContents ReadTornCsv(const std::string& path) {
  return ReadContents({path, OpenRegularFile}, SchemaPolicy::kKnown,
                      TornEnd::kLeaveOut);
}

std::optional<Row> ReadFirstRow(const std::string& path) {
  InputFile file(path, OpenRegularFile);
  CsvParser parser(SchemaPolicy::kKnown);
  try {
    parser.Feed(file.Read(kChunkBytes));
    const std::vector<Row> rows = parser.Finish(TornEnd::kLeaveOut).rows;
    return rows.empty() ? std::nullopt : std::optional(rows.front());
  } catch (const CsvError& error) {
    ThrowWithFile(file, error);
  }
}

}  // namespace hybrid
