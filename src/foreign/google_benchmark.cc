#include "foreign/google_benchmark.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "foreign/bare_numbers.h"
#include "foreign/benchmark_entries.h"
#include "foreign/json_members.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

/// A file of a hundred thousand repetitions has some 40 MB.
constexpr std::size_t kMostBytes = std::size_t{256} << 20;

std::vector<std::uint64_t> CachesIn(const JsonObject& context) {
  std::vector<std::uint64_t> sizes;
  const Json* const caches = context.if_contains("caches");
  if (caches == nullptr || !caches->is_array()) return sizes;
  for (const Json& cache : caches->get_array()) {
    if (cache.is_object()) {
      sizes.push_back(CountIn(cache.get_object(), "size", 0));
    }
  }
  return sizes;
}

/// What else the context says, by name: what has a member of its own, or says
/// nothing of the run, is left out.
std::map<std::string, std::string> MoreIn(const JsonObject& context) {
  static const std::set<std::string_view> kKnown = {"date",
                                                    "host_name",
                                                    "executable",
                                                    "num_cpus",
                                                    "mhz_per_cpu",
                                                    "cpu_scaling_enabled",
                                                    "library_version",
                                                    "library_build_type",
                                                    "json_schema_version"};
  std::map<std::string, std::string> more;
  for (const auto& member : context) {
    const std::string_view name(member.key().data(), member.key().size());
    const Json& value = member.value();
    if (kKnown.contains(name)) continue;
    if (value.is_string()) {
      more.emplace(name, TextOf(value));
    } else if (value.is_bool()) {
      more.emplace(name, value.get_bool() ? "true" : "false");
    } else if (value.is_number()) {
      more.emplace(name, fmt::format("{}", value.to_number<double>()));
    }
  }
  return more;
}

BenchmarkContext ContextIn(const JsonObject& root) {
  const Json* const value = root.if_contains("context");
  if (value == nullptr || !value->is_object()) return {};
  const JsonObject& json = value->get_object();
  BenchmarkContext context;
  context.date = TextIn(json, "date");
  context.host_name = TextIn(json, "host_name");
  context.executable = TextIn(json, "executable");
  context.num_cpus = CountIn(json, "num_cpus", 0);
  context.mhz_per_cpu = NumberIn(json, "mhz_per_cpu");
  context.caches_bytes = CachesIn(json);
  if (json.contains("cpu_scaling_enabled")) {
    context.cpu_scaling_enabled = IsTrueIn(json, "cpu_scaling_enabled");
  }
  context.library_version = TextIn(json, "library_version");
  context.library_build_type = TextIn(json, "library_build_type");
  context.more = MoreIn(json);
  return context;
}

std::vector<MeasuredBenchmark> BenchmarksIn(const JsonObject& root,
                                            const BenchmarkFilter& is_wanted) {
  const Json* const entries = root.if_contains("benchmarks");
  if (entries == nullptr || !entries->is_array()) {
    throw FormatError(
        "JSON, but not Google Benchmark's: it has no list of benchmarks");
  }
  BenchmarkEntries reader(is_wanted);
  for (const Json& entry : entries->get_array()) {
    if (!entry.is_object()) {
      throw FormatError(
          "JSON, but not Google Benchmark's: a benchmark in it "
          "is no object");
    }
    reader.Add(entry.get_object());
  }
  return reader.Take();
}

/// Says of JSON that is none where it goes wrong.
[[noreturn]] void ThrowNoJson(const std::string& file, std::string_view text,
                              const JsonError& error) {
  const std::string_view before = text.substr(0, error.offset());
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const bool is_torn =
      text.substr(before.size()).find_first_not_of(" \t\r\n") ==
      std::string_view::npos;
  throw ResultsError(
      is_torn ? fmt::format("{}:{}: the JSON ends too early, as where the "
                            "program that wrote it did not end by itself",
                            file, line)
              : fmt::format("{}:{}: no JSON: {}", file, line, error.what()));
}

}  // namespace

bool BeginsAsJson(std::string_view start) {
  const std::size_t first = start.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && start[first] == '{';
}

BenchmarkRun ParseGoogleBenchmark(const std::string& file,
                                  std::string_view text,
                                  const BenchmarkFilter& is_wanted) {
  const std::string json = WithoutBareNumbers(text);
  try {
    const Json root = ParseJson(json);
    if (!root.is_object()) throw FormatError("no JSON of Google Benchmark's");
    BenchmarkRun run;
    run.file = file;
    run.context = ContextIn(root.get_object());
    run.benchmarks = BenchmarksIn(root.get_object(), is_wanted);
    return run;
  } catch (const JsonError& error) {
    ThrowNoJson(file, json, error);
  } catch (const FormatError& error) {
    throw ResultsError(fmt::format("{}: {}", file, error.what()));
  }
}

BenchmarkRun ReadGoogleBenchmark(InputFile& file,
                                 const BenchmarkFilter& is_wanted) {
  std::string text;
  for (;;) {
    const std::string_view more = file.Read(InputFile::kChunkBytes);
    if (more.empty()) break;
    if (text.size() + more.size() > kMostBytes) {
      throw ResultsError(fmt::format("{}: larger than {} MiB", file.name(),
                                     kMostBytes >> 20U));
    }
    text += more;
  }
  return ParseGoogleBenchmark(file.name(), text, is_wanted);
}

}  // namespace hybrid
