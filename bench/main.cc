#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/parse_number.h"
#include "context.h"
#include "csv_reporter.h"
#include "dry_run.h"
#include "google_flags.h"
#include "google_output.h"
#include "hybrid.h"
#include "interrupt.h"
#include "name_filter.h"
#include "noise.h"
#include "options.h"
#include "overhead.h"
#include "preflight.h"
#include "summary.h"
#include "tutorial.h"

namespace hybrid {
namespace {

constexpr int kExitFailures = 1;
constexpr int kExitUsage = 2;
constexpr int kExitSignal = 128;

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

/// Lets Google Benchmark take its flags; what it does not know is returned.
/// `program` has to live on: Google Benchmark keeps the pointer for the context
/// of its output files.
std::vector<std::string> InitializeGoogle(
    char* program, const GoogleFlags& flags,
    const std::vector<std::string>& arguments) {
  std::vector<std::string> all = flags.Defaults();
  all.insert(all.end(), arguments.begin(), arguments.end());
  // Google Benchmark would empty the file even to list names.
  if (flags.IsTrue("benchmark_list_tests")) all.push_back("--benchmark_out=");
  std::vector<char*> argv{program};
  for (std::string& argument : all) argv.push_back(argument.data());
  int argc = static_cast<int>(argv.size());
  benchmark::Initialize(&argc, argv.data());
  return {argv.begin() + 1, argv.begin() + argc};
}

/// Registers what the filter selects, and before a sweep its A/A check.
Fixtures SelectAndRegister(Fixtures all, const GoogleFlags& flags,
                           bool with_noise) {
  const NameFilter filter(flags.Value("benchmark_filter"));
  const bool repeats = flags.IsSet("benchmark_repetitions");
  std::set<std::uint64_t> sweep_orders;
  for (const std::unique_ptr<Fixture>& fixture : all) {
    const Config& config = fixture->config();
    if (with_noise && config.family == "Hybrid" &&
        config.operation != Operation::kNone &&
        filter.Selects(fixture->name() + "/manual_time")) {
      sweep_orders.insert(config.n);
    }
  }
  Fixtures selected;
  for (std::unique_ptr<Fixture>& fixture : all) {
    // Its names as Google Benchmark completes them.
    const bool once =
        !repeats && fixture->config().family.starts_with("Tutorial/");
    const std::string name =
        fixture->name() + (once ? "/repeats:1" : "") + "/manual_time";
    const bool checks_sweep = fixture->config().family == "Noise" &&
                              sweep_orders.contains(fixture->config().n);
    if (!filter.Selects(name) && !checks_sweep) continue;
    // The tutorial timed each case once, and a case takes up to minutes.
    Register(*fixture, once ? 1 : 0);
    selected.push_back(std::move(fixture));
  }
  return selected;
}

std::string CsvPath(const Options& options, const Session& session) {
  if (options.csv == "none") return "";
  if (options.csv != "auto") return options.csv;
  return fmt::format("results/{}-{}.csv", session.info.start_utc,
                     session.machine.host);
}

Progress MakeProgress(const Fixtures& fixtures, const GoogleFlags& flags,
                      int usable_cores, std::FILE* out) {
  const auto number = [&flags](const char* name, double fallback) {
    return ParseNumber<double>(flags.Value(name)).value_or(fallback);
  };
  const int repetitions =
      static_cast<int>(number("benchmark_repetitions", kDefaultRepetitions));
  const double min_time_s = number("benchmark_min_time", kDefaultMinTimeS);
  std::vector<Progress::Item> items;
  for (const std::unique_ptr<Fixture>& fixture : fixtures) {
    items.push_back(
        {fixture->name(), ExpectedWeight(fixture->config(), usable_cores,
                                         repetitions, min_time_s)});
  }
  return Progress(std::move(items), out);
}

/// Runs the benchmarks and ends with the answer. The exit status.
int Measure(const Fixtures& fixtures, const std::vector<SkippedConfig>& skipped,
            const Environment& environment, const GoogleFlags& flags,
            const Options& options, Session& session) {
  CsvReporter::Settings settings;
  settings.csv_path = CsvPath(options, session);
  if (flags.IsSet("benchmark_format")) {
    settings.google = std::make_unique<GoogleOutput>(
        std::unique_ptr<benchmark::BenchmarkReporter>(
            benchmark::CreateDefaultDisplayReporter()),
        flags.Value("benchmark_format"));
    // JSON or CSV on stdout is for programs: nothing else may stand there.
    if (flags.Value("benchmark_format") != "console") settings.out = stderr;
  }
  std::FILE* const out = settings.out;
  settings.rerun_noisy = options.rerun_noisy;
  CsvReporter reporter(
      std::move(settings), fixtures,
      MakeProgress(fixtures, flags, session.machine.usable_cores, out));
  // Before Google Benchmark empties the file of --benchmark_out.
  if (!reporter.OpenFile()) return kExitFailures;
  const Context context = GetToKnow(fixtures, environment, options, session);
  AddToGoogleContext(context);
  reporter.set_preamble(ContextText(context) + SkippedText(skipped) + "\n");
  session.on_run = [&reporter](const Config& config) {
    reporter.ShowStatus(Describe(config));
  };
  std::unique_ptr<benchmark::BenchmarkReporter> file;
  if (!flags.Value("benchmark_out").empty()) {
    file = MakeFileReporter(flags.IsSet("benchmark_out_format")
                                ? flags.Value("benchmark_out_format")
                                : "json");
  }
  // All that is registered: it was selected already.
  benchmark::RunSpecifiedBenchmarks(&reporter, file.get(), "all");
  session.pools.Release();

  fmt::print(out, "{}", SummaryText(reporter.rows()));
  if (!reporter.written_path().empty()) {
    fmt::print(out, "\nresults   {}\n", reporter.written_path());
  }
  reporter.CloseFile();
  if (InterruptSignal() != 0) {
    fmt::print(stderr,
               "bench: interrupted by signal {}: what stands above is of the "
               "configurations that were finished\n",
               InterruptSignal());
    return kExitSignal + InterruptSignal();
  }
  const int failures = reporter.failures() + session.pools.bad_ends();
  if (failures > 0) {
    fmt::print(stderr, "bench: {} failure{}, named above\n", failures,
               failures == 1 ? "" : "s");
  }
  return failures > 0 ? kExitFailures : 0;
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
  const GoogleFlags google_flags(arguments);
  google_flags.Check();
  const Options options =
      ParseOptions(InitializeGoogle(argv[0], google_flags, arguments));

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
  Sweep sweep = ExpandSweep(options.axes, machine.usable_cores,
                            machine.memory_available_bytes);
  Fixtures all;
  AddNoise(options.axes, session, all);
  AddHybrid(sweep, session, all);
  AddTutorial(options, session, all, sweep.skipped);
  AddOverhead(options, session, all);
  const Fixtures fixtures =
      SelectAndRegister(std::move(all), google_flags, options.noise);
  if (options.dry_run) {
    fmt::print("{}", DryRunText(fixtures, sweep.skipped, machine));
    return 0;
  }
  if (fixtures.empty()) {
    // Google Benchmark would empty the output file first and exit with 0.
    throw std::runtime_error(fmt::format(
        "--benchmark_filter={}: matches none of the benchmarks that may run; "
        "--benchmark_list_tests names them, --dry_run says what may not",
        google_flags.Value("benchmark_filter")));
  }
  if (google_flags.IsTrue("benchmark_list_tests")) {
    benchmark::RunSpecifiedBenchmarks("all");
    return 0;
  }
  return Measure(fixtures, sweep.skipped, environment, google_flags, options,
                 session);
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
