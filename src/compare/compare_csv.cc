#include "compare/compare_csv.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "key/key_text.h"

namespace hybrid {
namespace {

/// Behind the key.
constexpr std::string_view kHeader =
    "baseline_s,new_s,baseline_repetitions,new_repetitions,"
    "baseline_disturbed,new_disturbed,ratio,ratio_low,ratio_high,p,"
    "adjusted_p,noise_floor,threshold,verdict,reason,note\n";

/// RFC 4180.
std::string Field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string Field(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : "";
}

std::string Record(const ComparedConfiguration& c) {
  std::string record;
  ForEachKey(c.key, [&record](const KeyPart& part, const auto& field) {
    if (part.role != KeyRole::kSeed) record += Field(KeyValue(field)) + ',';
  });
  record +=
      fmt::format("{},{},{},{},{},{}", Field(c.baseline.median_s),
                  Field(c.now.median_s), c.baseline.samples.size(),
                  c.now.samples.size(), c.baseline.disturbed, c.now.disturbed);
  const auto bound = [&](double Interval::*end) {
    return c.interval ? std::optional((*c.interval).*end) : std::nullopt;
  };
  record +=
      fmt::format(",{},{},{},{},{},{},{},{},{},{}\n", Field(c.ratio),
                  Field(bound(&Interval::low)), Field(bound(&Interval::high)),
                  Field(c.p_value), Field(c.adjusted_p), Field(c.floor),
                  c.threshold, Name(c.change), Field(c.reason), Field(c.note));
  return record;
}

}  // namespace

std::string CompareCsv(const Comparison& comparison) {
  std::string text;
  const Key any;
  ForEachKey(any, [&text](const KeyPart& part, const auto&) {
    if (part.role != KeyRole::kSeed) text += fmt::format("{},", part.column);
  });
  text += kHeader;
  for (const ComparedConfiguration& c : comparison.configurations) {
    text += Record(c);
  }
  return text;
}

}  // namespace hybrid
