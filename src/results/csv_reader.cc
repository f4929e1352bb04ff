#include "results/csv_reader.h"

#include <csv.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/unique_fd.h"
#include "results/record_reader.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 20;
constexpr std::size_t kParserGrowth = std::size_t{4} << 10;

/// What libcsv's callbacks fill. They are called from C, which no exception
/// may cross: the first one is kept, and what follows is ignored.
struct Parse {
  explicit Parse(SchemaPolicy policy) : records(policy) {}

  RecordReader records;
  std::vector<std::string> fields;
  std::uint64_t line = 1;         // where the next byte outside quotes stands
  std::uint64_t record_line = 1;  // where the record in hand begins
  std::exception_ptr error;
};

void AddField(Parse& parse, std::string_view text) {
  if (text.size() > kMaxFieldBytes) {
    throw ResultsError("a field is longer than 1 MiB");
  }
  if (parse.fields.size() <= RecordReader::kMaxFields) {
    parse.fields.emplace_back(text);
  }
  parse.line +=
      static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

void EndRecord(Parse& parse, int terminator) {
  // A line without fields is an empty one, or the LF of a CRLF.
  if (!parse.fields.empty()) parse.records.Add(parse.fields);
  parse.fields.clear();
  if (terminator == '\n') ++parse.line;
  parse.record_line = parse.line;
}

extern "C" {

static void OnField(void* text, std::size_t size, void* data) {
  Parse& parse = *static_cast<Parse*>(data);
  if (parse.error) return;
  try {
    AddField(parse, {static_cast<const char*>(text), size});
  } catch (...) {
    parse.error = std::current_exception();
  }
}

static void OnRecord(int terminator, void* data) {
  Parse& parse = *static_cast<Parse*>(data);
  if (parse.error) return;
  try {
    EndRecord(parse, terminator);
  } catch (...) {
    parse.error = std::current_exception();
  }
}

/// libcsv strips "spaces" around fields; RFC 4180 says they are content.
static int IsSpace(unsigned char /*c*/) { return 0; }

}  // extern "C"

/// Owns a libcsv parser and throws what its callbacks recorded.
class Parser {
 public:
  explicit Parser(SchemaPolicy policy) : parse(policy) {
    // REPALL_NL reports every line end, and so lets lines be counted.
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL |
                               CSV_REPALL_NL) != 0) {
      throw ResultsError("libcsv failed to start");
    }
    csv_set_space_func(&parser_, IsSpace);
    csv_set_blk_size(&parser_, kParserGrowth);
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void Feed(std::string_view text) {
    const std::size_t used = csv_parse(&parser_, text.data(), text.size(),
                                       OnField, OnRecord, &parse);
    if (parse.error) std::rethrow_exception(parse.error);
    if (used != text.size()) {
      throw ResultsError(csv_error(&parser_) == CSV_EPARSE
                             ? "a quote where none may be"
                             : csv_strerror(csv_error(&parser_)));
    }
    // A field that no callback has seen yet may only grow so far. The parser
    // never holds more than the longest field and one step of growth.
    if (csv_get_buffer_size(&parser_) > kMaxFieldBytes + 2 * kParserGrowth) {
      throw ResultsError("a field is longer than 1 MiB");
    }
  }

  /// Whether what was fed so far ends inside of quotes.
  bool InQuotes() const { return parser_.quoted != 0; }

  Parse parse;

 private:
  csv_parser parser_{};
};

[[noreturn]] void ThrowFileError(const std::string& path, int error) {
  throw ResultsError(
      fmt::format("{}: {}", path, std::generic_category().message(error)));
}

UniqueFd Open(const std::string& path) {
  // O_NONBLOCK so that a pipe without a writer is refused, not waited for.
  UniqueFd file(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!file.valid() || fstat(file.get(), &status) != 0) {
    ThrowFileError(path, errno);
  }
  if (S_ISDIR(status.st_mode)) ThrowFileError(path, EISDIR);
  if (!S_ISREG(status.st_mode)) {
    throw ResultsError(path + ": not a regular file");
  }
  return file;
}

/// Feeds the whole of `file` to `parser`, but for a torn end.
void ParseFile(int file, Parser& parser, CsvContents& contents) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::vector<char> chunk(kChunkBytes);
  std::uint64_t bytes = 0;  // fed so far
  for (;;) {
    const ssize_t count = read(file, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      throw ResultsError(std::generic_category().message(errno));
    }
    if (count == 0) break;
    std::string_view text(chunk.data(), static_cast<std::size_t>(count));
    if (bytes == 0 && text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
      text.remove_prefix(kByteOrderMark.size());
      bytes = contents.whole_bytes = kByteOrderMark.size();
    }
    // Line by line, since the parser doesn't tell where a record ended.
    while (!text.empty()) {
      const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
      parser.Feed(text.substr(0, length));
      bytes += length;
      if (text[length - 1] == '\n' && !parser.InQuotes()) {
        contents.whole_bytes = bytes;
        contents.row_ends.resize(parser.parse.records.rows(), bytes);
      }
      text.remove_prefix(length);
    }
  }
  contents.torn = bytes > contents.whole_bytes;
}

CsvContents Read(const std::string& path, SchemaPolicy policy, bool may_tear) {
  const UniqueFd file = Open(path);
  Parser parser(policy);
  CsvContents contents;
  try {
    ParseFile(file.get(), parser, contents);
    if (contents.torn && !may_tear) {
      throw ResultsError(
          parser.InQuotes() ? "the last line is torn: a quote is never closed"
                            : "the last line is torn: it has no final newline");
    }
    parser.parse.records.Finish();
  } catch (const HeaderError& error) {
    throw ResultsError(fmt::format("{}:1: {}", path, error.what()));
  } catch (const ResultsError& error) {
    throw ResultsError(
        fmt::format("{}:{}: {}", path, parser.parse.record_line, error.what()));
  }
  contents.rows = parser.parse.records.TakeRows();
  return contents;
}

}  // namespace

std::vector<Row> ReadCsv(const std::string& path, SchemaPolicy policy) {
  return Read(path, policy, false).rows;
}

CsvContents ReadTornCsv(const std::string& path) {
  return Read(path, SchemaPolicy::kKnown, true);
}

}  // namespace hybrid
