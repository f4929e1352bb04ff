#include "options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "flag_values.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

constexpr AxisRule kN{.flag = "--n", .max = 1000000};
constexpr AxisRule kBatch{.flag = "--batch", .max = 1000000000};
constexpr AxisRule kWorkers{
    .flag = "--workers", .max = 4096, .allows_auto = true};
constexpr AxisRule kBlasThreads{
    .flag = "--blas_threads", .max = 4096, .allows_auto = true};

/// The flags' values as text, holding the defaults that --help shows.
struct RawOptions {
  std::string n = "64,256,768";
  std::string batch = "8,32";
  std::string workers = "auto";
  std::string blas_threads = "auto";
  std::string operation = "gemm";
  std::string data = "fresh";
  std::string collect = "none";
  std::string pin = "auto";
  std::string seed = "1";
  std::string cap = "auto";
  std::string csv = "auto";
  std::string hang_timeout = "10";
  std::string worker;
  std::string kernels = "best";
  std::string serial_blis = "auto";
  std::string noise = "auto";
  std::string ceilings = "auto";
  std::string rerun_noisy = "0";
  std::string resume;
  bool record = false;
  bool resume_anyway = false;
  bool dry_run = false;
};

void AddFlags(CLI::App& app, RawOptions& raw) {
  const auto add = [&app](const char* flag, std::string& value,
                          const char* type, const char* help) {
    app.add_option(flag, value, help)->type_name(type)->capture_default_str();
  };
  add("--n", raw.n, "LIST",
      "Orders of the n × n operands: 64,256 or 64:2048:*2 or 1:8:+1");
  add("--batch", raw.batch, "LIST", "Tasks per batch");
  add("--workers", raw.workers, "LIST|auto",
      "Worker processes; auto: powers of two and the usable cores");
  add("--blas_threads", raw.blas_threads, "LIST|auto",
      "BLAS threads per worker; auto as above, workers × blas_threads up to "
      "twice the usable cores");
  add("--operation", raw.operation, "LIST", OperationHelp().c_str());
  add("--data", raw.data, "LIST",
      "fresh (operands made in every task), resident (all made before the "
      "gate), hot (each worker reuses one pair)");
  add("--collect", raw.collect, "LIST",
      "none (a worker overwrites its product), shared (all products end up in "
      "memory that the parent can read)");
  add("--kernels", raw.kernels, "LIST",
      "best (the fastest at each n and blas_threads, probed before the sweep), "
      "library (BLIS's own choice), or names such as haswell,skx");
  add("--pin", raw.pin, "MODE",
      "cores (each worker on cores of its own), none, auto (cores where they "
      "suffice)");
  add("--seed", raw.seed, "NUMBER", "Seed of the random operands");
  add("--cap", raw.cap, "SECONDS|auto",
      "Longest a batch may take before it is stopped and reported as capped; "
      "auto: 4 × the fastest split of the same n and batch so far, at least 1 "
      "s, and 600 s while there is none");
  add("--csv", raw.csv, "FILE",
      "Result file, none for none; auto: results/<UTC time>-<host>.csv");
  app.add_flag("--record", raw.record,
               "Write the result file into this machine's history: "
               "results/<machine id>/<UTC time>-<commit>.csv");
  add("--resume", raw.resume, "FILE",
      "Go on with a result file: measure what it lacks, with the flags that it "
      "holds");
  app.add_flag("--resume_anyway", raw.resume_anyway,
               "Go on even where flags, machine or BLIS are not those of the "
               "file");
  add("--hang_timeout", raw.hang_timeout, "SECONDS",
      "A worker that uses no CPU time for this long in mid-batch has failed");
  add("--worker", raw.worker, "FILE",
      "The worker's executable; default: hybrid-worker beside bench");
  add("--serial_blis", raw.serial_blis, "MODE",
      "auto (workers of one thread run BLIS's serial build where it is "
      "installed), never (the OpenMP build always)");
  add("--noise", raw.noise, "MODE",
      "auto (a sweep comes with the A/A check Noise/…), none (only where the "
      "filter names it)");
  add("--ceilings", raw.ceilings, "MODE",
      "auto (measure the machine's FMA peak and triad bandwidth first), none");
  add("--rerun_noisy", raw.rerun_noisy, "TIMES",
      "Measure a configuration that was noisy again, up to so many times");
  app.add_flag("--dry_run", raw.dry_run,
               "Print what would run, what would not and why; measure nothing");
}

