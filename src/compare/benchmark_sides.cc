#include "compare/benchmark_sides.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "base/parse_number.h"
#include "base/text_file.h"
#include "compare/differences.h"
#include "compare/identity.h"
#include "compare/named_samples.h"

namespace hybrid {
namespace {

using BenchmarkRuns = std::span<const BenchmarkRun>;

/// By up to this share clock rates that were measured differ by chance.
constexpr double kClockScatter = 0.05;

NamedSide SideOf(BenchmarkRuns runs) {
  NamedSide side;
  side.identity.runs = runs.size();
  std::map<std::string_view, std::size_t> places;
  for (const BenchmarkRun& run : runs) {
    const BenchmarkContext& context = run.context;
    if (!context.host_name.empty()) {
      side.identity.hosts.insert(context.host_name);
    }
    constexpr std::size_t kDayLength = 10;  // "2026-11-28"
    if (context.date.size() >= kDayLength) {
      side.identity.days.insert(context.date.substr(0, kDayLength));
    }
    for (const MeasuredBenchmark& one : run.benchmarks) {
      const auto [place, is_new] =
          places.try_emplace(one.name, side.samples.size());
      if (is_new) side.samples.emplace_back().name = one.name;
      NamedSamples& named = side.samples[place->second];
      if (!one.real_times_s.empty()) named.runs.push_back(one.real_times_s);
      if (named.error.empty()) named.error = one.error;
      if (named.not_run.empty()) named.not_run = one.skip_message;
    }
  }
  return side;
}

/// "vm, 2 CPUs, caches of 32, 1024 and 33792 KiB" in short.
std::string MachineText(const BenchmarkContext& context) {
  constexpr std::uint64_t kKibi = 1024;
  std::vector<std::string> caches;
  for (const std::uint64_t bytes : context.caches_bytes) {
    caches.push_back(fmt::format("{}", bytes / kKibi));
  }
  return fmt::format(
      "{} {} {}", context.host_name, context.num_cpus,
      caches.empty() ? "0" : fmt::format("{}", fmt::join(caches, "/")));
}

/// The parts of "v1.9.1" or "1.8.3-91-g1234"; nothing of what is no version.
std::optional<std::pair<int, int>> VersionOf(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  const auto parts = text_file::Parts(text, '.');
  if (parts.size() < 2) return std::nullopt;
  const auto major = ParseNumber<int>(parts[0]);
  const auto minor = ParseNumber<int>(parts[1]);
  if (!major || !minor || *major == 0) return std::nullopt;
  return std::pair(*major, *minor);
}

/// What `real_time` is where a benchmark has threads; nothing where that can't
/// be told.
std::string ThreadTimes(const BenchmarkContext& context) {
  // Versions that don't say which they are are older still.
  constexpr std::pair kMeanSince(1, 9);
  const auto version = VersionOf(context.library_version);
  if (!version && !context.library_version.empty()) return {};
  return version && *version >= kMeanSince
             ? "not divided (since Google Benchmark 1.9.0)"
             : "divided by their number (before Google Benchmark 1.9.0)";
}

/// Whether a benchmark with threads is on both sides.
bool ThreadsInCommon(BenchmarkRuns baseline, BenchmarkRuns now) {
  std::set<std::string_view> names;
  for (const BenchmarkRun& run : baseline) {
    for (const MeasuredBenchmark& one : run.benchmarks) {
      if (one.threads > 1) names.insert(one.name);
    }
  }
  return std::any_of(now.begin(), now.end(), [&](const BenchmarkRun& run) {
    return std::any_of(
        run.benchmarks.begin(), run.benchmarks.end(),
        [&](const MeasuredBenchmark& one) { return names.contains(one.name); });
  });
}

/// Finds what differs between the contexts of both sides.
class ContextDifferences {
 public:
  ContextDifferences(BenchmarkRuns baseline, BenchmarkRuns now)
      : baseline_(baseline), now_(now) {}

  /// Compares what `text_of` makes of a context, unless a side lacks it.
  template <typename TextOf>
  void Add(Weight weight, const std::string& what, TextOf text_of) {
    AddIfDifferent(weight, what, ValuesOf(baseline_, text_of),
                   ValuesOf(now_, text_of), found_);
  }

  void AddClockRates() {
    const std::optional<double> before = ClockRate(baseline_);
    const std::optional<double> after = ClockRate(now_);
    if (!before || !after) return;
    const double change = *after / *before;
    if (std::max(change, 1 / change) <= 1 + kClockScatter) return;
    found_.push_back({Weight::kNote, "mhz_per_cpu", FormatNumber(*before),
                      FormatNumber(*after), ""});
  }

