#include "pool/rank_variables.h"

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "base/text.h"
#include "base/variables.h"

namespace hybrid {
namespace {

/// What a launcher sets for ranks. Only where one has started us: by themselves
/// some of these are settings of a user's.
struct RankSigns {
  std::string_view sign;        ///< a variable that every rank has
  std::string_view prefixes;    ///< of all that goes with it
  std::string_view settings{};  ///< prefixes of what stays all the same
};

constexpr std::array kLaunchers{
    // Open MPI's, whose mpirun refuses to be started by itself.
    RankSigns{.sign = "OMPI_COMM_WORLD_RANK",
              .prefixes =
                  "OMPI_COMM_WORLD_ OMPI_UNIVERSE_SIZE OMPI_APP_CTX_ "
                  "OMPI_NUM_APP_CTX OMPI_FIRST_RANKS OMPI_FILE_LOCATION "
                  "OMPI_COMMAND OMPI_ARGV OMPI_MCA_ess OMPI_MCA_orte_ "
                  "OMPI_MCA_pmix OMPI_MCA_initial_wdir "
                  "OMPI_MCA_mpi_oversubscribe OMPI_MCA_shmem_RUNTIME_",
              .settings = "OMPI_MCA_orte_default_hostfile"},
    RankSigns{.sign = "PMIX_RANK", .prefixes = "PMIX_ PRTE_LAUNCHED"},
    // MPICH's and Intel's
    RankSigns{.sign = "PMI_RANK",
              .prefixes = "PMI_ PMI2_ HYDI_ MPI_LOCALRANKID MPI_LOCALNRANKS "
                          "MPIR_CVAR_CH3_INTERFACE_HOSTNAME"},
    // Slurm's, of a step. Those of the job stay.
    RankSigns{.sign = "SLURM_STEP_ID",
              .prefixes = "SLURM_STEP SLURM_PROCID SLURM_LOCALID SLURM_NODEID "
                          "SLURM_GTIDS SLURM_TASK_PID SLURM_SRUN_COMM_ "
                          "SLURM_LAUNCH_NODE_IPADDR PMI_ PMI2_"}};

bool StartsWithAny(std::string_view name, std::string_view prefixes) {
  const std::vector<std::string> words = WordsOf(prefixes);
  return std::any_of(
      words.begin(), words.end(),
      [name](const std::string& prefix) { return name.starts_with(prefix); });
}

}  // namespace

std::vector<std::string_view> RankVariables(
    const std::vector<std::string>& variables) {
  std::vector<std::string_view> names;
  for (const RankSigns& launcher : kLaunchers) {
    if (VariableValue(variables, launcher.sign).empty()) continue;
    for (const std::string& variable : variables) {
      const std::string_view name = VariableName(variable);
      if (StartsWithAny(name, launcher.prefixes) &&
          !StartsWithAny(name, launcher.settings) && !Contains(names, name)) {
        names.push_back(name);
      }
    }
  }
  return names;
}

}  // namespace hybrid