std::unique_ptr<CLI::App> MakeApp(RawOptions& raw) {
  auto app = std::make_unique<CLI::App>(
      "How should the cores be split between worker processes and BLAS "
      "threads?",
      "bench");
  app->set_help_flag("--help,-h", "Print this and exit");
  AddFlags(*app, raw);
  return app;
}

Options Interpret(const RawOptions& raw) {
  Options options;
  options.axes.n = ParseAxis(kN, raw.n);
  options.axes.batch = ParseAxis(kBatch, raw.batch);
  options.axes.workers = ParseAxis(kWorkers, raw.workers);
  options.axes.blas_threads = ParseAxis(kBlasThreads, raw.blas_threads);
  options.axes.operations = ParseNames<std::string>(
      "--operation", raw.operation,
      fmt::format("a list of {}", fmt::join(OperationNames(), ", ")),
      [](std::string_view name) -> std::optional<std::string> {
        if (FindOperation(name) == nullptr) return std::nullopt;
        return std::string(name);
      });
  options.axes.data = ParseNames<Data>(
      "--data", raw.data, "a list of fresh, resident, hot", ByName<Data>);
  options.axes.collect = ParseNames<Collect>(
      "--collect", raw.collect, "a list of none, shared", ByName<Collect>);
  const std::optional<Pin> pin = ByName<Pin>(raw.pin);
  if (!pin) {
    throw FlagError(
        fmt::format("--pin={}: takes auto, cores or none", raw.pin));
  }
  options.axes.pin = *pin;
  options.axes.seed = ParseSeed(raw.seed);
  if (raw.cap != "auto") {
    options.cap_s = ParseSeconds("--cap", raw.cap, " or auto");
  }
  if (raw.csv.empty()) {
    throw FlagError("--csv=: takes a file, auto or none");
  }
  options.csv = raw.csv;
  options.hang_timeout_s = ParseSeconds("--hang_timeout", raw.hang_timeout, "");
  options.worker = raw.worker;
  options.axes.kernels = ParseKernels(raw.kernels);
  options.serial_blis = ParseAuto("--serial_blis", raw.serial_blis, "never");
  options.noise = ParseAuto("--noise", raw.noise, "none");
  options.ceilings = ParseAuto("--ceilings", raw.ceilings, "none");
  options.rerun_noisy = ParseTimes("--rerun_noisy", raw.rerun_noisy);
  options.dry_run = raw.dry_run;
  options.record = raw.record;
  options.resume = raw.resume;
  options.resume_anyway = raw.resume_anyway;
  return options;
}

/// Flags that say where rows go, of which only one can be right.
void CheckFile(const CLI::App& app, const Options& options) {
  const bool resumes = app.count("--resume") > 0;
  if (resumes && options.resume.empty()) {
    throw FlagError("--resume=: takes the result file to go on with");
  }
  if (options.record && app.count("--csv") > 0) {
    throw FlagError(
        fmt::format("--record chooses the file's name, --csv={} another one: "
                    "give one of them",
                    options.csv));
  }
  if (resumes && (options.record || app.count("--csv") > 0)) {
    throw FlagError(
        fmt::format("--resume={} goes on with that file: give no {} beside it",
                    options.resume, options.record ? "--record" : "--csv"));
  }
  if (options.resume_anyway && !resumes) {
    throw FlagError("--resume_anyway: takes a --resume=FILE beside it");
  }
}

}  // namespace

Options ParseOptions(const std::vector<std::string>& arguments) {
  RawOptions raw;
  const std::unique_ptr<CLI::App> app = MakeApp(raw);
  for (const std::string& argument : arguments) {
    // CLI11 would only say that it was not expected.
    if (argument.starts_with("--benchmark_") || argument.starts_with("--v=")) {
      throw FlagError(fmt::format(
          "{}: Google Benchmark has no such flag or does not take this value; "
          "see --help",
          argument));
    }
  }
  try {
    // CLI11 takes its arguments from the back.
    app->parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    throw FlagError(fmt::format("{}; see --help", error.what()));
  }
  Options options = Interpret(raw);
  options.n_given = app->count("--n") > 0;
  options.batch_given = app->count("--batch") > 0;
  CheckFile(*app, options);
  for (const CLI::Option* option : app->get_options()) {
    if (option->count() == 0) continue;
    options.given[option->get_name()] = option->results().back();
  }
  return options;
}

std::string DefaultValue(const std::string& flag) {
  RawOptions raw;
  return MakeApp(raw)->get_option(flag)->get_default_str();
}

std::string HelpText() {
  RawOptions raw;
  return MakeApp(raw)->help();
}

}  // namespace hybrid