  /// Says that `text_of` is `bad` on a side, or on both.
  template <typename TextOf>
  void AddIfAny(const std::string& what, const std::string& bad,
                const std::string& consequence, TextOf text_of) {
    const Values before = ValuesOf(baseline_, text_of);
    const Values after = ValuesOf(now_, text_of);
    const bool in_baseline = before.contains(bad);
    const bool in_new = after.contains(bad);
    if (!in_baseline && !in_new) return;
    const char* where = in_baseline ? "in the baseline" : "in the new results";
    if (in_baseline && in_new) where = "on both sides";
    found_.push_back(
        {Weight::kNote, what, fmt::format("{}", fmt::join(before, ", ")),
         fmt::format("{}", fmt::join(after, ", ")),
         fmt::format("{}: {} {}: {}", what, bad, where, consequence)});
  }

  /// Compares what else the contexts say, by its name.
  void AddMore() {
    std::set<std::string> names;
    for (const BenchmarkRun& run : baseline_) {
      for (const auto& [name, text] : run.context.more) names.insert(name);
    }
    for (const std::string& name : names) {
      Add(Weight::kInformation, name, [&name](const BenchmarkContext& context) {
        const auto place = context.more.find(name);
        return place == context.more.end() ? "" : place->second;
      });
    }
  }

  std::vector<Difference> Take() { return std::move(found_); }

 private:
  template <typename TextOf>
  static Values ValuesOf(BenchmarkRuns runs, TextOf text_of) {
    Values values;
    for (const BenchmarkRun& run : runs) {
      const std::string text = std::invoke(text_of, run.context);
      if (!text.empty()) values.insert(text);
    }
    return values;
  }

  /// The mean of a side.
  static std::optional<double> ClockRate(BenchmarkRuns runs) {
    double sum = 0;
    for (const BenchmarkRun& run : runs) {
      const std::optional<double> rate = run.context.mhz_per_cpu;
      if (!rate || *rate <= 0) return std::nullopt;
      sum += *rate / static_cast<double>(runs.size());
    }
    return sum > 0 ? std::optional(sum) : std::nullopt;
  }

  BenchmarkRuns baseline_;
  BenchmarkRuns now_;
  std::vector<Difference> found_;
};

std::string ScalingText(const BenchmarkContext& context) {
  if (!context.cpu_scaling_enabled) return {};
  return *context.cpu_scaling_enabled ? "enabled" : "disabled";
}

std::vector<Difference> FindContextDifferences(BenchmarkRuns baseline,
                                               BenchmarkRuns now) {
  ContextDifferences differences(baseline, now);
  differences.Add(Weight::kRefused, "machine (host, CPUs, caches in KiB)",
                  MachineText);
  if (ThreadsInCommon(baseline, now)) {
    differences.Add(Weight::kRefused, "real_time of threads", ThreadTimes);
  }
  differences.AddClockRates();
  differences.AddIfAny("cpu_scaling", "enabled", "clock rates may have changed",
                       ScalingText);
  differences.AddIfAny("library_build_type", "debug",
                       "Google Benchmark warns that timings may be affected",
                       &BenchmarkContext::library_build_type);
  differences.Add(Weight::kNote, "version of Google Benchmark",
                  &BenchmarkContext::library_version);
  differences.Add(Weight::kInformation, "executable",
                  &BenchmarkContext::executable);
  differences.AddMore();
  return differences.Take();
}

}  // namespace

Comparison CompareBenchmarks(std::span<const BenchmarkRun> baseline,
                             std::span<const BenchmarkRun> now,
                             const CompareSettings& settings) {
  return CompareNamed(SideOf(baseline), SideOf(now),
                      FindContextDifferences(baseline, now), settings);
}

bool IsSameRun(const BenchmarkRun& a, const BenchmarkRun& b) {
  return a.context.date == b.context.date &&
         a.context.host_name == b.context.host_name &&
         a.benchmarks == b.benchmarks;
}

std::vector<std::string> DropRepeatedRuns(std::vector<BenchmarkRun>& runs) {
  std::vector<std::string> notes;
  std::vector<BenchmarkRun> kept;
  for (BenchmarkRun& run : runs) {
    const auto former = std::find_if(
        kept.begin(), kept.end(),
        [&](const BenchmarkRun& one) { return IsSameRun(one, run); });
    if (former == kept.end()) {
      kept.push_back(std::move(run));
    } else {
      notes.push_back(
          run.file == former->file
              ? fmt::format("{}: given twice: it counts once", run.file)
              : fmt::format("{}: the same run as in {}: it counts once",
                            run.file, former->file));
    }
  }
  runs = std::move(kept);
  return notes;
}

}  // namespace hybrid
