#include "cluster/allocation.h"

#include <fmt/format.h>

#include <array>

#include "base/contains.h"
#include "base/parse_number.h"
#include "base/text_file.h"
#include "base/variables.h"

namespace hybrid {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 1> kSrun{"srun"};
constexpr std::array<std::string_view, 1> kMpirun{"mpirun"};
constexpr std::array<std::string_view, 1> kMpiexec{"mpiexec"};
constexpr std::array<std::string_view, 2> kEither{"mpirun", "mpiexec"};

/// A variable that holds the path of a list of hosts.
struct HostFile {
  std::string_view variable;
  Names launchers;
};

// Those of launchers, which a user sets, before those of batch systems: PBS,
// Grid Engine, LSF.
constexpr std::array kHostFiles{
    HostFile{"OMPI_MCA_orte_default_hostfile", kMpirun},
    HostFile{"PRTE_MCA_prte_default_hostfile", kMpirun},
    HostFile{"HYDRA_HOST_FILE", kMpiexec},
    HostFile{"PBS_NODEFILE", kEither},
    HostFile{"PE_HOSTFILE", kEither},
    HostFile{"LSB_DJOB_HOSTFILE", kEither}};

/// A variable that says how many ranks were started together.
struct RankCount {
  std::string_view variable;
  std::string_view launcher;
  std::string_view instead;  ///< begins the line to use
};

// Slurm's ranks may have the others' variables too.
constexpr std::array kRankCounts{
    RankCount{"SLURM_STEP_NUM_TASKS", "srun", "salloc --nodes=2 bench"},
    RankCount{"OMPI_COMM_WORLD_SIZE", "mpirun",
              "bench --launcher=mpirun --hosts=a,b"},
    RankCount{"PMI_SIZE", "mpiexec", "bench --launcher=mpiexec --hosts=a,b"}};

std::size_t CountIn(const std::vector<std::string>& environment,
                    std::string_view name) {
  return ParseNumber<std::size_t>(VariableValue(environment, name)).value_or(0);
}

/// The names in a list of hosts, each once: the first word of each line, up to
/// a colon (`a`, `a:4`, `a slots=4`, `a 4 queue`), but for comments.
std::vector<std::string> HostsIn(const std::string& file) {
  std::vector<std::string> hosts;
  const std::string text = text_file::Read(file).value_or("");
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    const std::vector<std::string_view> words = text_file::Words(line);
    if (words.empty() || words.front().starts_with('#')) continue;
    const std::string_view host =
        words.front().substr(0, words.front().find(':'));
    if (!Contains(hosts, host)) hosts.emplace_back(host);
  }
  return hosts;
}

}  // namespace

Allocation FindAllocation(const std::vector<std::string>& environment) {
  if (!VariableValue(environment, "SLURM_JOB_ID").empty()) {
    // Within a step the latter is that of the step.
    for (const char* name : {"SLURM_JOB_NUM_NODES", "SLURM_NNODES"}) {
      const std::size_t count = CountIn(environment, name);
      if (count > 0) return {name, kSrun, {}, count};
    }
    return {"SLURM_JOB_ID", kSrun, {}, 0};
  }
  for (const HostFile& source : kHostFiles) {
    const std::string file(VariableValue(environment, source.variable));
    if (file.empty()) continue;
    Allocation found{source.variable, source.launchers, HostsIn(file)};
    found.host_count = found.hosts.size();
    return found;
  }
  return {};
}

std::optional<std::string> WhyRank(
    const std::vector<std::string>& environment) {
  for (const RankCount& ranks : kRankCounts) {
    const std::size_t count = CountIn(environment, ranks.variable);
    if (count < 2) continue;
    return fmt::format(
        "{}={}: {} has started this program {} times, and they would measure "
        "each other; start it once ({} ...), and it starts an agent on each "
        "host itself",
        ranks.variable, count, ranks.launcher, count, ranks.instead);
  }
  return std::nullopt;
}

}  // namespace hybrid
