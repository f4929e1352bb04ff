#include "flags/command_line.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <utility>

#include "base/flag_error.h"
#include "flags/command_check.h"
#include "flags/min_time.h"
#include "flags/output_files.h"
#include "google_release.h"
#include "results/results_error.h"

namespace hybrid {
namespace {

/// The flags of ours that were given and that no file records, as arguments.
std::vector<std::string> NotRecorded(const Options& options) {
  std::vector<std::string> arguments;
  for (const auto& [name, value] : options.given) {
    if (IsMeasuringFlag(name)) continue;
    arguments.push_back(fmt::format("{}={}", name, value));
  }
  return arguments;
}

/// Puts what the file says in the place of what was not given.
void TakeFileFlags(CommandLine& line, const std::vector<std::string>& googles) {
  line.resume = ReadResumeFile(line.options.resume);
  const std::vector<Row>& rows = line.resume->contents.rows;
  if (rows.empty()) return;
  const MeasuringFlags recorded = ParseFlagsText(rows.back().flags);
  CheckSources(line.flags, recorded);
  line.differences = FlagDifferences(line.flags, recorded);
  line.flags = Merge(line.flags, recorded);
  std::vector<std::string> our_arguments = NotRecorded(line.options);
  std::vector<std::string> google_arguments;
  for (const std::string& argument : googles) {
    if (!IsMeasuringFlag(argument.substr(0, argument.find('=')))) {
      google_arguments.push_back(argument);
    }
  }
  for (std::string& argument : Arguments(line.flags)) {
    (IsGoogleFlag(argument) ? google_arguments : our_arguments)
        .push_back(std::move(argument));
  }
  line.options = ParseOptions(our_arguments);
  line.google = GoogleFlags(google_arguments, line.options.quick);
  line.google.Check();
}

/// Chooses what runs if neither the user nor a file does. A list of what there
/// is to choose from leaves nothing out.
void ChooseFilter(CommandLine& line) {
  if (line.google.IsSet("benchmark_filter") ||
      line.google.IsTrue("benchmark_list_tests") ||
      (line.resume && !line.resume->contents.rows.empty())) {
    return;
  }
  std::vector<std::string> arguments = line.google.arguments();
  arguments.push_back(fmt::format("--benchmark_filter={}", kDefaultFilter));
  line.google = GoogleFlags(arguments, line.options.quick);
  line.flags = GivenFlags(line.options, line.google);
}

}  // namespace

CommandLine ReadCommandLine(const std::vector<std::string>& arguments) {
  std::vector<std::string> ours;
  std::vector<std::string> googles;
  for (const std::string& argument : arguments) {
    (IsGoogleFlag(argument) ? googles : ours).push_back(argument);
  }
  GoogleFlags google(googles);
  google.Check();
  CommandLine line{.options = ParseOptions(ours),
                   .google = std::move(google),
                   .flags = {},
                   .resume = {},
                   .differences = {}};
  line.google = GoogleFlags(googles, line.options.quick);
  CheckOutputFiles(line.options, line.google);
  line.flags = GivenFlags(line.options, line.google);
  if (!line.options.resume.empty()) {
    try {
      TakeFileFlags(line, googles);
    } catch (const ResultsError& error) {
      throw FlagError(fmt::format("--resume: {}", error.what()));
    }
  }
  CheckCommand(line.options);
  ChooseFilter(line);
  return line;
}

void InitializeGoogle(char* program, const GoogleFlags& flags) {
  std::vector<std::string> all = flags.Defaults();
  all.insert(all.end(), flags.arguments().begin(), flags.arguments().end());
  // Seconds as this release takes them: the number of iterations is each
  // benchmark's own.
  std::erase_if(all, [](const std::string& argument) {
    return argument.starts_with("--benchmark_min_time=");
  });
  all.push_back(fmt::format("--benchmark_min_time={}{}",
                            MinTimeOf(flags).seconds, kMinTimeUnit));
  // These are carried out here: it would keep from our reporter what was
  // measured, and open files too early.
  for (const char* ours : {"--benchmark_list_tests=false", "--benchmark_out=",
                           "--benchmark_report_aggregates_only=false",
                           "--benchmark_display_aggregates_only=false"}) {
    all.emplace_back(ours);
  }
  std::vector<char*> argv{program};
  for (std::string& argument : all) argv.push_back(argument.data());
  int argc = static_cast<int>(argv.size());
  benchmark::Initialize(&argc, argv.data());
  // Names those that are left, since they are not ours either.
  ParseOptions({argv.begin() + 1, argv.begin() + argc});
}

}  // namespace hybrid
