#include "output/launch_lines.h"

#include <fmt/format.h>

#include <string_view>

#include "base/text.h"
#include "machine/placement_text.h"

namespace hybrid {
namespace {

// Less what the backslash takes that goes on with a line.
constexpr std::size_t kLaunchColumns = 78;

/// Words of one command in as many lines as they need, behind `margin`.
std::string Continued(std::string_view margin,
                      const std::vector<std::string>& words) {
  const std::string lines =
      Wrapped("", words, kLaunchColumns - margin.size() - 4);
  std::string text(margin);
  for (const char c : lines.substr(0, lines.size() - 1)) {
    text += c == '\n' ? fmt::format(" \\\n{}    ", margin) : std::string(1, c);
  }
  return text + '\n';
}

std::vector<std::string> Variables(std::uint64_t blas_threads) {
  std::vector<std::string> words{"export"};
  for (const std::string_view name :
       {"OMP_NUM_THREADS", "BLIS_NUM_THREADS", "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS"}) {
    words.push_back(fmt::format("{}={}", name, blas_threads));
  }
  return words;
}

}  // namespace

std::string LaunchLines(const std::vector<CpuList>& assigned,
                        std::uint64_t blas_threads) {
  constexpr std::string_view kComment = "#   ";
  std::vector<std::string> loop{"for", "cpus", "in"};
  std::vector<std::string> slurm{"srun",
                                 fmt::format("-n{}", assigned.size()),
                                 fmt::format("-c{}", assigned.front().size()),
                                 "--cpu-bind=none",
                                 "bash",
                                 "-c",
                                 "'cpus=("};
  for (const CpuList& cpus : assigned) {
    loop.push_back(CpuRanges(cpus));
    slurm.push_back(CpuRanges(cpus));
  }
  loop.back() += "; do";
  slurm.back() += ");";
  for (const char* word :
       {"exec", "taskset", "-c", "${cpus[$SLURM_LOCALID]}", "./program'"}) {
    slurm.emplace_back(word);
  }
  return fmt::format(
      "# {} of yours (./program), each on its cores, with bash:\n"
      "{}{}"
      "  taskset -c \"$cpus\" ./program &\n"
      "done\n"
      "wait\n"
      "# With Slurm in place of the loop:\n{}",
      assigned.size() == 1 ? "1 process"
                           : fmt::format("{} processes", assigned.size()),
      Continued("", Variables(blas_threads)), Continued("", loop),
      Continued(kComment, slurm));
}

}  // namespace hybrid
