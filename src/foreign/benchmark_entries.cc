#include "foreign/benchmark_entries.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "foreign/json_members.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

struct TimeUnit {
  std::string_view name;
  double per_second;
};
constexpr std::array kTimeUnits = {TimeUnit{"ns", 1e9}, TimeUnit{"us", 1e6},
                                   TimeUnit{"ms", 1e3}, TimeUnit{"s", 1}};

constexpr std::size_t kMostOfName = 100;

void AddRepetition(const JsonObject& entry, MeasuredBenchmark& benchmark) {
  if (IsTrueIn(entry, "error_occurred")) {
    const std::string message = TextIn(entry, "error_message");
    KeepFirst(message.empty() ? "an error without a message" : message,
              benchmark.error);
    return;
  }
  if (IsTrueIn(entry, "skipped")) {
    const std::string message = TextIn(entry, "skip_message");
    KeepFirst(message.empty() ? "without a message" : message,
              benchmark.skip_message);
    return;
  }
  const std::optional<double> time = NumberIn(entry, "real_time");
  const auto unit =
      std::find_if(kTimeUnits.begin(), kTimeUnits.end(),
                   [name = TextIn(entry, "time_unit")](const TimeUnit& one) {
                     return one.name == name;
                   });
  if (unit == kTimeUnits.end()) {
    throw FormatError(fmt::format("'{}' has no time_unit of ns, us, ms or s",
                                  Excerpt(benchmark.name, kMostOfName)));
  }
  if (!time || !std::isfinite(*time) || *time <= 0) {
    KeepFirst("a repetition has no real_time above 0", benchmark.error);
    return;
  }
  benchmark.real_times_s.push_back(*time / unit->per_second);
}

}  // namespace

void BenchmarkEntries::Add(const JsonObject& entry) {
  const std::string run_type = TextIn(entry, "run_type");
  std::string name = OneLine(TextIn(entry, "run_name"));
  if (name.empty()) name = OneLine(TextIn(entry, "name"));
  if (name.empty()) throw FormatError("a benchmark has no name");
  if (!is_wanted_(name)) return;
  if (run_type == "aggregate") {
    // Complexities are of a family, and have no repetitions.
    const std::string kind = TextIn(entry, "aggregate_name");
    if (kind != "BigO" && kind != "RMS") aggregated_.insert(name);
  } else if (run_type == "iteration") {
    AddRepetition(entry, ByName(name, entry));
  } else {
    throw FormatError(fmt::format(
        "'{}' has no run_type, which Google Benchmark writes since 1.5",
        Excerpt(name, kMostOfName)));
  }
}

std::vector<MeasuredBenchmark> BenchmarkEntries::Take() {
  for (const std::string& name : aggregated_) {
    if (places_.contains(name)) continue;
    if (benchmarks_.empty()) {
      throw FormatError(
          "holds aggregates alone, and what is compared are repetitions: "
          "write it without --benchmark_report_aggregates_only");
    }
    throw FormatError(fmt::format(
        "of '{}' it holds aggregates alone, and what is compared are "
        "repetitions: register it without ReportAggregatesOnly(), or leave "
        "it out with --filter",
        Excerpt(name, kMostOfName)));
  }
  return std::move(benchmarks_);
}

MeasuredBenchmark& BenchmarkEntries::ByName(const std::string& name,
                                            const JsonObject& entry) {
  const Instance instance = {NumberIn(entry, "family_index"),
                             NumberIn(entry, "per_family_instance_index")};
  const auto [place, is_new] =
      places_.try_emplace(name, Place{benchmarks_.size(), instance});
  if (is_new) {
    MeasuredBenchmark& benchmark = benchmarks_.emplace_back();
    benchmark.name = name;
    benchmark.threads = CountIn(entry, "threads", 1);
  }
  const auto repetition = NumberIn(entry, "repetition_index");
  const bool repeats =
      repetition && !place->second.repetitions.insert(*repetition).second;
  if (repeats || place->second.instance != instance) {
    throw FormatError(
        fmt::format("two benchmarks are called '{}', and which is which on "
                    "the other side can't be told: rename one of them, or "
                    "leave them out with --filter",
                    Excerpt(name, kMostOfName)));
  }
  return benchmarks_[place->second.index];
}

}  // namespace hybrid
