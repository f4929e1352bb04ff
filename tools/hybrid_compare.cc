// hybrid-compare BASELINE.csv NEW.csv: what became slower or faster.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/argument_parser.h"
#include "compare/compare_csv.h"
#include "compare/compare_json.h"
#include "compare/compare_markdown.h"
#include "compare/compare_text.h"
#include "compare/comparison.h"
#include "compare/filter.h"
#include "compare/gate.h"
#include "compare/output_parts.h"
#include "compare/share.h"
#include "history_mode.h"
#include "results/csv_reader.h"
#include "results/host_names.h"
#include "results/results_error.h"
#include "results/row.h"

namespace {

constexpr int kRegression = 1;
constexpr int kFailure = 2;

/// What the command line says.
struct Options {
  std::string old_file;
  std::string new_file;
  std::vector<std::string> baseline;
  std::vector<std::string> now;
  std::vector<std::string> history;
  std::size_t window = 10;
  std::string threshold = "3%";
  std::string alpha = "0.05";
  std::string format = "text";
  std::string filter;
  bool anyway = false;
  bool gate = false;
  bool all = false;
};

void AddOptions(hybrid::ArgumentParser& parser, Options& options) {
  parser.AddFile("BASELINE.csv", options.old_file, "result file of `bench`");
  parser.AddFile("NEW.csv", options.new_file, "the one to compare with it");
  parser.AddList("--baseline", options.baseline,
                 "files of the baseline instead, pooled: a.csv,b.csv");
  parser.AddList("--new", options.now, "the files to compare with it: c.csv,…");
  parser.AddList(
      "--history", options.history,
      "instead of files the folder of one machine's runs, or several if its id "
      "has changed: compares the newest with those before it, and finds steps "
      "and trends");
  parser.AddNumber("--window", options.window,
                   "with --history: how many runs the newest is compared with");
  parser.AddText("--threshold", options.threshold,
                 "smaller differences don't count: 3% or 0.03");
  parser.AddText("--alpha", options.alpha,
                 "false discovery rate: the share of false alarms among the "
                 "differences that are found");
  parser.AddChoice("--format", options.format,
                   {"text", "csv", "json", "markdown"},
                   "text, csv, json or markdown");
  parser.AddText("--filter", options.filter,
                 "only configurations whose name contains this regular "
                 "expression: 'n:256/', 'gemm n=256 .*2×1'");
  parser.AddSwitch("--all", options.all, "list also what is the same");
  parser.AddSwitch("--anyway", options.anyway,
                   "compare what differs in machine, BLIS, kernels or schema");
  parser.AddSwitch(
      "--gate", options.gate,
      "end with one line 'gate: passed|failed|undecided: …'; status 2 if "
      "configurations or repetitions are missing");
  parser.SetFooter(
      "Exit status: 0 no regression, 1 something is slower or fails, 2 nothing "
      "can be said: wrong usage, unreadable files, not comparable.");
}

std::vector<hybrid::Row> ReadFile(const std::string& file, bool anyway) {
  if (anyway) return hybrid::ReadCsv(file, hybrid::SchemaPolicy::kAny);
  try {
    return hybrid::ReadCsv(file);
  } catch (const hybrid::SchemaError& error) {
    throw hybrid::ResultsError(
        fmt::format("{} (--anyway reads what it can)", error.what()));
  }
}

std::vector<hybrid::Row> Read(const std::vector<std::string>& files,
                              const Options& options) {
  std::vector<hybrid::Row> rows;
  for (const std::string& file : files) {
    std::vector<hybrid::Row> more = ReadFile(file, options.anyway);
    if (rows.empty()) {
      rows = std::move(more);
      continue;
    }
    rows.insert(rows.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
  }
  if (!options.filter.empty()) hybrid::FilterRows(options.filter, rows);
  hybrid::HostNames().Unify(rows);
  return rows;
}

void Print(const std::string& text) {
  std::cout << text << std::flush;
  if (!std::cout) throw std::runtime_error("standard output: write failed");
}

std::string Format(const hybrid::Comparison& comparison, const Options& options,
                   const hybrid::OutputSettings& settings) {
  if (options.format == "csv") return hybrid::CompareCsv(comparison);
  if (options.format == "json") {
    return hybrid::CompareJson(comparison, settings);
  }
  if (options.format == "markdown") {
    return hybrid::CompareMarkdown(comparison, settings);
  }
  return hybrid::CompareText(comparison, settings);
}

hybrid::CompareSettings Settings(const Options& options) {
  const hybrid::CompareSettings settings = {
      .threshold = hybrid::ParseShare("--threshold", options.threshold),
      .alpha = hybrid::ParseShare("--alpha", options.alpha)};
  if (settings.alpha == 0) {
    throw std::runtime_error("--alpha: 0 finds nothing; 0.05 is usual");
  }
  return settings;
}

/// Compares two sets of results; returns the exit status.
int CompareFiles(const Options& options) {
  const hybrid::CompareSettings compare_settings = Settings(options);
  const std::vector<hybrid::Row> baseline = Read(options.baseline, options);
  const std::vector<hybrid::Row> now = Read(options.now, options);
  const hybrid::Comparison comparison =
      hybrid::Compare(baseline, now, compare_settings);
  const hybrid::Gate gate = hybrid::FindGate(comparison, options.anyway);
  const bool refused = comparison.refused() && !options.anyway;
  if (refused || comparison.in_common() == 0) {
    if (options.gate) Print(gate.line + '\n');
    throw std::runtime_error(
        comparison.in_common() == 0
            ? hybrid::NothingInCommonText(comparison)
            : hybrid::RefusalText(comparison) +
                  " (--anyway compares them all the same)");
  }
  const hybrid::OutputSettings settings = {
      .baseline = fmt::format("{}", fmt::join(options.baseline, ", ")),
      .now = fmt::format("{}", fmt::join(options.now, ", ")),
      .all = options.all,
      .anyway = options.anyway,
      .gate = options.gate};
  Print(Format(comparison, options, settings));
  // CSV has no place for it, and JSON's is harder to grep.
  if (options.gate && (options.format == "csv" || options.format == "json")) {
    std::fprintf(stderr, "%s\n", gate.line.c_str());
  }
  if (comparison.regressions() > 0) return kRegression;
  const bool undecided = gate.verdict == hybrid::GateVerdict::kUndecided;
  return options.gate && undecided ? kFailure : 0;
}

int RunHistory(const Options& options) {
  if (!options.old_file.empty() || !options.baseline.empty() ||
      !options.now.empty()) {
    throw std::runtime_error(
        "--history: takes folders in place of files, not both");
  }
  return hybrid::ShowHistory({.folders = options.history,
                              .window = options.window,
                              .format = options.format,
                              .filter = options.filter,
                              .anyway = options.anyway,
                              .all = options.all,
                              .gate = options.gate,
                              .compare = Settings(options)});
}

/// Takes two files that stand alone for one each side.
void TakeFiles(Options& options) {
  const bool named = !options.baseline.empty() || !options.now.empty();
  if (!named && !options.new_file.empty()) {
    options.baseline = {options.old_file};
    options.now = {options.new_file};
  } else if (!options.old_file.empty() || options.baseline.empty() ||
             options.now.empty()) {
    throw std::runtime_error(
        "give two files, BASELINE.csv NEW.csv, or several with "
        "--baseline=a.csv,b.csv --new=c.csv,d.csv");
  }
}

int Run(const std::vector<std::string>& arguments) {
  hybrid::ArgumentParser parser(
      "hybrid-compare",
      "What became slower or faster from one set of result files of `bench` to "
      "another, beyond noise.");
  Options options;
  AddOptions(parser, options);
  if (!parser.Parse(arguments)) {
    Print(parser.Help());
    return 0;
  }
  if (parser.Given("--history")) return RunHistory(options);
  if (parser.Given("--window")) {
    throw std::runtime_error("--window: only with --history");
  }
  TakeFiles(options);
  return CompareFiles(options);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hybrid-compare: %s\n", error.what());
    return kFailure;
  }
}
