#include "flags/output_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/file_identity.h"
#include "base/flag_error.h"
#include "base/stream_names.h"
#include "results/holds_results.h"

namespace hybrid {
namespace {

/// A flag that names a file to write.
struct Output {
  std::string flag;
  std::string path;
};

std::vector<Output> OutputsOf(const Options& options,
                              const GoogleFlags& google) {
  std::vector<Output> outputs;
  if (!options.resume.empty()) {
    outputs.push_back({"--resume", options.resume});
  } else if (options.csv != "auto" && options.csv != "none" &&
             options.csv != kStandardOutput) {
    outputs.push_back({"--csv", options.csv});
  }
  const std::string out = google.Value("benchmark_out");
  if (!out.empty() && !NamesStandardOutput(out)) {
    outputs.push_back({"--benchmark_out", out});
  }
  return outputs;
}

void CheckStreams(const Output& output) {
  for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) {
    if (!LeadsInto(fd, output.path)) continue;
    throw FlagError(fmt::format(
        "{}={}: standard {} goes into that file, too; name another one",
        output.flag, output.path, fd == STDOUT_FILENO ? "output" : "error"));
  }
}

/// Two streams of text in one make neither.
void CheckStandardOutput(const std::vector<std::string>& outputs) {
  if (outputs.size() > 1) {
    throw FlagError(
        fmt::format("{} and {} both go to standard output; name a file for one "
                    "of them",
                    outputs[0], outputs[1]));
  }
  if (!outputs.empty() && LeadToSameFile(STDOUT_FILENO, STDERR_FILENO)) {
    throw FlagError(
        fmt::format("{}: standard error, which has the table and the answer, "
                    "goes there, too; send it elsewhere",
                    outputs[0]));
  }
}

}  // namespace

std::vector<std::string> OutputsOnStandardOutput(const Options& options,
                                                 const GoogleFlags& google) {
  std::vector<std::string> outputs;
  if (options.csv == kStandardOutput) outputs.emplace_back("--csv=-");
  if (NamesStandardOutput(google.Value("benchmark_out"))) {
    outputs.emplace_back("--benchmark_out=-");
  }
  const std::string format = google.Value("benchmark_format");
  if (!format.empty() && format != "console") {
    outputs.emplace_back("--benchmark_format=" + format);
  }
  return outputs;
}

void RefuseClosedOutput(const Options& options, const GoogleFlags& google) {
  const std::vector<std::string> outputs =
      OutputsOnStandardOutput(options, google);
  if (outputs.empty()) return;
  throw FlagError(fmt::format("{}: standard output is closed", outputs[0]));
}

void CheckOutputFiles(const Options& options, const GoogleFlags& google) {
  CheckStandardOutput(OutputsOnStandardOutput(options, google));
  const std::vector<Output> outputs = OutputsOf(options, google);
  for (const Output& output : outputs) CheckStreams(output);
  if (outputs.size() == 2 && LeadToSameFile(outputs[0].path, outputs[1].path)) {
    throw FlagError(fmt::format("{}={}: is the file of {}={}; name another one",
                                outputs[1].flag, outputs[1].path,
                                outputs[0].flag, outputs[0].path));
  }
  const std::string out = google.Value("benchmark_out");
  if (!out.empty() && !NamesStandardOutput(out) && HoldsResults(out)) {
    throw FlagError(fmt::format(
        "--benchmark_out={}: holds results of bench; name another file or "
        "remove it",
        out));
  }
}

}  // namespace hybrid
