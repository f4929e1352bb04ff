#include "results/csv_reader.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
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

/// A regular file, read from its start.
class InputFile {
 public:
  explicit InputFile(const std::string& path)
      : path_(path), chunk_(kChunkBytes) {
    struct stat status {};
    file_ = OpenRegularFile(path, status);
    size_ = static_cast<std::uint64_t>(status.st_size);
  }

  /// When it was opened.
  std::uint64_t size() const { return size_; }

  /// At most `most` of the next bytes; none at the end of the file. Valid
  /// until the next call.
  std::string_view Read(std::uint64_t most) {
    ssize_t count = 0;
    do {
      count = read(file_.get(), chunk_.data(),
                   std::min<std::uint64_t>(most, chunk_.size()));
    } while (count < 0 && errno == EINTR);
    if (count < 0) ThrowFileError(path_, errno);
    return {chunk_.data(), static_cast<std::size_t>(count)};
  }

 private:
  std::string path_;
  UniqueFd file_;
  std::vector<char> chunk_;
  std::uint64_t size_ = 0;
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

[[noreturn]] void ThrowWithFile(const std::string& path,
                                const CsvError& error) {
  const std::string text =
      fmt::format("{}:{}: {}", path, error.line(), error.what());
  if (error.other_schema()) throw SchemaError(text);
  throw ResultsError(text);
}

CsvContents ReadContents(const std::string& path, SchemaPolicy policy,
                         TornEnd torn_end) {
  InputFile file(path);
  CsvParser parser(policy);
  try {
    FeedFile(file, parser);
    return parser.Finish(torn_end);
  } catch (const CsvError& error) {
    ThrowWithFile(path, error);
  }
}

}  // namespace

std::vector<Row> ReadCsv(const std::string& path, SchemaPolicy policy) {
  return ReadContents(path, policy, TornEnd::kRefuse).rows;
}

CsvContents ReadTornCsv(const std::string& path) {
  return ReadContents(path, SchemaPolicy::kKnown, TornEnd::kLeaveOut);
}

std::optional<Row> ReadFirstRow(const std::string& path) {
  InputFile file(path);
  CsvParser parser(SchemaPolicy::kKnown);
  try {
    parser.Feed(file.Read(kChunkBytes));
    const std::vector<Row> rows = parser.Finish(TornEnd::kLeaveOut).rows;
    return rows.empty() ? std::nullopt : std::optional(rows.front());
  } catch (const CsvError& error) {
    ThrowWithFile(path, error);
  }
}

}  // namespace hybrid
