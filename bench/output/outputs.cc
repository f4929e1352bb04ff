#include "output/outputs.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <string_view>

#include "base/standard_streams.h"

namespace hybrid {

bool WritesForPrograms(const GoogleFlags& flags) {
  return flags.IsSet("benchmark_format") &&
         flags.Value("benchmark_format") != "console";
}

Outputs::Outputs(const GoogleFlags& flags)
    : flags_(flags),
      standard_output_(STDOUT_FILENO),
      standard_error_(STDERR_FILENO) {
  const std::string path = flags.Value("benchmark_out");
  if (!path.empty()) out_file_.emplace(path);
}

TextOutput& Outputs::people() {
  return WritesForPrograms(flags_) ? standard_error_ : standard_output_;
}

std::unique_ptr<GoogleOutput> Outputs::MakeDisplay() {
  if (!flags_.IsSet("benchmark_format")) return nullptr;
  return std::make_unique<GoogleOutput>(
      std::unique_ptr<benchmark::BenchmarkReporter>(
          benchmark::CreateDefaultDisplayReporter()),
      GoogleOutput::Settings{
          .format = flags_.Value("benchmark_format"),
          .aggregates_only =
              flags_.IsTrue("benchmark_report_aggregates_only") ||
              flags_.IsTrue("benchmark_display_aggregates_only")},
      [this](std::string_view text) {
        standard_output_.Print(text);
        return true;
      });
}

std::unique_ptr<GoogleOutput> Outputs::MakeOutFile() {
  if (!out_file_) return nullptr;
  const std::string format = flags_.IsSet("benchmark_out_format")
                                 ? flags_.Value("benchmark_out_format")
                                 : "json";
  return std::make_unique<GoogleOutput>(
      MakeFileReporter(format),
      GoogleOutput::Settings{
          .format = format,
          .aggregates_only = flags_.IsTrue("benchmark_report_aggregates_only"),
          .takes_errors = true},
      [this](std::string_view text) { return out_file_->Write(text); });
}

int Outputs::CountFailures(const std::string& rows) const {
  int failures = out_file_ && out_file_->failed() ? 1 : 0;
  for (const TextOutput* const stream : {&standard_output_, &standard_error_}) {
    const std::string failure = stream->Failure();
    if (failure.empty()) continue;
    ++failures;
    PrintError(fmt::format("bench: {}: what was printed is not whole{}\n",
                           failure,
                           rows.empty() ? "" : "; all results are in " + rows));
  }
  return failures;
}

}  // namespace hybrid
