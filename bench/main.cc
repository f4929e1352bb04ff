#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/descriptor_limit.h"
#include "base/flag_error.h"
#include "base/standard_streams.h"
#include "base/system_error.h"
#include "exit_status.h"
#include "flags/command_line.h"
#include "flags/host_flags.h"
#include "flags/output_files.h"
#include "hosts.h"
#include "list_blas.h"
#include "locking.h"
#include "machine/cpu_locks.h"
#include "measure.h"
#include "measure/interrupt.h"
#include "output/dry_run.h"
#include "pool/worker_group.h"
#include "resumption.h"
#include "selection.h"
#include "version.h"

namespace hybrid {
namespace {

bool IsOpen(int fd) { return fcntl(fd, F_GETFD) >= 0; }

/// Gives standard streams that the caller closed to /dev/null: otherwise the
/// next descriptor would take their place, and a worker's output its content.
void OpenStandardStreams() {
  int fd = open("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO) fd = open("/dev/null", O_RDWR);
  if (fd >= 0) close(fd);
}

bool Has(const std::vector<std::string>& arguments, std::string_view flag) {
  return std::find(arguments.begin(), arguments.end(), flag) != arguments.end();
}

void PrintHelp() {
  PrintOutput(fmt::format("{}\nGoogle Benchmark's flags:\n", HelpText()));
  benchmark::PrintDefaultHelp();
  if (std::fflush(stdout) != 0) ThrowSystemError("standard output");
}

void ListNames(const BenchmarkList& list, const CommandLine& line) {
  std::string names;
  std::string previous;
  for (const Benchmark& benchmark : list.benchmarks) {
    std::string name = CompleteName(benchmark.key, line) + "\n";
    // A search has a name for all configurations of its group.
    if (name != previous) names += name;
    previous = std::move(name);
  }
  PrintOutput(names);
}

/// On a machine that hwloc makes up nothing can be measured.
void CheckIsReal(const Machine& machine, const CommandLine& line) {
  if (machine.topology.is_this_system || line.options.dry_run ||
      line.google.IsTrue("benchmark_list_tests")) {
    return;
  }
  throw FlagError(
      "HWLOC_SYNTHETIC, HWLOC_XMLFILE or HWLOC_THISSYSTEM=0 describes a "
      "machine that is not this one: unset it to measure, or see with "
      "--dry_run what would run there");
}

/// Throws what a run would: what that refuses is no fine dry run.
void PrintDryRun(const CommandLine& line, BenchmarkList list,
                 std::optional<ResumePlan> resume, const Machine& machine) {
  if (resume && list.benchmarks.empty()) {
    CheckDifferences(*resume, line.options);
  } else if (!list.benchmarks.empty() && machine.topology.is_this_system) {
    resume = CheckStart(line, list, std::move(resume), machine);
  }
  if (resume) PrintOutput(ResumedText(*resume));
  PrintOutput(line.options.full_dry_run ? FullDryRunText(list, machine)
                                        : DryRunText(list, machine));
  const bool has_rows = resume && resume->done > 0;
  if (list.benchmarks.empty() && !has_rows) RefuseNothing(list, line);
}

/// What there is to measure.
struct Plan {
  BenchmarkList list;
  std::optional<ResumePlan> resume{};
};

/// Throws where that is nothing.
Plan MakePlan(const CommandLine& line, const Machine& machine) {
  Plan plan{.list = SelectBenchmarks(line, machine)};
  BenchmarkList& list = plan.list;
  // A dry run names what may not run first.
  if (list.benchmarks.empty() &&
      (!line.options.dry_run || list.skipped.empty())) {
    RefuseNothing(list, line);
  }
  plan.resume = ResumePlanFor(line, list.benchmarks, machine);
  if (plan.resume) {
    list.benchmarks = KeepRemaining(std::move(list.benchmarks), *plan.resume);
  }
  return plan;
}

/// From what `arguments` say, which is `line`, to the exit status. `locks` are
/// those for which this run has waited already.
int Run(const std::vector<std::string>& arguments, CommandLine line,
        std::optional<CpuLocks> locks = {}) {
  Machine machine = FindMachine(line.options);
  CheckIsReal(machine, line);
  Plan plan = MakePlan(line, machine);
  if (line.options.dry_run) {
    PrintDryRun(line, std::move(plan.list), plan.resume, machine);
    return 0;
  }
  if (line.google.IsTrue("benchmark_list_tests")) {
    ListNames(plan.list, line);
    return 0;
  }
  if (plan.resume && plan.list.benchmarks.empty()) {
    CheckDifferences(*plan.resume, line.options);
    return ShowFinished(line, *plan.resume);
  }
  if (!locks) {
    locks = LockCpus(line.options, machine, [&] {
      // Nobody waits for what will be refused.
      BenchmarkList list = plan.list;
      CheckStart(line, list, plan.resume, machine);
    });
    // Who was waited for had memory, and may have written the file.
    if (locks->waited_s() > 0) {
      return Run(arguments, ReadCommandLine(arguments), std::move(locks));
    }
  }
  std::string note = LockNote(line.options, *locks);
  if (!note.empty()) machine.notes.push_back(std::move(note));
  return Measure(line, std::move(plan.list), std::move(plan.resume), machine);
}

int Main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (Has(arguments, "--help") || Has(arguments, "-h")) {
    PrintHelp();
    return 0;
  }
  const bool has_output = IsOpen(STDOUT_FILENO);
  OpenStandardStreams();
  CatchInterrupts();
  if (Has(arguments, "--version")) {
    PrintOutput(VersionText());
    return 0;
  }
  RaiseDescriptorLimit();
  CommandLine line = ReadCommandLine(arguments);
  if (!has_output) RefuseClosedOutput(line.options, line.google);
  InitializeGoogle(argv[0], line.google);

  if (line.options.list_blas) {
    PrintOutput(BlasListText());
    return 0;
  }
  CheckInstalled(line.options);
  RefuseRanks();
  CheckHosts(line.options);
  return Run(arguments, std::move(line));
}

}  // namespace
}  // namespace hybrid

int main(int argc, char** argv) {
  try {
    return hybrid::Main(argc, argv);
  } catch (const hybrid::FlagError& error) {
    hybrid::PrintError(fmt::format("bench: {}\n", error.what()));
    return hybrid::kExitUsage;
  } catch (const hybrid::PoolInterrupted&) {
    return hybrid::InterruptedStatus();
  } catch (const std::exception& error) {
    hybrid::PrintError(fmt::format("bench: {}\n", error.what()));
    return hybrid::kExitFailures;
  }
}
