// Feeds arbitrary bytes to the reader of result files (libFuzzer).

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/csv_parser.h"
#include "results/record_reader.h"
#include "results/results_error.h"
#include "results/row.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

struct Outcome {
  std::optional<CsvContents> contents;
  std::string error;
  std::uint64_t line = 0;
};

/// Reads `bytes`, fed in pieces of `piece` bytes.
Outcome Read(std::string_view bytes, SchemaPolicy policy, TornEnd torn_end,
             std::size_t piece) {
  Outcome outcome;
  try {
    CsvParser parser(policy);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      parser.Feed(bytes.substr(at, piece));
    }
    outcome.contents = parser.Finish(torn_end);
  } catch (const CsvError& error) {
    outcome.error = error.what();
    outcome.line = error.line();
    Check(!outcome.error.empty(), "an error has a cause");
    Check(outcome.error.find('\n') == std::string::npos, "it is one line");
    Check(outcome.line >= 1, "lines count from 1");
  }
  return outcome;
}

Outcome Read(std::string_view bytes, SchemaPolicy policy, TornEnd torn_end) {
  return Read(bytes, policy, torn_end, bytes.size() + 1);
}

void CheckPiecesDoNotMatter(std::string_view bytes, SchemaPolicy policy) {
  const Outcome whole = Read(bytes, policy, TornEnd::kLeaveOut);
  // Byte by byte nothing takes the short way of simple records.
  const Outcome bits = Read(bytes, policy, TornEnd::kLeaveOut, 1);
  Check(whole.contents.has_value() == bits.contents.has_value(),
        "pieces decide nothing");
  Check(whole.error == bits.error && whole.line == bits.line,
        "pieces don't change the error");
  if (!whole.contents) return;
  Check(whole.contents->rows == bits.contents->rows, "nor the rows");
  Check(whole.contents->whole_bytes == bits.contents->whole_bytes &&
            whole.contents->torn == bits.contents->torn,
        "nor where the file is whole");
}

void CheckRoundTrip(std::string_view bytes, SchemaPolicy policy) {
  const Outcome outcome = Read(bytes, policy, TornEnd::kRefuse);
  if (!outcome.contents) return;
  Check(!outcome.contents->torn, "a torn file is refused");
  std::string text = HeaderLine();
  for (const Row& row : outcome.contents->rows) AppendRecord(row, text);
  const Outcome again = Read(text, policy, TornEnd::kRefuse);
  Check(again.contents && again.contents->rows == outcome.contents->rows,
        "what is written reads as the same rows");
}

void CheckCut(std::string_view bytes) {
  const Outcome torn = Read(bytes, SchemaPolicy::kKnown, TornEnd::kLeaveOut);
  if (!torn.contents) return;
  const std::uint64_t whole = torn.contents->whole_bytes;
  Check(whole <= bytes.size(), "the whole part is part of the file");
  Check(torn.contents->torn == (whole < bytes.size()),
        "what isn't whole is torn");
  const Outcome cut =
      Read(bytes.substr(0, whole), SchemaPolicy::kKnown, TornEnd::kRefuse);
  Check(cut.contents && cut.contents->rows == torn.contents->rows,
        "the whole part reads as the same rows");
}

}  // namespace
}  // namespace hybrid

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using hybrid::SchemaPolicy;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const SchemaPolicy policy : {SchemaPolicy::kKnown, SchemaPolicy::kAny}) {
    hybrid::CheckPiecesDoNotMatter(bytes, policy);
    hybrid::CheckRoundTrip(bytes, policy);
  }
  hybrid::CheckCut(bytes);
  return 0;
}
