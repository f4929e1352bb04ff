#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alternate/alternation_error.h"
#include "alternate/program_kind.h"
#include "base/json.h"
#include "base/json_text.h"
#include "compare/paired.h"
#include "foreign/bare_numbers.h"
#include "foreign/google_benchmark.h"
#include "foreign/json_members.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

constexpr std::string_view kContext = R"({"context": )";
constexpr std::string_view kBenchmarks = ",\n\"benchmarks\": [\n";

BenchmarkRun ParseRun(const MeasuredFile& file) {
  try {
    return ParseGoogleBenchmark(file.name, file.text,
                                [](const std::string&) { return true; });
  } catch (const ResultsError& error) {
    throw AlternationError(error.what());
  }
}

/// The benchmarks of two programs with Google Benchmark.
class GoogleBenchmarkSides : public MeasuredSides {
 public:
  void AddRound(const MeasuredFile& baseline,
                const MeasuredFile& now) override {
    BenchmarkRun before = ParseRun(baseline);
    now_.push_back(ParseRun(now));
    baseline_.push_back(std::move(before));
  }

  Comparison Compare(const CompareSettings& settings,
                     const Looks& looks) const override {
    return CompareBenchmarksInPairs(baseline_, now_, settings, looks);
  }

  std::string MeasuredId(const MeasuredFile& file,
                         bool /*is_baseline*/) const override {
    const BenchmarkRun run = ParseRun(file);
    return run.benchmarks.empty() ? "" : run.benchmarks.front().name;
  }

 private:
  std::vector<BenchmarkRun> baseline_;
  std::vector<BenchmarkRun> now_;
};

class GoogleBenchmark : public ProgramKind {
 public:
  bool Wrote(std::string_view help) const override {
    return help.find("--benchmark_filter") != std::string_view::npos;
  }
  /// Short, as the sides of a pair should lie near each other. In seconds
  /// without their unit, as all releases take it.
  std::vector<std::string> UsualFlags() const override {
    return {"--benchmark_min_time=0.005"};
  }
  std::vector<std::string> MeasuringFlags(
      const std::string& path) const override {
    // Of several the fastest can be told.
    return {"--benchmark_repetitions=10", "--benchmark_out_format=json",
            fmt::format("--benchmark_out={}", path)};
  }
  std::string_view suffix() const override { return "json"; }
  FileParts Split(const MeasuredFile& file, std::size_t round) const override {
    ParseRun(file);
    Json json = ParseJson(WithoutBareNumbers(file.text));
    FileParts parts;
    const Json* const context = json.get_object().if_contains("context");
    parts.head = fmt::format("{}{}{}", kContext,
                             context == nullptr ? "{}" : JsonText(*context),
                             kBenchmarks);
    for (Json& entry : json.at("benchmarks").get_array()) {
      JsonObject& repetition = entry.get_object();
      if (TextIn(repetition, "run_type") == "aggregate") continue;
      // So that a file of many rounds holds no repetition twice.
      const std::uint64_t several = CountIn(repetition, "repetitions", 1);
      repetition["repetition_index"] =
          round * several + CountIn(repetition, "repetition_index", 0);
      if (!parts.body.empty()) parts.body += between();
      parts.body += JsonText(entry);
    }
    return parts;
  }
  bool HeadsAreTheSame() const override { return false; }
  std::string_view between() const override { return ",\n"; }
  std::string_view end() const override { return "\n]}\n"; }
  std::unique_ptr<MeasuredSides> NewSides() const override {
    return std::make_unique<GoogleBenchmarkSides>();
  }
};

}  // namespace

const ProgramKind& GoogleBenchmarkKind() {
  static const GoogleBenchmark kKind;
  return kKind;
}

}  // namespace hybrid
