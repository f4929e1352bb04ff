#include "selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/parse_number.h"
#include "base/text.h"
#include "families/hybrid.h"
#include "families/overhead.h"
#include "families/tutorial.h"
#include "flags/name_filter.h"
#include "group_measurements.h"
#include "key/key_text.h"
#include "measure/measured_memory.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

BenchmarkList AllBenchmarks(Options options, const Machine& machine) {
  if (options.axes.batch.is_auto) {
    // So that no host's workers have to idle either.
    const auto& host_counts = options.axes.host_counts;
    options.axes.batch =
        DefaultBatches(static_cast<int>(*std::max_element(host_counts.begin(),
                                                          host_counts.end())) *
                       machine.usable_cores);
  }
  BenchmarkList all;
  if (options.runs_command()) {
    AddHybrid(options.axes, machine, all);
    // Its cases are of a whole batch. Overhead is of operations of ours.
    if (options.axes.protocol == kWholeProtocol) {
      AddTutorial(options, machine, all);
    }
    return all;
  }
  AddHybrid(options.axes, machine, all);
  AddTutorial(options, machine, all);
  AddOverhead(options, machine, all);
  return all;
}

}  // namespace

BenchmarkList SelectBenchmarks(const CommandLine& line,
                               const Machine& machine) {
  const NameFilter filter(line.google.Value("benchmark_filter"));
  const auto is_selected = [&](const Key& key) {
    return filter.Selects(CompleteName(key, line));
  };
  BenchmarkList list = AllBenchmarks(line.options, machine);
  std::erase_if(list.benchmarks, [&](const Benchmark& benchmark) {
    return !is_selected(benchmark.key);
  });
  std::erase_if(list.skipped, [&](const SkippedKey& skipped) {
    return !is_selected(skipped.key);
  });
  if (line.options.search) {
    for (Benchmark& benchmark : list.benchmarks) {
      if (benchmark.key.family == Family::kHybrid) {
        benchmark.name = SearchName(benchmark.key);
      }
    }
  }
  if (RepeatsByDefault(line.google)) {
    for (Benchmark& benchmark : list.benchmarks) {
      benchmark.default_repetitions = RepetitionsOf(benchmark.key, line.google);
    }
  }
  return list;
}

void SkipImpossible(const Site& site, BenchmarkList& list,
                    std::optional<ResumePlan>& resume) {
  const MeasuredMemory memory(resume ? resume->rows() : std::span<const Row>());
  BenchmarkList possible{.benchmarks = {}, .skipped = std::move(list.skipped)};
  std::vector<Remaining> remaining;
  for (std::size_t i = 0; i < list.benchmarks.size(); ++i) {
    Benchmark& benchmark = list.benchmarks[i];
    std::optional<std::string> reason = WhyNotAt(site, benchmark.key);
    if (!reason) reason = memory.WhyNot(benchmark.key, site.machine);
    if (reason) {
      possible.skipped.push_back({benchmark.key, *std::move(reason)});
      continue;
    }
    possible.benchmarks.push_back(std::move(benchmark));
    if (resume) remaining.push_back(resume->remaining[i]);
  }
  list = std::move(possible);
  if (resume) resume->remaining = std::move(remaining);
}

void RefuseNothing(const BenchmarkList& list, const CommandLine& line) {
  if (!list.skipped.empty()) {
    const SkippedKey& first = list.skipped.front();
    throw std::runtime_error(
        fmt::format("none of {} may run here; {}: {}{}",
                    Counted(list.skipped.size(), "configuration"),
                    KeyText(first.key, KeyStyle::kShort), first.reason,
                    line.options.dry_run ? "" : "; --dry_run names all"));
  }
  if (line.options.runs_command()) {
    throw std::runtime_error(fmt::format(
        "--command: is for the family Hybrid, and with --protocol=whole "
        "Tutorial, of which --benchmark_filter={} selects none; "
        "--benchmark_list_tests names them",
        line.google.Value("benchmark_filter")));
  }
  if (line.options.search) {
    throw std::runtime_error(fmt::format(
        "--benchmark_filter={}: matches none of the searches, each of which is "
        "a whole group (…/batch:8/search); --workers and --blas_threads choose "
        "splits, --benchmark_list_tests names the searches",
        line.google.Value("benchmark_filter")));
  }
  // Google Benchmark would exit with 0.
  throw std::runtime_error(fmt::format(
      "--benchmark_filter={}: matches none of the benchmarks that may run; "
      "--benchmark_list_tests names them, --dry_run says what may not",
      line.google.Value("benchmark_filter")));
}

std::string CompleteName(const Key& key, const CommandLine& line) {
  const bool is_search = line.options.search && key.family == Family::kHybrid;
  return (is_search ? SearchName(key) : KeyText(key, KeyStyle::kBenchmark)) +
         (is_search || RunsOnce(key, line.google) ? "/repeats:1" : "") +
         "/manual_time";
}

bool RunsOnce(const Key& key, const GoogleFlags& flags) {
  return key.family == Family::kTutorial &&
         !flags.IsSet("benchmark_repetitions");
}

bool RepeatsByDefault(const GoogleFlags& flags) {
  return !flags.IsSet("benchmark_repetitions") &&
         !flags.IsSet("benchmark_min_warmup_time");
}

std::size_t RepetitionsOf(const Key& key, const GoogleFlags& flags) {
  if (RunsOnce(key, flags)) return 1;
  return ParseNumber<std::size_t>(flags.ValueOrDefault("benchmark_repetitions"))
      .value_or(kDefaultRepetitions);
}

}  // namespace hybrid
