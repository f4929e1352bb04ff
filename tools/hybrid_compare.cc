// hybrid-compare BASELINE NEW: what became slower or faster.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "also_files.h"
#include "analysis/filter.h"
#include "base/argument_parser.h"
#include "base/standard_streams.h"
#include "benchmark_mode.h"
#include "compare/compare_csv.h"
#include "compare/compare_json.h"
#include "compare/compare_markdown.h"
#include "compare/compare_text.h"
#include "compare/comparison.h"
#include "compare/gate.h"
#include "compare/judge.h"
#include "compare/named_configuration.h"
#include "compare/output_settings.h"
#include "compare/share.h"
#include "compare/side_runs.h"
#include "compare/why.h"
#include "compare_outcome.h"
#include "compared_inputs.h"
#include "history_mode.h"
#include "input_files.h"
#include "result_mode.h"
#include "run_mode.h"
#include "traced_comparison.h"

namespace {

/// What the command line says.
struct CompareOptions {
  std::string old_file;               ///< the first one that stands alone
  std::string new_file;               ///< the second one
  std::vector<std::string> baseline;  ///< files of --baseline
  std::vector<std::string> now;       ///< files of --new
  std::vector<std::string> history;   ///< folders of --history
  std::size_t window = 10;
  std::string accept;
  std::string threshold = "3%";
  std::string alpha = "0.05";
  std::string format = "text";
  std::vector<std::string> also;  ///< files to write the comparison into, too
  std::string filter;
  std::string why;
  bool anyway = false;
  bool gate = false;
  bool all = false;
  bool bimodal = false;
  bool run = false;
  hybrid::RunOptions run_options;
};

void AddOptions(hybrid::ArgumentParser& parser, CompareOptions& options) {
  parser.AddFile(
      "BASELINE", options.old_file,
      "result file of `bench`, or JSON of any program with Google Benchmark "
      "(--benchmark_out); of a folder its newest result file, `-` is standard "
      "input");
  parser.AddFile("NEW", options.new_file, "the one to compare with it");
  parser.AddList("--baseline", options.baseline,
                 "files of the baseline instead, pooled: a.csv,b.csv", "FILES");
  parser.AddList("--new", options.now, "the files to compare with it: c.csv,…",
                 "FILES");
  parser.AddList(
      "--history", options.history,
      "instead of files the folder of one machine's runs, or several if its id "
      "has changed: compares the newest with those before it, and finds steps "
      "and trends",
      "FOLDERS");
  parser.AddNumber("--window", options.window,
                   "with --history: how many runs the newest is compared with, "
                   "and how new a step has to be to fail the gate");
  parser.AddName("--accept", options.accept,
                 "with --history: the run from which on the new level is "
                 "accepted; the first letters of its name do",
                 "RUN_ID");
  parser.AddSwitch(
      "--run", options.run,
      "instead of files two programs, each a `bench`, or each with Google "
      "Benchmark: measures them in turn, round by round, until each "
      "configuration is decided; what stands behind -- are flags of both");
  parser.AddRepeated("--run_flags", options.run_options.own_flags,
                     "with --run: flags of one side, in quotes; given twice, "
                     "then one program is enough",
                     "FLAGS");
  parser.AddName("--rounds", options.run_options.rounds,
                 "with --run: how many at most, by default 40", "COUNT");
  parser.AddName("--budget", options.run_options.budget,
                 "with --run: the longest that all rounds may take: 90, 60s, "
                 "5m or 1h",
                 "TIME");
  parser.AddName("--into", options.run_options.into,
                 "with --run: the folder for the results of both sides; one "
                 "with rounds of these programs is gone on with",
                 "FOLDER");
  parser.AddText("--threshold", options.threshold,
                 "smaller differences don't count: 3% or 0.03", "SHARE");
  parser.AddText("--alpha", options.alpha,
                 "false discovery rate: the share of false alarms among the "
                 "differences that are found",
                 "SHARE");
  parser.AddChoice("--format", options.format,
                   {"text", "csv", "json", "markdown"},
                   "text, csv, json or markdown; with --history text or json");
  parser.AddRepeated("--also", options.also,
                     "also write the comparison into this file, as its ending "
                     "says: .txt, .json or .md; may be given several times",
                     "FILE");
  parser.AddText("--filter", options.filter,
                 "only configurations whose name contains this regular "
                 "expression: 'n:256/', 'gemm n=256 .*2×1'",
                 "REGEX");
  parser.AddName("--why", options.why,
                 "every number behind the verdict on one configuration: its "
                 "name, or a regular expression that is in no other's; in text "
                 "or json",
                 "CONFIG");
  parser.AddSwitch("--all", options.all, "list also what is the same");
  parser.AddSwitch("--bimodal", options.bimodal,
                   "let what jumps between two levels, as oversubscribed "
                   "configurations do, be slower or faster, too");
  parser.AddSwitch(
      "--anyway", options.anyway,
      "compare what differs in machine, library, kernels or schema");
  parser.AddSwitch(
      "--gate", options.gate,
      "end with one line 'gate: passed|failed|undecided: …'; status 2 if "
      "configurations or repetitions are missing or nothing can be told, 1 "
      "also for a lasting step of --history");
}

void AddTables(hybrid::ArgumentParser& parser) {
  parser.AddTable(
      "Examples",
      {{"hybrid-compare before.csv after.csv --gate",
        "the verdict for a CI job"},
       {"hybrid-compare --baseline=mon.csv,tue.csv --new=wed.csv",
        "several runs a side"},
       {"hybrid-compare --history results/MACHINE_ID",
        "the newest run against those before it; steps and trends"},
       {"hybrid-compare --run base/bench head/bench --gate -- --n=64,256",
        "measures both in turn: no drift passes for a change"},
       {"hybrid-compare a.csv b.csv --why='n:64/.*workers:2'",
        "all that the verdict on one goes by"},
       {"zcat old.csv.gz | hybrid-compare - new.csv", "a file in a pipe"},
       {"hybrid-compare before.json after.json --gate",
        "benchmarks of your own, with Google Benchmark"}});
  parser.AddTable("Exit status",
                  {{"0", "no regression"},
                   {"1", "something is slower or fails"},
                   {"2",
                    "nothing can be said: wrong usage, unreadable files, not "
                    "comparable"}});
}

/// How the output calls the `files` of a side.
std::string InputNames(std::vector<std::string> files) {
  for (std::string& file : files) file = hybrid::InputName(file);
  return fmt::format("{}", fmt::join(files, ", "));
}

std::string Format(const hybrid::Comparison& comparison,
                   const std::string& format,
                   const hybrid::OutputSettings& settings) {
  if (format == "csv") return hybrid::CompareCsv(comparison);
  if (format == "json") return hybrid::CompareJson(comparison, settings);
  if (format == "markdown") {
    return hybrid::CompareMarkdown(comparison, settings);
  }
  return hybrid::CompareText(comparison, settings);
}

hybrid::CompareSettings SettingsOf(const CompareOptions& options) {
  const hybrid::CompareSettings settings = {
      .threshold = hybrid::ParseShare("--threshold", options.threshold),
      .alpha = hybrid::ParseShare("--alpha", options.alpha),
      .judge_bimodal = options.bimodal};
  if (settings.alpha == 0) {
    throw std::runtime_error("--alpha: 0 finds nothing; 0.05 is usual");
  }
  return settings;
}

/// What --why asks of the comparison.
hybrid::Why ExplainOne(const hybrid::TracedComparison& traced,
                       const std::string& asked) {
  const hybrid::ComparedConfiguration& one =
      hybrid::NamedConfiguration(traced.comparison, asked);
  // What was measured in pairs has its times with it.
  return hybrid::Explain(
      traced.comparison, one,
      traced.baseline ? traced.baseline(one) : std::vector<hybrid::SideRun>(),
      traced.now ? traced.now(one) : std::vector<hybrid::SideRun>());
}

/// Prints a comparison of the sides that `settings` name, and writes it into
/// the files of --also; returns the exit status.
int Tell(const hybrid::TracedComparison& traced,
         hybrid::OutputSettings settings, const CompareOptions& options) {
  const hybrid::Comparison& comparison = traced.comparison;
  std::optional<hybrid::Gate> gate;
  if (options.gate) gate = hybrid::FindGate(comparison, options.anyway);
  const std::string problem =
      hybrid::WhyNotComparable(comparison, options.anyway);
  if (!problem.empty()) {
    return hybrid::RefuseComparison(problem, gate, options.format);
  }
  settings.all = options.all;
  settings.gate = gate;
  if (!options.why.empty()) settings.why = ExplainOne(traced, options.why);
  hybrid::PrintOutput(Format(comparison, options.format, settings));
  for (const std::string& file : options.also) {
    hybrid::WriteAlsoFile(
        file, Format(comparison, hybrid::FormatOfFile(file), settings));
  }
  if (!gate) return comparison.regressed() ? hybrid::kRegression : 0;
  if (hybrid::GateStandsApart(options.format)) {
    hybrid::PrintError(gate->line + '\n');
  }
  return hybrid::ExitStatus(*gate);
}

/// Compares two sets of results; returns the exit status.
int CompareFiles(const CompareOptions& options) {
  const hybrid::CompareSettings compare_settings = SettingsOf(options);
  std::vector<std::string> inputs = options.baseline;
  inputs.insert(inputs.end(), options.now.begin(), options.now.end());
  hybrid::CheckInputFiles(inputs);
  hybrid::CheckAlsoFiles(options.also, inputs, "");
  hybrid::ComparedInputs files(options.baseline.front());
  const hybrid::TracedComparison traced =
      files.are_json()
          ? hybrid::CompareBenchmarkFiles({.baseline = options.baseline,
                                           .now = options.now,
                                           .filter = options.filter,
                                           .settings = compare_settings},
                                          files)
          : hybrid::CompareResultFiles({.baseline = options.baseline,
                                        .now = options.now,
                                        .filter = options.filter,
                                        .anyway = options.anyway,
                                        .settings = compare_settings},
                                       files);
  return Tell(traced,
              {.baseline = InputNames(options.baseline),
               .now = InputNames(options.now)},
              options);
}

/// What --run writes into its folder `into`; nothing if that is its own choice.
std::vector<std::string> RecordsOf(const std::string& into) {
  if (into.empty()) return {};
  std::vector<std::string> records{into + "/rounds.json"};
  for (const char* const side : {"/baseline", "/new"}) {
    for (const char* const ending : {".csv", ".json"}) {
      records.push_back(into + side + ending);
    }
  }
  return records;
}

/// Measures two programs in turn; returns the exit status.
int RunPrograms(CompareOptions& options) {
  if (!options.baseline.empty() || !options.now.empty() ||
      !options.filter.empty()) {
    throw std::runtime_error(
        "--run: takes programs in place of files, and flags such as "
        "--benchmark_filter=REGEX behind --");
  }
  hybrid::RunOptions& run = options.run_options;
  hybrid::CheckAlsoFiles(options.also, RecordsOf(run.into), run.into);
  run.baseline = options.old_file;
  run.now = options.new_file;
  run.compare = SettingsOf(options);
  // Told now rather than when all is measured.
  if (!options.why.empty()) hybrid::ParseFilter(options.why, "--why");
  const hybrid::Alternation result = hybrid::MeasureInTurn(run);
  return Tell({.comparison = result.comparison},
              {.baseline = run.baseline,
               .now = run.now.empty() ? run.baseline : run.now},
              options);
}

int RunHistory(const CompareOptions& options) {
  if (!options.old_file.empty() || !options.baseline.empty() ||
      !options.now.empty()) {
    throw std::runtime_error(
        "--history: takes folders in place of files, not both");
  }
  if (!options.also.empty()) {
    throw std::runtime_error("--also: not with --history, which has --format");
  }
  return hybrid::ShowHistory({.folders = options.history,
                              .window = options.window,
                              .accept = options.accept,
                              .format = options.format,
                              .filter = options.filter,
                              .anyway = options.anyway,
                              .all = options.all,
                              .gate = options.gate,
                              .compare = SettingsOf(options)});
}

/// Makes a side of each of two files that stand alone. Throws
/// std::runtime_error unless there are either these or --baseline and --new.
void TakeFiles(CompareOptions& options) {
  const bool named = !options.baseline.empty() || !options.now.empty();
  if (!named && !options.new_file.empty()) {
    options.baseline = {options.old_file};
    options.now = {options.new_file};
  } else if (!options.old_file.empty() || options.baseline.empty() ||
             options.now.empty()) {
    throw std::runtime_error(
        "give two files, BASELINE NEW, or several with "
        "--baseline=a.csv,b.csv --new=c.csv,d.csv");
  }
}

/// Throws std::runtime_error for what is said of a run where there is none.
void CheckNoRun(const hybrid::ArgumentParser& parser,
                const CompareOptions& options) {
  for (const char* const flag :
       {"--run_flags", "--rounds", "--budget", "--into"}) {
    if (parser.Given(flag)) {
      throw std::runtime_error(fmt::format("{}: only with --run", flag));
    }
  }
  if (!options.run_options.flags.empty()) {
    throw std::runtime_error("--: flags behind it are for --run");
  }
}

/// Throws std::runtime_error where --why has no place.
void CheckWhy(const CompareOptions& options, bool history) {
  if (options.why.empty()) return;
  if (history) {
    throw std::runtime_error(
        "--why: explains a comparison of files or of --run, not --history");
  }
  if (options.format != "text" && options.format != "json") {
    throw std::runtime_error("--why: prints with --format=text or json");
  }
  for (const std::string& file : options.also) {
    if (hybrid::FormatOfFile(file) == "markdown") {
      throw std::runtime_error(fmt::format(
          "--why: goes with --also into files of .txt and .json, not {}",
          file));
    }
  }
}

int Run(std::vector<std::string> arguments) {
  hybrid::ArgumentParser parser(
      "hybrid-compare",
      "What became slower or faster from one set of result files of `bench` to "
      "another, beyond noise.");
  CompareOptions options;
  options.run_options.flags = hybrid::TakeFlagsBehindDashes(arguments);
  AddOptions(parser, options);
  AddTables(parser);
  if (!parser.Parse(arguments)) {
    hybrid::PrintOutput(parser.Help());
    return 0;
  }
  CheckWhy(options, parser.Given("--history"));
  if (parser.Given("--history")) {
    if (options.run) {
      throw std::runtime_error("--run: takes programs, not --history");
    }
    return RunHistory(options);
  }
  for (const char* const flag : {"--window", "--accept"}) {
    if (parser.Given(flag)) {
      throw std::runtime_error(fmt::format("{}: only with --history", flag));
    }
  }
  if (options.run) return RunPrograms(options);
  CheckNoRun(parser, options);
  TakeFiles(options);
  hybrid::TakeFromFolders(options.baseline);
  hybrid::TakeFromFolders(options.now);
  return CompareFiles(options);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    hybrid::PrintError(fmt::format("hybrid-compare: {}\n", error.what()));
    return hybrid::kNothingSaid;
  }
}
