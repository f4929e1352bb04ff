#include "output/google_output.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "statistics/samples.h"

namespace hybrid {
namespace {

std::unique_ptr<benchmark::BenchmarkReporter> MakeGoogleReporter(
    std::string_view format) {
  if (format == "json") return std::make_unique<benchmark::JSONReporter>();
  if (format == "console") {
    return std::make_unique<benchmark::ConsoleReporter>(
        benchmark::ConsoleReporter::OO_None);
  }
  // Deprecated since 2018, and still the only one of its kind.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  return std::make_unique<benchmark::CSVReporter>();
#pragma GCC diagnostic pop
}

using Run = benchmark::BenchmarkReporter::Run;

double SampleDeviation(std::span<const double> samples) {
  if (samples.size() < 2) return 0;
  const double mean = Mean(samples);
  double squares = 0;
  for (const double sample : samples) {
    squares += (sample - mean) * (sample - mean);
  }
  return std::sqrt(squares / static_cast<double>(samples.size() - 1));
}

/// What Google Benchmark computes of repetitions under each name.
double Aggregate(const std::string& name, std::span<const double> samples) {
  if (name == "median") return Median(samples).value_or(0);
  if (name == "stddev") return SampleDeviation(samples);
  if (name == "cv") return SampleDeviation(samples) / Mean(samples);
  return Mean(samples);
}

/// `run` with the figures of its aggregate over `rows`.
void AggregateAnew(const std::vector<Row>& rows, Run& run) {
  std::vector<double> walls_s;
  std::map<std::string, std::vector<double>> counters;
  for (const Row& row : rows) {
    walls_s.push_back(row.wall_s.value_or(0));
    for (const auto& [name, counter] : CountersOf(row)) {
      counters[name].push_back(counter.value);
    }
  }
  const std::string& name = run.aggregate_name;
  run.real_accumulated_time = Aggregate(name, walls_s);
  // Times are told per iteration, of which an aggregate has one a repetition.
  if (name != "cv") {
    run.real_accumulated_time *= static_cast<double>(run.iterations);
  }
  for (const auto& [counter, samples] : counters) {
    run.counters[counter] = Aggregate(name, samples);
  }
}

}  // namespace

GoogleOutput::GoogleOutput(
    std::unique_ptr<benchmark::BenchmarkReporter> reporter,
    std::string_view format, const Measurements& measurements)
    : reporter_(std::move(reporter)),
      header_is_due_(format == "csv"),
      measurements_(measurements) {}

bool GoogleOutput::ReportContext(const Context& context) {
  reporter_->SetOutputStream(&GetOutputStream());
  reporter_->SetErrorStream(&GetErrorStream());
  return reporter_->ReportContext(context);
}

void GoogleOutput::ReportRuns(const std::vector<Run>& runs) {
  std::vector<Run> writable = runs;
  ReplaceMeasured(writable);
  const auto failed =
      std::find_if(runs.begin(), runs.end(),
                   [](const Run& run) { return run.error_occurred; });
  if (failed != runs.end()) {
    // What ran before the failure is no result, and nor is its mean.
    std::erase_if(writable, [](const Run& run) {
      return run.run_type == Run::RT_Aggregate;
    });
    for (Run& run : writable) {
      run.error_occurred = true;
      run.error_message = failed->error_message;
      run.counters.clear();
    }
  }
  for (Run& run : writable) {
    std::erase_if(run.counters, [](const auto& counter) {
      return !std::isfinite(counter.second.value);
    });
  }
  if (std::exchange(header_is_due_, false)) {
    for (const std::string& name : CounterNames()) {
      writable.front().counters.try_emplace(name, 0);
    }
  }
  reporter_->ReportRuns(writable);
}

void GoogleOutput::ReplaceMeasured(std::vector<Run>& runs) const {
  const std::string& name = runs.front().run_name.function_name;
  const auto measured = std::find_if(
      measurements_.begin(), measurements_.end(),
      [&name](const Measurement& one) { return one.name() == name; });
  if (measured == measurements_.end() || measured->replacing().empty()) return;
  const std::vector<Row>& rows = measured->replacing();
  std::size_t repetition = 0;
  for (Run& run : runs) {
    if (run.run_type == Run::RT_Aggregate) {
      AggregateAnew(rows, run);
    } else if (repetition < rows.size()) {
      const Row& row = rows[repetition++];
      run.iterations = static_cast<benchmark::IterationCount>(row.iterations);
      run.real_accumulated_time =
          row.wall_s.value_or(0) * static_cast<double>(row.iterations);
      run.counters = CountersOf(row);
    }
  }
}

std::unique_ptr<benchmark::BenchmarkReporter> MakeFileReporter(
    std::string_view format, const Measurements& measurements) {
  return std::make_unique<GoogleOutput>(MakeGoogleReporter(format), format,
                                        measurements);
}

}  // namespace hybrid
