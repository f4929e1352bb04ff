#include "flags/flag_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "blas/blas_files.h"
#include "flags/command_flags.h"
#include "flags/google_flags.h"
#include "flags/host_flags.h"
#include "flags/readers.h"
#include "operation/operation.h"
#include "protocol/worker_arguments.h"

namespace hybrid {

const std::vector<Flag>& FlagTable() {
  static const std::vector<Flag> table = {
      {.name = "--n",
       .type = "LIST",
       .default_value = "64,256,768",
       .help = "Orders of the n × n operands: 64,256 or 64:2048:*2 or 1:8:+1; "
               "with --command: what {n} is, by default nothing",
       .place = 1,
       .meaning = Meaning::kList,
       .read = AxisReader(&SweepAxes::n, 1000000)},
      {.name = "--batch",
       .type = "LIST|auto",
       .default_value = "auto",
       .help = "Tasks per batch; auto: 8,32, or two and four for each usable "
               "core where that is more",
       .place = 2,
       .meaning = Meaning::kList,
       .read = AutoAxisReader(&SweepAxes::batch, 1000000000)},
      {.name = "--workers",
       .type = "LIST|auto",
       .default_value = "auto",
       .help =
           "Workers, as --engine says; auto: powers of two, divisors of the "
           "usable cores, and what fills them for small batches",
       .place = 3,
       .meaning = Meaning::kList,
       .read = AutoAxisReader(&SweepAxes::workers, 4096)},
      {.name = "--blas_threads",
       .type = "LIST|auto",
       .default_value = "auto",
       .help = "BLAS threads per worker; auto as above, so that workers × "
               "blas_threads fit the cores, and three splits that do not",
       .place = 4,
       .meaning = Meaning::kList,
       .read = AutoAxisReader(&SweepAxes::blas_threads, 4096)},
      {.name = "--engine",
       .type = "LIST",
       .default_value = "processes",
       .help =
           "What workers are: processes, threads (of one process, or of one "
           "--command), batched (one process and the library's batched call, "
           "of --blas_threads)",
       .place = 24,
       .read = NamesReader(&SweepAxes::engines)},
      {.name = "--operation",
       .type = "LIST",
       .default_value = "gemm",
       .help = OperationHelp(),
       .place = 5,
       .read = ReadOperations},
      {.name = "--precision",
       .type = "LIST",
       .default_value = "d",
       .help = "d (double precision), s (single)",
       .place = 25,
       .read = NamesReader(&SweepAxes::precisions)},
      {.name = "--aspect",
       .type = "LIST|auto",
       .default_value = "auto",
       .help = fmt::format("m / n of the matrices of {}; auto: {}",
                           fmt::join(OperationsWithAspects(), ", "),
                           UsualAspectsText()),
       .place = 26,
       .meaning = Meaning::kList,
       .read = AutoAxisReader(&SweepAxes::aspect, 10000)},
      {.name = "--blas",
       .type = "LIST",
       .default_value = "blis",
       .help = fmt::format("Libraries that the workers load: {}, system (what "
                           "libblas.so.3 is), auto (all that are installed), "
                           "or the path of one",
                           fmt::join(BlasNames(), ", ")),
       .place = 9,
       .source = Source::kNoPathFromFile,
       .read = ReadBlas},
      {.name = "--list_blas",
       .help = "Print the libraries that --blas takes by name, where each is, "
               "and the package of those that are not installed",
       .read = SwitchReader(&Options::list_blas)},
      {.name = "--data",
       .type = "LIST",
       .default_value = "fresh",
       .help = "fresh (operands made in every task), resident (all made before "
               "the gate), hot (each worker uses the same again)",
       .place = 6,
       .read = NamesReader(&SweepAxes::data)},
      {.name = "--collect",
       .type = "LIST",
       .default_value = "none",
       .help = "none (a worker overwrites its product), shared (all products "
               "end up in memory that the parent can read)",
       .place = 7,
       .read = NamesReader(&SweepAxes::collect)},
      {.name = "--kernels",
       .type = "LIST",
       .default_value = "best",
       .quick_value = "library",
       .help = "best (the fastest at each n and blas_threads, probed before "
               "the sweep), library (its own choice), or names such as "
               "haswell,skx",
       .place = 8,
       .read = ReadKernels},
      {.name = "--pin",
       .type = "MODE",
       .default_value = "auto",
       .help = "cores (each worker on cores of its own), none, auto (cores "
               "where they suffice)",
       .place = 10,
       .read = ReadPin},
      {.name = "--seed",
       .type = "NUMBER",
       .default_value = "1",
       .help = "Seed of the random operands",
       .place = 11,
       .read = ReadSeed},
      {.name = "--cap",
       .type = "SECONDS|auto",
       .default_value = "auto",
       .help = "Longest a batch may take before it is stopped and reported as "
               "capped; auto: 4 × the fastest split of the same n and batch so "
               "far, at least 1 s, and 600 s while there is none",
       .place = 12,
       .meaning = Meaning::kNumber,
       .read = ReadCap},
      {.name = "--csv",
       .type = "FILE",
       .default_value = "auto",
       .help = "Result file, none for none; auto: results/<UTC "
               "time>-<host>.csv; -: standard output, and all that is for "
               "people on standard error",
       .read = ReadCsvName},
      {.name = "--record",
       .help = "Write the result file into this machine's history: "
               "results/<machine id>/<UTC time>-<commit>.csv",
       .read = SwitchReader(&Options::record)},
      {.name = "--why",
       .help = "End with all groups, their ties, kernels, and why the others "
               "lose, as hybrid-answer --why does",
       .read = SwitchReader(&Options::why)},
      {.name = "--resume",
       .type = "FILE",
       .help = "Go on with a result file: measure what it lacks, with the "
               "flags that it holds",
       .read = FileReader(&Options::resume)},
      {.name = "--resume_anyway",
       .help = "Go on even where flags, machine or library are not those of "
               "the file",
       .read = SwitchReader(&Options::resume_anyway)},
      {.name = "--hang_timeout",
       .type = "SECONDS",
       .default_value = "10",
       .help = "A worker that uses no CPU time for this long in mid-batch has "
               "failed",
       .place = 17,
       .meaning = Meaning::kNumber,
       .read = SecondsReader(&Options::hang_timeout_s)},
      {.name = "--worker",
       .type = "FILE",
       .help = "The worker's executable; default: hybrid-worker beside bench",
       .place = 16,
       .source = Source::kCommandLineOnly,
       .read = FileReader(&Options::worker)},
      {.name = "--search",
       .default_value = "false",
       .help = "Find the best split of each n and batch without measuring all "
               "of them, and say with what chance a better one was missed",
       .place = 34,
       .meaning = Meaning::kBoolean,
       .read = SwitchReader(&Options::search)},
      {.name = "--budget",
       .type = "TIME",
       .help =
           "Longest that measuring may take, behind what is found out "
           "before: 90, 60s, 5m or 1h. Groups of n and batch share it; each "
           "split is launched once before any is launched again",
       .place = 35,
       .read = TimeReader(&Options::budget_s)},
      {.name = "--launch",
       .type = "MODE",
       .default_value = "anew",
       .help =
           "anew (workers for each repetition; the splits of one n and "
           "batch in rounds, in random order), keep (workers live through "
           "all repetitions, one split after the other: no chance of having "
           "missed a better one can be stated)",
       .place = 13,
       .read = EitherReader(&Options::launch_anew, "anew", "keep")},
      {.name = "--ceilings",
       .type = "MODE",
       .default_value = "auto",
       .quick_value = "none",
       .help = "auto (measure the machine's FMA peak and triad bandwidth "
               "first), none",
       .place = 14,
       .read = EitherReader(&Options::ceilings, "auto", "none")},
      {.name = "--rerun_noisy",
       .type = "TIMES|auto",
       .default_value = "auto",
       .quick_value = "0",
       .help = "Measure again what was noisy, up to so many times: rounds of "
               "each n and batch, or configurations where workers live on; "
               "auto: 1 round, no configuration",
       .place = 15,
       .meaning = Meaning::kNumber,
       .read = TimesReader(&Options::rerun_noisy)},
      {.name = "--verbose",
       .help = "Also print how the workers spent the time, what made a "
               "configuration noisy, and what the probe of kernels found",
       .read = SwitchReader(&Options::verbose)},
      {.name = kQuickFlag,
       .default_value = "false",
       .help =
           "A first look: 3 repetitions of at least 0.02 s, the kernels that "
           "the library chooses, no ceilings, and so no probes. Where "
           "--benchmark_repetitions, --benchmark_min_time, --kernels or "
           "--ceilings are given, these count",
       .place = 23,
       .meaning = Meaning::kBoolean,
       .read = SwitchReader(&Options::quick)},
      {.name = "--dry_run",
       .help =
           "Print what would run, what would not and why; measure nothing. "
           "--dry_run=full: each configuration, and the cores of each split",
       .value_optional = true,
       .read = ReadDryRun},
      {.name = "--lock",
       .type = "MODE",
       .default_value = "wait",
       .help = "wait (for other runs of bench on the same CPUs, before "
               "anything is measured), none (measure beside them)",
       .read = EitherReader(&Options::lock, "wait", "none")},
      {.name = "--lock_timeout",
       .type = "TIME",
       .help = "Longest that --lock=wait may wait: 90, 60s, 5m or 1h; "
               "default: for ever",
       .read = TimeReader(&Options::lock_timeout_s)},
      {.name = "--turns",
       .type = "PLACE,FD",
       .help = "Take turns of a few milliseconds with another bench, at the "
               "other end of a socket: what hybrid-compare --run tells two of "
               "them",
       .read = ReadTurns},
      {.name = "--hosts",
       .type = "LIST",
       .help = "Spread each batch over these hosts, too, on each of which "
               "--launcher starts hybrid-agent; workers and blas_threads are "
               "those of one host",
       .section = "Several hosts",
       .read = ReadHosts},
      {.name = "--host_counts",
       .type = "LIST|auto",
       .default_value = "auto",
       .help = "Over how many of them; auto: powers of two, and all. In an "
               "allocation of Slurm's, or started by mpirun, its hosts",
       .read = ReadHostCounts},
      {.name = "--launcher",
       .type = "NAME|PREFIX",
       .help =
           "What starts the agents: srun, mpirun, mpiexec, ssh, or words to "
           "put before the agent, with {host}, {hosts} or {host_count} in "
           "them; default: srun in an allocation of Slurm's, ssh with "
           "--hosts",
       .read = ReadLauncher},
      {.name = "--agent",
       .type = "FILE",
       .help = "The agent's path on all hosts; default: that of hybrid-agent "
               "beside bench",
       .read = ReadAgent},
      {.name = "--unequal_hosts",
       .help = "Take hosts of different CPUs or numbers of cores together",
       .read = ReadUnequalHosts},
      {.name = "--command",
       .type = "COMMAND",
       .help = "Any program as the worker, in words as a shell splits them: "
               "--command='python3 job.py'. No shell runs it ('sh -c …' does); "
               "result files record it, so keep passwords out of it",
       .section = "Your own program",
       .place = 27,
       .source = Source::kCommandLineOnly,
       .read = ReadCommand},
      {.name = "--protocol",
       .type = "MODE",
       .default_value = "auto",
       .help =
           "How tasks reach it: lines (run FIRST COUNT, done COUNT), filter (a "
           "task number in, a line out), once (a start for each task: {task} "
           "{first} {count} {n} {blas_threads} {worker} {seed}), whole (a "
           "start for each batch: {workers} {blas_threads} {batch} {n} {seed}, "
           "and of several hosts {hosts} {host_count} {all_workers}), auto "
           "(lines where it says that it is ready)",
       .place = 28,
       .read = ReadProtocol},
      {.name = "--start_timeout",
       .type = "SECONDS",
       .default_value = fmt::format("{}", kUsualStartTimeoutS),
       .help = "Longest that it may take to be ready",
       .place = 29,
       .meaning = Meaning::kNumber,
       .read = SecondsReader(&Options::start_timeout_s)},
      {.name = "--env",
       .type = "NAME=LIST",
       .help = "Values of a variable to measure it with, without commas: "
               "--env=OMP_WAIT_POLICY=active,passive; once for each name",
       .place = 30,
       .source = Source::kCommandLineOnly,
       .read = ReadEnv},
      {.name = "--keep_env",
       .type = "NAMES",
       .help = "Variables that steer a BLAS or OpenMP and that it is to get "
               "all the same",
       .place = 31,
       .read = ReadKeepEnv},
      {.name = "--working_directory",
       .type = "FOLDER",
       .help = "Where it is started; default: here",
       .place = 32,
       .source = Source::kCommandLineOnly,
       .read = FileReader(&Options::working_directory)},
      {.name = "--prepare",
       .type = "COMMAND",
       .help = "What is run, and waited for, before each start of it",
       .place = 33,
       .source = Source::kCommandLineOnly,
       .read = ReadPrepare},
      // Its default is recorded as if it had been given (command_line.cc): a
      // file without it is of a bench that ran every family by default.
      {.name = "--benchmark_filter", .place = 18},
      {.name = "--benchmark_repetitions",
       .default_value = fmt::format("{}", kDefaultRepetitions),
       .quick_value = "3",
       .place = 19,
       .meaning = Meaning::kNumber},
      {.name = "--benchmark_min_time",
       .default_value = fmt::format("{}", kDefaultMinTimeS),
       .quick_value = "0.02",
       .place = 20,
       .meaning = Meaning::kMinTime},
      {.name = "--benchmark_min_warmup_time",
       .default_value = "0",
       .place = 21,
       .meaning = Meaning::kNumber},
      {.name = "--benchmark_enable_random_interleaving",
       .default_value = "false",
       .place = 22,
       .meaning = Meaning::kBoolean}};
  return table;
}

const Flag* FindFlag(std::string_view name) {
  for (const Flag& flag : FlagTable()) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

std::vector<const Flag*> RecordedFlags() {
  std::vector<const Flag*> flags;
  for (const Flag& flag : FlagTable()) {
    if (flag.place > 0) flags.push_back(&flag);
  }
  std::sort(flags.begin(), flags.end(),
            [](const Flag* a, const Flag* b) { return a->place < b->place; });
  return flags;
}

std::vector<std::string> FlagNames() {
  std::vector<std::string> names;
  for (const Flag& flag : FlagTable()) {
    if (!IsGoogleFlag(flag.name)) names.push_back(flag.name);
  }
  return names;
}

}  // namespace hybrid
