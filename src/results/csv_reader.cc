#include "results/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "results/csv_parser.h"
#include "results/input_file.h"
#include "results/open_file.h"
#include "results/record_reader.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

constexpr std::size_t kChunkBytes = InputFile::kChunkBytes;

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

std::vector<Row> ReadCsv(InputFile file, SchemaPolicy policy) {
  return ReadContents(std::move(file), policy, TornEnd::kRefuse).rows;
}

std::vector<Row> ReadCsv(const std::string& path, SchemaPolicy policy) {
  return ReadCsv(InputFile(path), policy);
}

CsvContents ReadTornCsv(const std::string& path) {
  return ReadContents(InputFile(path, OpenRegularFile), SchemaPolicy::kKnown,
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
