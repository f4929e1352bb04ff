#include "compare/compare_csv.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "key/key.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// The columns that follow those of the key.
constexpr std::string_view kColumnsBehindKey =
    "baseline_s,new_s,baseline_repetitions,new_repetitions,"
    "baseline_disturbed,new_disturbed,ratio,ratio_low,ratio_high,p,"
    "adjusted_p,noise_floor,threshold,verdict,reason,note\n";

/// `text` as a field, in quotes if it needs them (RFC 4180).
std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

/// `value` as a field, empty if there is none.
std::string CsvField(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : "";
}

/// `note` stands in the place of its own; without `has_split` the fields of the
/// split are empty.
std::string Record(const ComparedConfiguration& c, const std::string& note,
                   bool has_split) {
  std::string record;
  if (!c.name.empty()) record = CsvField(c.name) + ',';
  ForEachKey(c.key, [&](const KeyPart& part, const auto& field) {
    if (part.role == KeyRole::kSeed || !c.name.empty()) return;
    if (has_split || part.role != KeyRole::kSplit) {
      record += CsvField(KeyValue(field));
    }
    record += ',';
  });
  record +=
      fmt::format("{},{},{},{},{},{}", CsvField(c.baseline.median_s),
                  CsvField(c.now.median_s), c.baseline.samples.size(),
                  c.now.samples.size(), c.baseline.disturbed, c.now.disturbed);
  std::optional<double> low;
  std::optional<double> high;
  if (c.interval) {
    low = c.interval->low;
    high = c.interval->high;
  }
  record += fmt::format(",{},{},{},{},{},{},{},{},{},{}\n", CsvField(c.ratio),
                        CsvField(low), CsvField(high), CsvField(c.p_value),
                        CsvField(c.adjusted_p), CsvField(c.floor), c.threshold,
                        Name(c.change), CsvField(c.reason), CsvField(note));
  return record;
}

}  // namespace

std::string CompareCsv(const Comparison& comparison) {
  std::string text;
  const Key any;
  if (comparison.has_names()) text = "name,";
  ForEachKey(any, [&](const KeyPart& part, const auto&) {
    if (part.role != KeyRole::kSeed && !comparison.has_names())
      text += fmt::format("{},", part.column);
  });
  text += kColumnsBehindKey;
  for (const ComparedConfiguration& c : comparison.configurations) {
    text += Record(c, c.note, true);
  }
  for (const BestTime& best : comparison.best_times) {
    text += Record(best.times, "best split's time: " + BestsText(best), false);
  }
  return text;
}

}  // namespace hybrid
