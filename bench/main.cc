#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "exit_status.h"
#include "flags/command_line.h"
#include "measure.h"
#include "measure/interrupt.h"
#include "output/dry_run.h"
#include "registration.h"
#include "resumption.h"
#include "selection.h"

namespace hybrid {
namespace {

/// Hundreds of workers need more descriptors than the usual soft limit.
void RaiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

/// Gives standard streams that the caller closed to /dev/null: otherwise the
/// next descriptor would take their place, and a worker's output its content.
void OpenStandardStreams() {
  int fd = open("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO) fd = open("/dev/null", O_RDWR);
  if (fd >= 0) close(fd);
}

bool AsksForHelp(const std::vector<std::string>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [](const std::string& argument) {
                       return argument == "--help" || argument == "-h";
                     });
}

void PrintHelp() {
  fmt::print("{}\nGoogle Benchmark's flags:\n", HelpText());
  std::fflush(stdout);
  benchmark::PrintDefaultHelp();
}

[[noreturn]] void RefuseNothing(const GoogleFlags& flags) {
  // Google Benchmark would empty the output file first and exit with 0.
  throw std::runtime_error(fmt::format(
      "--benchmark_filter={}: matches none of the benchmarks that may run; "
      "--benchmark_list_tests names them, --dry_run says what may not",
      flags.Value("benchmark_filter")));
}

void PrintDryRun(const CommandLine& line, const BenchmarkList& list,
                 std::optional<ResumePlan> resume, const Machine& machine) {
  if (resume) {
    // What a run would refuse is no fine dry run.
    if (!list.benchmarks.empty()) {
      resume = ComparedHere(line, machine, std::move(*resume));
    }
    CheckDifferences(*resume, line.options);
    fmt::print("{}", ResumedText(*resume));
  }
  fmt::print("{}", DryRunText(list, machine));
}

int Main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (AsksForHelp(arguments)) {
    PrintHelp();
    return 0;
  }
  OpenStandardStreams();
  CatchInterrupts();
  RaiseDescriptorLimit();
  const CommandLine line = ReadCommandLine(arguments);
  InitializeGoogle(argv[0], line.google);

  const Machine machine = ReadMachine();
  BenchmarkList list = SelectBenchmarks(line, machine);
  if (list.benchmarks.empty() && !line.options.dry_run) {
    RefuseNothing(line.google);
  }
  const std::optional<ResumePlan> resume =
      ResumePlanFor(line, list.benchmarks, machine);
  if (resume) {
    list.benchmarks = KeepRemaining(std::move(list.benchmarks), *resume);
  }
  if (line.options.dry_run) {
    PrintDryRun(line, list, resume, machine);
    return 0;
  }
  if (line.google.IsTrue("benchmark_list_tests")) {
    ListNames(list.benchmarks, line.google);
    return 0;
  }
  if (resume && list.benchmarks.empty()) {
    CheckDifferences(*resume, line.options);
    return ShowFinished(line, *resume);
  }
  return Measure(line, list, resume, machine);
}

}  // namespace
}  // namespace hybrid

int main(int argc, char** argv) {
  try {
    return hybrid::Main(argc, argv);
  } catch (const hybrid::FlagError& error) {
    fmt::print(stderr, "bench: {}\n", error.what());
    return hybrid::kExitUsage;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench: {}\n", error.what());
    return hybrid::kExitFailures;
  }
}
