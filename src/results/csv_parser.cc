#include "results/csv_parser.h"

#include <csv.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "results/csv_record.h"
#include "results/file_kind.h"
#include "results/record_reader.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

constexpr std::size_t kMaxPieceBytes = std::size_t{64} << 10;
constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 30;
constexpr std::size_t kParserGrowth = std::size_t{4} << 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

extern "C" {

static void OnField(void* text, std::size_t size, void* data) {
  CsvRecord& record = *static_cast<CsvRecord*>(data);
  if (record.error) return;
  try {
    record.AddField({static_cast<const char*>(text), size});
  } catch (...) {
    record.error = std::current_exception();
  }
}

static void OnRecord(int /*terminator*/, void* data) {
  CsvRecord& record = *static_cast<CsvRecord*>(data);
  if (record.error) return;
  try {
    record.End();
  } catch (...) {
    record.error = std::current_exception();
  }
}

/// libcsv strips "spaces" around fields; RFC 4180 says they are content.
static int IsSpace(unsigned char /*c*/) { return 0; }

}  // extern "C"

}  // namespace

class CsvParser::Impl {
 public:
  explicit Impl(SchemaPolicy policy) : record_(policy) {
    if (csv_init(&parser_, CSV_STRICT | CSV_APPEND_NULL) != 0) {
      throw ResultsError("libcsv failed to start");
    }
    csv_set_space_func(&parser_, IsSpace);
    csv_set_blk_size(&parser_, kParserGrowth);
  }
  ~Impl() { csv_free(&parser_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void Feed(std::string_view bytes) {
    if (!begun_) {
      const std::size_t missing =
          std::min(kFileKindBytes - start_.size(), bytes.size());
      start_ += bytes.substr(0, missing);
      bytes.remove_prefix(missing);
      if (start_.size() == kFileKindBytes) Begin();
    }
    if (begun_) FeedLines(bytes);
  }

  bool torn() const { return begun_ ? bytes_ > whole_bytes_ : !start_.empty(); }

  CsvContents Finish(TornEnd torn_end) {
    if (!begun_) Begin();
    if (!record_.rows.has_header() && !torn()) header_line_ = 1;
    if (torn() && torn_end == TornEnd::kRefuse) {
      // A quote at the very end may be a closing one.
      throw ResultsError(
          InQuotes() && last_ != '"'
              ? "the last line is torn: a quote is never closed"
              : "the last line is torn: it has no final newline");
    }
    if (torn() && !record_.rows.has_header()) {
      throw HeaderError("the header is torn: it has no final newline");
    }
    record_.rows.Finish();
    return {record_.rows.TakeRows(), whole_bytes_, std::move(row_ends_),
            torn()};
  }

  /// Where the record in hand begins.
  std::uint64_t record_line() const { return record_line_; }
  /// Where the header begins, behind any empty lines.
  std::uint64_t header_line() const { return header_line_; }

 private:
  void Begin();
  void FeedLines(std::string_view text);
  void CountBytes(std::size_t count);
  void Parse(std::string_view text);
  bool InQuotes() const { return parser_.quoted != 0; }

  csv_parser parser_{};
  CsvRecord record_;
  bool begun_ = false;
  std::string start_;  // what came before begun_
  std::uint64_t bytes_ = 0;
  std::uint64_t whole_bytes_ = 0;
  std::vector<std::uint64_t> row_ends_;
  char last_ = '\0';  // the last byte fed
  std::uint64_t line_ = 1;
  std::uint64_t record_line_ = 1;
  std::uint64_t header_line_ = 1;
};

void CsvParser::Impl::Begin() {
  begun_ = true;
  const std::string_view kind = ForeignKind(start_);
  if (!kind.empty()) throw HeaderError(std::string(kind));
  std::string_view text = start_;
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
    bytes_ = whole_bytes_ = kByteOrderMark.size();
  }
  FeedLines(text);
}

/// Feeds pieces that end with line ends, since libcsv doesn't tell where a
/// record ended.
void CsvParser::Impl::FeedLines(std::string_view text) {
  std::size_t at = 0;
  std::size_t newline = 0;  // the first one from `at` on, or the end
  while (at != text.size()) {
    if (newline <= at) newline = std::min(text.find('\n', at), text.size());
    const std::string_view rest = text.substr(at, kMaxPieceBytes);
    const std::string_view before = rest.substr(0, newline - at);
    const std::size_t content = std::min(before.find('\r'), before.size());
    const std::size_t length =
        std::min(rest.find_first_not_of("\r\n", content), rest.size());
    const bool whole_before = !torn();
    if (whole_before) record_line_ = line_;
    if (!record_.rows.has_header()) header_line_ = record_line_;
    CountBytes(length);
    const bool empty = whole_before && content == 0;
    const bool simple = whole_before && content > 0 && content < length &&
                        record_.AddSimple(rest.substr(0, content));
    if (!empty && !simple) Parse(rest.substr(0, length));
    if (content > 0) last_ = rest[content - 1];
    for (const char c : rest.substr(content, length - content)) {
      if (last_ != '\r' || c != '\n') ++line_;
      last_ = c;
    }
    if (content < length && !InQuotes()) {
      whole_bytes_ = bytes_;
      row_ends_.resize(record_.rows.rows(), bytes_);
    }
    at += length;
  }
}

void CsvParser::Impl::CountBytes(std::size_t count) {
  bytes_ += count;
  if (bytes_ > kMaxBytes) {
    throw ResultsError(
        "the file goes on after 1 GiB, which is more than this program holds "
        "in memory; split it");
  }
}

void CsvParser::Impl::Parse(std::string_view text) {
  const std::size_t used = csv_parse(&parser_, text.data(), text.size(),
                                     OnField, OnRecord, &record_);
  if (record_.error) std::rethrow_exception(record_.error);
  if (used != text.size()) {
    throw ResultsError(csv_error(&parser_) == CSV_EPARSE
                           ? "a quote where none may be"
                           : csv_strerror(csv_error(&parser_)));
  }
  // A field that no callback has seen yet may only grow so far.
  if (csv_get_buffer_size(&parser_) >
      CsvRecord::kMaxFieldBytes + 2 * kParserGrowth) {
    CsvRecord::ThrowLongField();
  }
}

CsvParser::CsvParser(SchemaPolicy policy)
    : impl_(std::make_unique<Impl>(policy)) {}

CsvParser::~CsvParser() = default;

bool CsvParser::torn() const { return impl_->torn(); }

namespace {

/// Calls `step` and adds the line to what it throws.
template <typename Impl, typename Step>
auto WithLine(const Impl& impl, Step step) {
  try {
    return step();
  } catch (const HeaderError& error) {
    throw CsvError(impl.header_line(), error.what());
  } catch (const SchemaError& error) {
    throw CsvError(impl.record_line(), error.what(), true);
  } catch (const ResultsError& error) {
    throw CsvError(impl.record_line(), error.what());
  }
}

}  // namespace

void CsvParser::Feed(std::string_view bytes) {
  WithLine(*impl_, [&] { impl_->Feed(bytes); });
}

CsvContents CsvParser::Finish(TornEnd torn_end) {
  return WithLine(*impl_, [&] { return impl_->Finish(torn_end); });
}

}  // namespace hybrid
