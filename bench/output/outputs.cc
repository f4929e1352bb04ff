#include "output/outputs.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <string_view>

#include "base/standard_streams.h"
#include "base/stream_names.h"
#include "flags/output_files.h"

namespace hybrid {

Outputs::Outputs(const Options& options, const GoogleFlags& flags)
    : flags_(flags),
      for_programs_(!OutputsOnStandardOutput(options, flags).empty()),
      standard_output_(STDOUT_FILENO),
      standard_error_(STDERR_FILENO) {
  const std::string path = flags.Value("benchmark_out");
  if (!path.empty() && !NamesStandardOutput(path)) out_file_.emplace(path);
}

TextOutput& Outputs::people() {
  return for_programs_ ? standard_error_ : standard_output_;
}

std::unique_ptr<GoogleOutput> Outputs::MakeDisplay() {
  if (!flags_.IsSet("benchmark_format")) return nullptr;
  const std::string format = flags_.Value("benchmark_format");
  TextOutput& out = format == "console" ? people() : standard_output_;
  return std::make_unique<GoogleOutput>(
      std::unique_ptr<benchmark::BenchmarkReporter>(
          benchmark::CreateDefaultDisplayReporter()),
      GoogleOutput::Settings{
          .format = format,
          .aggregates_only =
              flags_.IsTrue("benchmark_report_aggregates_only") ||
              flags_.IsTrue("benchmark_display_aggregates_only")},
      [&out](std::string_view text) {
        out.Print(text);
        return true;
      });
}

std::unique_ptr<GoogleOutput> Outputs::MakeOutFile() {
  if (!flags_.IsSet("benchmark_out")) return nullptr;
  const std::string format = flags_.IsSet("benchmark_out_format")
                                 ? flags_.Value("benchmark_out_format")
                                 : "json";
  return std::make_unique<GoogleOutput>(
      MakeFileReporter(format),
      GoogleOutput::Settings{
          .format = format,
          .aggregates_only = flags_.IsTrue("benchmark_report_aggregates_only"),
          .takes_errors = true},
      [this](std::string_view text) {
        if (out_file_) return out_file_->Write(text);
        standard_output_.Print(text);
        return true;
      });
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
