#include "output/google_output.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "google_release.h"
#include "measurement.h"

namespace hybrid {
namespace {

using Run = GoogleOutput::Run;

/// What ran before a failure is no result.
std::vector<Run> Failed(const std::vector<Run>& runs, const Run& failure) {
  std::vector<Run> failed = runs;
  for (Run& run : failed) {
    MarkFailed(run, FailureOf(failure));
    run.counters.clear();
  }
  return failed;
}

}  // namespace

GoogleOutput::GoogleOutput(
    std::unique_ptr<benchmark::BenchmarkReporter> reporter,
    const Settings& settings, Write write)
    : reporter_(std::move(reporter)),
      write_(std::move(write)),
      aggregates_only_(settings.aggregates_only),
      header_is_due_(settings.format == "csv") {
  reporter_->SetOutputStream(&stream_);
  if (settings.takes_errors) reporter_->SetErrorStream(&stream_);
}

bool GoogleOutput::ReportContext(const Context& context) {
  const bool goes_on = reporter_->ReportContext(context);
  return Flush() && goes_on;
}

void GoogleOutput::ReportRuns(const std::vector<Run>& runs) {
  // First come the repetitions of a benchmark, then the aggregates of at least
  // two of them that did not fail.
  const bool are_aggregates = runs.front().run_type == Run::RT_Aggregate;
  const auto failure = std::find_if(
      runs.begin(), runs.end(), [](const Run& run) { return HasFailed(run); });
  if (!are_aggregates) failed_ = failure != runs.end();
  // A mean of what ran before a failure is no result either.
  if (are_aggregates && failed_) return;
  if (!are_aggregates && aggregates_only_ && !failed_ && runs.size() > 1) {
    return;
  }
  std::vector<Run> writable =
      failure == runs.end() ? runs : Failed(runs, *failure);
  for (Run& run : writable) {
    // The number that --benchmark_min_time asks for is no part of a name.
    run.run_name.iterations.clear();
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
  Flush();
}

void GoogleOutput::Finalize() {
  reporter_->Finalize();
  Flush();
}

bool GoogleOutput::Flush() {
  const std::string text = stream_.str();
  stream_.str("");
  return text.empty() || write_(text);
}

std::unique_ptr<benchmark::BenchmarkReporter> MakeFileReporter(
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

}  // namespace hybrid
