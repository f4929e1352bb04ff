#include "flags/output_files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/file_identity.h"
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
  } else if (options.csv != "auto" && options.csv != "none") {
    outputs.push_back({"--csv", options.csv});
  }
  const std::string out = google.Value("benchmark_out");
  if (!out.empty()) outputs.push_back({"--benchmark_out", out});
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

}  // namespace

void CheckOutputFiles(const Options& options, const GoogleFlags& google) {
  const std::vector<Output> outputs = OutputsOf(options, google);
  for (const Output& output : outputs) CheckStreams(output);
  if (outputs.size() == 2 && LeadToSameFile(outputs[0].path, outputs[1].path)) {
    throw FlagError(fmt::format("{}={}: is the file of {}={}; name another one",
                                outputs[1].flag, outputs[1].path,
                                outputs[0].flag, outputs[0].path));
  }
  const std::string out = google.Value("benchmark_out");
  if (!out.empty() && HoldsResults(out)) {
    throw FlagError(fmt::format(
        "--benchmark_out={}: holds results of bench; name another file or "
        "remove it",
        out));
  }
}

}  // namespace hybrid
