#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "compare/output.h"

namespace hybrid {
namespace {

constexpr std::string_view kHeader =
    "family,operation,data,collect,pin,kernels_asked,n,batch,workers,"
    "blas_threads,baseline_s,new_s,baseline_repetitions,new_repetitions,"
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
  const Configuration& name = c.configuration;
  std::string record =
      fmt::format("{},{},{},{},{},{},{},{},{},{}", Field(name.family),
                  Field(name.operation), Field(name.data), Field(name.collect),
                  Field(name.pin), Field(name.kernels_asked), name.n,
                  name.batch, name.split.workers, name.split.blas_threads);
  record +=
      fmt::format(",{},{},{},{},{},{}", Field(c.baseline.median_s),
                  Field(c.now.median_s), c.baseline.samples.size(),
                  c.now.samples.size(), c.baseline.disturbed, c.now.disturbed);
  const auto bound = [&](double Interval::*end) {
    return c.interval ? std::optional((*c.interval).*end) : std::nullopt;
  };
  record += fmt::format(",{},{},{},{},{},{},{},{},{},{}\n", Field(c.ratio),
                        Field(bound(&Interval::low)),
                        Field(bound(&Interval::high)), Field(c.p_value),
                        Field(c.adjusted_p), Field(c.floor), c.threshold,
                        ChangeText(c.change), Field(c.reason), Field(c.note));
  return record;
}

}  // namespace

std::string CompareCsv(const Comparison& comparison) {
  std::string text(kHeader);
  for (const ComparedConfiguration& c : comparison.configurations) {
    text += Record(c);
  }
  return text;
}

}  // namespace hybrid
