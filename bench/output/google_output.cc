#include "output/google_output.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "measurement.h"

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

}  // namespace

GoogleOutput::GoogleOutput(
    std::unique_ptr<benchmark::BenchmarkReporter> reporter,
    std::string_view format)
    : reporter_(std::move(reporter)), header_is_due_(format == "csv") {}

bool GoogleOutput::ReportContext(const Context& context) {
  reporter_->SetOutputStream(&GetOutputStream());
  reporter_->SetErrorStream(&GetErrorStream());
  return reporter_->ReportContext(context);
}

void GoogleOutput::ReportRuns(const std::vector<Run>& runs) {
  std::vector<Run> writable = runs;
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

std::unique_ptr<benchmark::BenchmarkReporter> MakeFileReporter(
    std::string_view format) {
  return std::make_unique<GoogleOutput>(MakeGoogleReporter(format), format);
}

}  // namespace hybrid
