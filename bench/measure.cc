#include "measure.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/contains.h"
#include "base/find_program.h"
#include "base/flag_error.h"
#include "base/standard_streams.h"
#include "base/terminal.h"
#include "base/text.h"
#include "blas/blas_files.h"
#include "cluster/host_group.h"
#include "cluster/host_survey.h"
#include "exit_status.h"
#include "flags/min_time.h"
#include "flags/output_files.h"
#include "group_measurements.h"
#include "group_watch.h"
#include "hosts.h"
#include "key/key_text.h"
#include "measure/interrupt.h"
#include "measure/measured_memory.h"
#include "measure/new_row.h"
#include "measure/probe_kernels.h"
#include "measurement.h"
#include "output/context.h"
#include "output/csv_reporter.h"
#include "output/expected_time.h"
#include "output/not_run_text.h"
#include "output/outputs.h"
#include "output/result_table.h"
#include "output/row_file.h"
#include "output/status_line.h"
#include "output/summary.h"
#include "registration.h"
#include "results/csv_reader.h"
#include "results/former_folders.h"
#include "results/host_names.h"
#include "results/newest_file.h"
#include "results/results_error.h"
#include "resumption.h"
#include "selection.h"

namespace hybrid {
namespace {

/// Throws FlagError for a program that can't be run.
void CheckExecutable(const std::string& path) {
  const int why = WhyNotRun(path);
  if (why == 0) return;
  throw FlagError(
      fmt::format("--worker={}: {}; takes the path of hybrid-worker", path,
                  std::generic_category().message(why)));
}

Elsewhere ElsewhereOf(const Options& options) {
  const auto cluster = ClusterOf(options);
  return cluster ? OnHosts(cluster) : Elsewhere();
}

/// Site::hosts.
std::function<std::vector<HostFacts>(const HostQuestions&)> HostsOf(
    const Options& options) {
  const auto cluster = ClusterOf(options);
  if (!cluster) return {};
  const std::uint64_t hosts = *std::max_element(
      options.axes.host_counts.begin(), options.axes.host_counts.end());
  return [cluster, hosts](const HostQuestions& questions) {
    return LookAtHosts(*cluster, hosts, questions, &Interrupted);
  };
}

WorkerSettings WorkersFor(const Options& options) {
  return {.executable = options.worker.empty() ? DefaultWorkerExecutable()
                                               : options.worker,
          .environment = ScrubEnvironment(ProcessEnvironment()),
          .hang_timeout_s = options.hang_timeout_s,
          .command = {.start_timeout_s = options.start_timeout_s,
                      .working_directory = options.working_directory,
                      .prepare = options.prepare,
                      .keep_env = options.keep_env,
                      .hosts = options.hosts.in_order},
          .elsewhere = ElsewhereOf(options),
          .interrupted = &Interrupted};
}

RowPlace PlaceFor(const Options& options,
                  const std::optional<ResumePlan>& resume,
                  const RunIdentity& run, const Site& site) {
  RowPlace place;
  if (resume) {
    place.flag = "--resume";
    place.path = resume->file.path;
    place.position = resume->position();
    place.rows = resume->kept_rows;
    if (resume->file.is_former) {
      place.former_rows.emplace(resume->rows().begin(), resume->rows().end());
    }
  } else if (options.record) {
    place.flag = "--record";
    place.name = CsvWriter::Name::kFree;
    for (const std::string& note :
         FormerFolderNotes("results", site.machine_id)) {
      PrintError(fmt::format("bench: {}\n", note));
    }
    place.path = fmt::format("results/{}/{}-{}.csv", site.machine_id,
                             run.start_utc, run.git_commit);
  } else if (options.csv == "auto") {
    place.name = CsvWriter::Name::kFree;
    place.path =
        fmt::format("results/{}-{}.csv", run.start_utc, site.machine.host);
  } else if (options.csv == kStandardOutput) {
    place.name = CsvWriter::Name::kNone;
    place.path = "standard output";
  } else if (options.csv != "none") {
    place.path = options.csv;
  }
  return place;
}

std::vector<Key> KeysOf(const BenchmarkList& list) {
  std::vector<Key> keys;
  for (const Benchmark& benchmark : list.benchmarks) {
    keys.push_back(benchmark.key);
  }
  return keys;
}

CapPolicy CapsFor(const Options& options,
                  const std::optional<ResumePlan>& resume) {
  CapPolicy caps(options.cap_s);
  if (resume) {
    for (const KnownSpeed& known : resume->speeds) {
      caps.Note(known.key, known.wall_s);
    }
  }
  return caps;
}

/// So many times a search launches each split, on average and about.
constexpr int kLaunchesOfSearch = 2;

/// What measuring `benchmark` takes, see ExpectedWeight; with `screening`
/// launching it once.
double WeightOf(const Benchmark& benchmark, const CommandLine& line,
                int usable_cores, bool screening = false) {
  MinTime min_time = MinTimeOf(line.google);
  const auto plan = GroupPlanFor(line.options, line.google);
  const bool anew = plan && benchmark.key.family == Family::kHybrid;
  auto repetitions =
      static_cast<int>(RepetitionsOf(benchmark.key, line.google));
  if (anew && plan->is_search) repetitions = kLaunchesOfSearch;
  if (anew && !min_time.iterations) min_time.seconds = plan->launch_s;
  return ExpectedWeight(benchmark.key, usable_cores,
                        screening ? 1 : repetitions, min_time, anew);
}

Progress MakeProgress(const BenchmarkList& list, const CommandLine& line,
                      int usable_cores, std::size_t done) {
  std::vector<Progress::Item> items;
  for (const Benchmark& benchmark : list.benchmarks) {
    items.push_back({benchmark.name, WeightOf(benchmark, line, usable_cores)});
  }
  return Progress(std::move(items), done);
}

CsvReporter::Settings ReporterSettings(const CommandLine& line,
                                       const std::optional<ResumePlan>& resume,
                                       Outputs& outputs) {
  CsvReporter::Settings settings;
  if (resume) settings.rows = {resume->rows().begin(), resume->rows().end()};
  settings.display = outputs.MakeDisplay();
  settings.out_file = outputs.MakeOutFile();
  settings.rerun_noisy = line.options.rerun_noisy.value_or(0);
  return settings;
}

/// Says the steps of a preparation on `status`; where there is none, the first
/// one of each kind, once, as a line.
Say SayOn(StatusLine& status, TextOutput& out) {
  return [&status, &out,
          said = std::set<std::string>()](const std::string& step) mutable {
    if (status.is_terminal()) {
      status.Show(step + " …");
    } else if (said.insert(step.substr(0, step.rfind(' '))).second) {
      out.Print(step + " …\n");
    }
  };
}

/// What this machine's newest result file lets expect of `weight`; nothing
/// where there is none, or one that can't be read.
std::string DurationText(double weight, const std::string& machine_id) {
  constexpr const char* unknown = "for an unknown time";
  const std::string file =
      NewestFileOfMachine({"results", "results/" + machine_id}, machine_id);
  if (file.empty()) return unknown;
  try {
    const std::optional<double> time_s = ExpectedTimeS(weight, ReadCsv(file));
    return time_s ? fmt::format("{} from {}", AboutText(*time_s), file)
                  : unknown;
  } catch (const ResultsError&) {
    return unknown;
  }
}

std::string PlanText(const BenchmarkList& list, const CommandLine& line,
                     const Progress& progress, const Site& site) {
  const std::size_t count = list.benchmarks.size();
  std::string text = Counted(count, "configuration");
  if (line.options.search) {
    const std::size_t groups = HybridGroups(KeysOf(list)).size();
    text = fmt::format("a search in {} of {} in all", Counted(groups, "group"),
                       Counted(count, "split"));
  }
  text += fmt::format(", {}",
                      DurationText(progress.weight_left(), site.machine_id));
  if (line.options.budget_s) {
    double screening = 0;
    for (const Benchmark& benchmark : list.benchmarks) {
      screening += WeightOf(benchmark, line, site.machine.usable_cores, true);
    }
    text += fmt::format("; at most {} (--budget); each split once: {}",
                        MinutesText(*line.options.budget_s),
                        DurationText(screening, site.machine_id));
  }
  return Labelled("plan      ", text);
}

int FinalStatus(int failures) {
  if (Interrupted()) return InterruptedStatus();
  if (failures == 0) return 0;
  PrintError(
      fmt::format("bench: {}, named above\n", Counted(failures, "failure")));
  return kExitFailures;
}

/// Of who measured with BLIS alone where other programs load another library.
std::string SystemHint(std::span<const Row> rows) {
  const std::optional<std::string> system = SystemBlas();
  if (!system || system->starts_with(kBlis)) return {};
  for (const Row& row : rows) {
    if (row.blas != kBlis) return {};
  }
  return fmt::format("this system's BLAS is {}: --blas=blis,system",
                     ShortValue("blas", *system));
}

/// `rows` may be of a file that another container began.
std::string ResultsText(std::span<const Row> rows, const std::string& path,
                        const Options& options, bool styled,
                        std::span<const SkippedKey> not_run) {
  std::vector<Row> ours(rows.begin(), rows.end());
  HostNames().Unify(ours);
  ScreenSettings screen;
  screen.file = path;
  screen.stray = ScrubEnvironment(ProcessEnvironment()).removed;
  std::erase_if(screen.stray, [&options](const std::string& variable) {
    return Contains(options.keep_env, variable.substr(0, variable.find('=')));
  });
  screen.hint = SystemHint(rows);
  screen.not_run = NotRunText(not_run, rows);
  screen.styled = styled;
  return SummaryText(ours, options.why, screen);
}

/// Those of `skipped` for which the rows of `resume` leave no memory.
std::vector<SkippedKey> WithoutMemory(std::span<const SkippedKey> skipped,
                                      const ResumePlan& resume,
                                      const Machine& machine) {
  const MeasuredMemory memory(resume.rows());
  std::vector<SkippedKey> without;
  for (const SkippedKey& one : skipped) {
    if (memory.WhyNot(one.key, machine) == one.reason) without.push_back(one);
  }
  return without;
}

/// What a run finds where it is to measure, before it opens its file.
struct Start {
  RunIdentity run;
  Site site;
  std::optional<ResumePlan> resume;  ///< with what differs here from its file
};

/// Throws FlagError for flags that are about groups, where there are none.
void CheckHasGroups(const Options& options, const std::vector<Key>& keys) {
  if (!HybridGroups(keys).empty()) return;
  const char* const flag = options.search     ? "--search"
                           : options.budget_s ? "--budget"
                                              : nullptr;
  if (flag == nullptr) return;
  throw FlagError(fmt::format(
      "{}: is for the family Hybrid, of which --benchmark_filter selects none",
      flag));
}

/// Looks at workers and site, and compares them with the file of `resume`.
/// Throws FlagError for a worker that can't be run, and for what differs.
Start LookAround(const CommandLine& line, const BenchmarkList& list,
                 const Machine& machine, std::optional<ResumePlan> resume) {
  const WorkerSettings workers = WorkersFor(line.options);
  CheckExecutable(workers.executable);
  Start start{
      .run = NewRun(FlagsText(line.flags), resume ? resume->run_id() : ""),
      .site = SurveySite(machine, workers, LibrariesOf(KeysOf(list))),
      .resume = std::move(resume)};
  start.site.hosts = HostsOf(line.options);
  // What nobody could be asked is no difference.
  if (start.resume && !Interrupted()) {
    start.resume =
        ComparedWith(start.run, start.site, std::move(*start.resume));
    CheckDifferences(*start.resume, line.options);
  }
  return start;
}

/// What was left out while others were measured.
std::vector<SkippedKey> NotRun(const Measurements& measurements,
                               const MeasuredGroups& groups) {
  std::vector<SkippedKey> not_run;
  for (const Measurement& measurement : measurements) {
    if (measurement.is_of_group() || measurement.not_run().empty()) continue;
    not_run.push_back({measurement.key(), measurement.not_run()});
  }
  for (const auto& entry : groups) {
    for (const GroupMember& member : entry.second.run.members()) {
      if (member.not_run.empty()) continue;
      not_run.push_back({member.key, member.not_run});
    }
  }
  return not_run;
}

}  // namespace

int InterruptedStatus() {
  PrintError(
      fmt::format("bench: interrupted by signal {}: what stands above is of "
                  "what was measured before\n",
                  InterruptSignal()));
  return kExitSignal + InterruptSignal();
}

int Measure(const CommandLine& line, BenchmarkList list,
            std::optional<ResumePlan> to_resume, const Machine& machine) {
  OutliveReaders();
  Outputs outputs(line.options, line.google);
  TextOutput& out = outputs.people();
  StatusLine status(out);
  Start start = LookAround(line, list, machine, std::move(to_resume));
  const Site& site = start.site;
  const std::optional<ResumePlan>& resume = start.resume;
  if (resume && Interrupted()) return InterruptedStatus();
  SkipImpossible(site, list, start.resume);
  if (list.benchmarks.empty()) {
    if (resume && resume->done > 0) {
      return ShowFinished(line, *resume,
                          WithoutMemory(list.skipped, *resume, machine));
    }
    RefuseNothing(list, line);
  }
  const std::vector<Key> all_keys = KeysOf(list);
  CheckHasGroups(line.options, all_keys);
  // Before anything takes its time.
  RowFile file(PlaceFor(line.options, resume, start.run, site));
  out.Print(MachineText(machine));
  const RunContext context = PrepareRun(
      start.run, site, all_keys, line.options.ceilings,
      resume ? resume->rows() : std::span<const Row>(), SayOn(status, out));
  AddToGoogleContext(context);
  list.Skip(WithoutKernels(all_keys, context.kernels));
  const std::vector<Key> keys = KeysOf(list);
  file.CutTail();

  // Searches are counted by groups.
  const bool counts_done = resume && !line.options.search;
  Progress progress = MakeProgress(list, line, machine.usable_cores,
                                   counts_done ? resume->done : 0);
  status.Clear();
  out.Print(fmt::format(
      "{}{}{}{}\n", ContextText(context, line.options.verbose),
      SkippedSummary(list.skipped), resume ? ResumedText(*resume) : "",
      PlanText(list, line, progress, site)));
  const ResultTable table(keys, DisplayWidth(progress.Count()),
                          line.options.verbose);
  RunState state(
      context, CapsFor(line.options, resume),
      MeasuredMemory(resume ? resume->rows() : std::span<const Row>()));
  if (line.options.turns.socket >= 0) {
    state.turns = Turns(UniqueFd(line.options.turns.socket),
                        line.options.turns.comes_first);
  }
  if (!MinTimeOf(line.google).iterations) {
    state.repetition_s = MinTimeOf(line.google).seconds;
  }
  CsvReporter::Settings settings = ReporterSettings(line, resume, outputs);
  const bool has_table = settings.display == nullptr;
  if (has_table) out.Print(table.Header());
  const Onlooker onlooker{
      .on_trial =
          [&](const Key& key) {
            status.Show(progress.StatusText(KeyText(key, KeyStyle::kShort)));
          },
      .on_long_batch =
          [&](const Key& key, double wall_s, std::size_t repetitions) {
            status.Clear();
            if (!has_table) return;
            out.Print(
                table.FirstLine(progress.Count(), key, wall_s, repetitions));
          }};
  MeasuredGroups groups;
  if (const auto plan = GroupPlanFor(line.options, line.google)) {
    groups = MakeGroups(list.benchmarks, *plan,
                        resume ? resume->rows() : std::span<const Row>(),
                        context, state);
  }
  Measurements measurements;
  std::set<const MeasuredGroup*> searched;
  for (const Benchmark& benchmark : list.benchmarks) {
    MeasuredGroup* const group = GroupWith(benchmark.key, groups);
    // A search is one of Google's benchmarks, whatever its group holds.
    const bool is_search = group != nullptr && group->run.is_search();
    if (is_search && !searched.insert(group).second) continue;
    measurements.emplace_back(benchmark, context, state, onlooker, group);
  }
  CsvReporter reporter(std::move(settings), measurements, file,
                       {table, progress, status, out});
  for (const Row& row : HostRows(context)) reporter.TakeRow(row);
  const GroupWatch watch(groups, line.options.budget_s,
                         {.reporter = reporter,
                          .progress = progress,
                          .status = status,
                          .out = out,
                          .has_table = has_table,
                          .on_long_batch = onlooker.on_long_batch});
  RunAll(measurements, line.google, reporter);
  state.pools.Release();
  std::vector<SkippedKey> not_run = NotRun(measurements, groups);
  if (resume) {
    const auto without = WithoutMemory(list.skipped, *resume, machine);
    not_run.insert(not_run.begin(), without.begin(), without.end());
  }
  out.Print(ResultsText(reporter.rows(), file.written_path(), line.options,
                        out.TakesStyle(), not_run));
  return FinalStatus(reporter.failures() + file.failures() +
                     state.pools.bad_ends() +
                     outputs.CountFailures(file.written_path()));
}

std::optional<ResumePlan> CheckStart(const CommandLine& line,
                                     BenchmarkList& list,
                                     std::optional<ResumePlan> resume,
                                     const Machine& machine) {
  const Outputs outputs(line.options, line.google);
  Start start = LookAround(line, list, machine, std::move(resume));
  SkipImpossible(start.site, list, start.resume);
  RowPlace place = PlaceFor(line.options, start.resume, start.run, start.site);
  // Standard output would get the header.
  if (place.name != CsvWriter::Name::kNone)
    const RowFile file(std::move(place));
  list.Skip(CheckNamedKernels(KeysOf(list), start.site));
  CheckHasGroups(line.options, KeysOf(list));
  return std::move(start.resume);
}

int ShowFinished(const CommandLine& line, const ResumePlan& plan,
                 std::span<const SkippedKey> not_run) {
  const CsvPosition position = plan.position();
  if (position.kept < position.size) {
    // Half a line at the end would keep others from reading the file.
    CsvWriter(plan.file.path, position).CutTail();
  }
  const bool to_error =
      !OutputsOnStandardOutput(line.options, line.google).empty();
  const std::string text =
      ResumedText(plan) +
      ResultsText(plan.rows(), plan.file.path, line.options,
                  TakesStyle(to_error ? STDERR_FILENO : STDOUT_FILENO),
                  not_run);
  to_error ? PrintError(text) : PrintOutput(text);
  return 0;
}

}  // namespace hybrid
