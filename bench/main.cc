#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "flags/command_line.h"
#include "exit_status.h"
#include "families/hybrid.h"
#include "families/noise.h"
#include "families/overhead.h"
#include "families/tutorial.h"
#include "measure.h"
#include "measure/interrupt.h"
#include "output/dry_run.h"
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

/// Everything that the flags ask for; what is not admissible goes to `sweep`.
Fixtures SelectAll(const CommandLine& line, Session& session, Sweep& sweep) {
  Fixtures all;
  AddNoise(line.options.axes, session, all);
  AddHybrid(sweep, session, all);
  AddTutorial(line.options, session, all, sweep.skipped);
  AddOverhead(line.options, session, all);
  return Select(std::move(all), line.google, line.options.noise);
}

int Main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  for (const std::string& argument : arguments) {
    if (argument == "--help" || argument == "-h") {
      fmt::print("{}\nGoogle Benchmark's flags:\n", HelpText());
      std::fflush(stdout);
      benchmark::PrintDefaultHelp();
      return 0;
    }
  }
  OpenStandardStreams();
  CatchInterrupts();
  RaiseDescriptorLimit();
  const CommandLine line = ReadCommandLine(arguments);
  const Options& options = line.options;
  InitializeGoogle(argv[0], line.google);

  const Machine machine = ReadMachine();
  const Environment environment = ScrubEnvironment(ProcessEnvironment());
  Session session{
      .machine = machine,
      .info = NewRunInfo(),
      .pools = PoolKeeper(
          machine,
          options.worker.empty()
              ? DefaultWorkerExecutables(options.serial_blis)
              : WorkerExecutables{.openmp = options.worker, .serial = ""},
          environment, options.hang_timeout_s),
      .caps = CapPolicy(options.cap_s)};
  session.info.flags = FlagsText(line.flags);
  Sweep sweep = ExpandSweep(options.axes, machine.usable_cores,
                            machine.memory_available_bytes);
  Fixtures fixtures = SelectAll(line, session, sweep);
  if (fixtures.empty() && !options.dry_run) {
    // Google Benchmark would empty the output file first and exit with 0.
    throw std::runtime_error(fmt::format(
        "--benchmark_filter={}: matches none of the benchmarks that may run; "
        "--benchmark_list_tests names them, --dry_run says what may not",
        line.google.Value("benchmark_filter")));
  }
  std::optional<Resumption> resumption = Resume(line, fixtures, session);
  if (options.dry_run) {
    if (resumption) {
      CheckDifferences(*resumption, options);
      fmt::print("{}", ResumedText(*resumption));
    }
    fmt::print("{}", DryRunText(fixtures, sweep.skipped, machine));
    return 0;
  }
  RegisterAll(fixtures, line.google);
  if (line.google.IsTrue("benchmark_list_tests")) {
    benchmark::RunSpecifiedBenchmarks("all");
    return 0;
  }
  if (resumption && fixtures.empty()) {
    CheckDifferences(*resumption, options);
    return ShowFinished(line, *resumption);
  }
  return Measure(fixtures, sweep.skipped, environment, line,
                 std::move(resumption), session);
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
