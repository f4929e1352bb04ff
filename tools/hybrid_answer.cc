// hybrid-answer FILE...: prints the answer that result files give.

#include <fmt/format.h>

#include <exception>
#include <string>
#include <vector>

#include "analysis/answer.h"
#include "analysis/answer_text.h"
#include "base/argument_parser.h"
#include "base/standard_streams.h"
#include "input_files.h"
#include "results/result_reader.h"

namespace {

constexpr int kFailure = 2;

void PrintAnswer(const std::vector<std::string>& files) {
  hybrid::CheckInputFiles(files);
  const hybrid::ResultRows results = hybrid::ReadResultFiles(files);
  hybrid::PrintNotes("hybrid-answer", results.notes);
  hybrid::PrintOutput(hybrid::AnswerText(hybrid::FindAnswers(results.rows)));
}

int Run(const std::vector<std::string>& arguments) {
  hybrid::ArgumentParser parser(
      "hybrid-answer",
      "Which split of the cores between workers and BLAS threads is fastest, "
      "from the result files of `bench`. Files of several runs are pooled.");
  std::vector<std::string> files;
  parser.AddFiles("FILE", files, "result files (CSV); `-` is standard input");
  parser.AddTable("Examples",
                  {{"hybrid-answer results/*.csv", "all runs together"},
                   {"hybrid-answer <(zcat run.csv.gz)", "a file in a pipe"},
                   {"ssh HOST cat run.csv | hybrid-answer -", "the same"}});
  parser.AddTable("Exit status",
                  {{"0", "the answer was printed"},
                   {"2", "wrong usage, or a file that can't be read"}});
  if (!parser.Parse(arguments)) {
    hybrid::PrintOutput(parser.Help());
    return 0;
  }
  PrintAnswer(files);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    hybrid::PrintError(fmt::format("hybrid-answer: {}\n", error.what()));
    return kFailure;
  }
}
