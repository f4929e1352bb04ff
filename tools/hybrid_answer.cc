// hybrid-answer [FILE...]: prints the answer that result files give.

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <exception>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/advice.h"
#include "analysis/answer.h"
#include "analysis/answer_json.h"
#include "analysis/answer_text.h"
#include "analysis/filter.h"
#include "analysis/libraries.h"
#include "analysis/paste_text.h"
#include "analysis/screen_text.h"
#include "analysis/trust.h"
#include "analysis/ways.h"
#include "base/argument_parser.h"
#include "base/standard_streams.h"
#include "base/stream_names.h"
#include "base/terminal.h"
#include "base/text.h"
#include "input_files.h"
#include "pool/environment.h"
#include "prediction/grid.h"
#include "prediction/policy.h"
#include "prediction/policy_text.h"
#include "prediction/prediction_text.h"
#include "prediction/task_size.h"
#include "results/result_reader.h"

namespace hybrid {
namespace {

constexpr int kFailure = 2;

struct AnswerOptions {
  std::vector<std::string> files;
  bool why = false;
  std::string format = "text";
  std::string paste;             ///< a Launcher; empty: the answer itself
  std::optional<TaskSize> size;  ///< of --for
  std::string policy;            ///< a PolicyLanguage; empty: the answer
  std::string filter;
};

/// What of this process's environment would steer a BLAS.
std::vector<std::string> StrayVariables() {
  return ScrubEnvironment(ProcessEnvironment()).removed;
}

/// The lines of every rule, each under a comment that says where it holds.
std::string PasteText(std::span<const Answer> answers, Launcher launcher) {
  const TrustVerdict trust = JudgeTrust(answers);
  if (trust.trust == Trust::kNone) {
    throw std::runtime_error("--paste: nothing can be recommended: " +
                             trust.reason);
  }
  std::string text;
  const std::vector<Way> all = FindWays(answers);
  // As on the first screen.
  const std::vector<Way> ways = WithBestLibraries(all, CompareLibraries(all));
  for (const Way& way : ways) {
    const Advice advice = FewestRules(way.answers);
    for (const AdviceRule& rule : advice.rules) {
      const Answer& group = *rule.groups.back();
      std::string about = WayText(way, ways);
      const std::string where = WhereText(rule, advice);
      if (!about.empty() && !where.empty()) about += ", ";
      about += where;
      if (!text.empty()) text += '\n';
      if (!about.empty()) text += OneLine("# for " + about) + '\n';
      for (const std::string& line :
           PasteLines(*group.Find(rule.split), launcher, StrayVariables(),
                      group.key)) {
        text += line + '\n';
      }
    }
  }
  if (text.empty()) {
    throw std::runtime_error("--paste: no two splits were measured");
  }
  return text;
}

std::string TextFor(const AnswerOptions& options) {
  CheckInputFiles(options.files);
  ResultRows results = ReadResultFiles(options.files);
  PrintNotes("hybrid-answer", results.notes);
  if (!options.filter.empty()) FilterRows(options.filter, results.rows);
  if (options.size) {
    return PredictionText(FindGrid(results.rows), *options.size);
  }
  if (!options.policy.empty()) {
    return PolicyText(MakePolicy(FindGrid(results.rows)),
                      *ByName<PolicyLanguage>(options.policy));
  }
  const std::vector<Answer> answers = FindAnswers(results.rows);
  if (!options.paste.empty()) {
    return PasteText(answers, *ByName<Launcher>(options.paste));
  }
  if (options.format == "json") return AnswerJson(answers);
  if (options.why) return AnswerText(answers);
  ScreenSettings settings;
  settings.stray = StrayVariables();
  settings.styled = TakesStyle(STDOUT_FILENO);
  settings.file = NamesStandardInput(options.files.front())
                      ? "standard input"
                      : options.files.front();
  if (options.files.size() > 1) {
    settings.file += fmt::format(" and {} more", options.files.size() - 1);
  }
  return ScreenText(answers, settings);
}

int Run(const std::vector<std::string>& arguments) {
  AnswerOptions options;
  std::string size;
  ArgumentParser parser(
      "hybrid-answer",
      "Which split of the cores between workers and BLAS threads is fastest, "
      "from the result files of `bench`. Files of several runs are pooled.");
  parser.AddFiles("FILE", options.files,
                  "result files (CSV); of a folder its newest, `-` is standard "
                  "input; without any, the newest of results/",
                  0);
  parser.AddSwitch("--why", options.why,
                   "all groups with ties, kernels, and why the others lose");
  parser.AddChoice("--format", options.format, {"text", "json"},
                   "text for people, or json");
  parser.AddChoice("--paste", options.paste,
                   {kNames<Launcher>.begin(), kNames<Launcher>.end()},
                   fmt::format("only the lines to paste, for a launcher: {}",
                               fmt::join(kNames<Launcher>, ", ")));
  parser.AddText("--for", size,
                 "the split for an n and a batch that were not measured, "
                 "predicted from the nearest that were, and the command that "
                 "verifies it",
                 "n=N,batch=B");
  parser.AddChoice(
      "--policy", options.policy,
      {kNames<PolicyLanguage>.begin(), kNames<PolicyLanguage>.end()},
      fmt::format("the split for every n and batch within what "
                  "was measured, as a table or a function for "
                  "programs: {}",
                  fmt::join(kNames<PolicyLanguage>, ", ")));
  parser.AddText("--filter", options.filter,
                 "only configurations whose name contains this regular "
                 "expression: '/gemm/', 'n:256/', 'blas:netlib/'",
                 "REGEX");
  parser.AddTable("Examples",
                  {{"hybrid-answer", "the newest run in results/"},
                   {"hybrid-answer results/*.csv", "all runs together"},
                   {"hybrid-answer <(zcat run.csv.gz)", "a file in a pipe"},
                   {"ssh HOST cat run.csv | hybrid-answer -", "the same"},
                   {"hybrid-answer --for=n=300,batch=50 run.csv",
                    "a size that was not measured"},
                   {"hybrid-answer --policy=c run.csv > split.h",
                    "a function for a program to include"},
                   {"hybrid-answer --paste=slurm run.csv > job.sh",
                    "a job for `sbatch job.sh ./program`"}});
  parser.AddTable(
      "Exit status",
      {{"0", "the answer was printed"},
       {"2",
        "wrong usage, a file that can't be read, or nothing to predict from"}});
  if (!parser.Parse(arguments)) {
    PrintOutput(parser.Help());
    return 0;
  }
  if (options.why + (options.format == "json") + !options.paste.empty() +
          parser.Given("--for") + !options.policy.empty() >
      1) {
    throw std::runtime_error(
        "--why, --format=json, --paste, --for and --policy each print "
        "something "
        "else: give one");
  }
  if (parser.Given("--for")) options.size = ParseTaskSize("--for", size);
  if (options.files.empty()) options.files.emplace_back("results");
  TakeFromFolders(options.files);
  PrintOutput(TextFor(options));
  return 0;
}

}  // namespace
}  // namespace hybrid

int main(int argc, char** argv) {
  try {
    return hybrid::Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    hybrid::PrintError(fmt::format("hybrid-answer: {}\n", error.what()));
    return hybrid::kFailure;
  }
}
