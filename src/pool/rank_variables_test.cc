#include "pool/rank_variables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybrid {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(RankVariablesTest, OfWhatNoLauncherStartedThereAreNone) {
  EXPECT_THAT(
      RankVariables({"OMPI_MCA_plm_rsh_agent=rsh",
                     "OMPI_MCA_orte_tmpdir_base=/t", "HYDRA_LAUNCHER=ssh",
                     "PMIX_MCA_gds=hash", "PMI_SIZE=", "SLURM_JOB_ID=1",
                     "SLURM_PROCID=0", "OMPI_COMMAND=x"}),
      IsEmpty());
}

TEST(RankVariablesTest, OpenMpis) {
  EXPECT_THAT(
      RankVariables({"OMPI_COMM_WORLD_RANK=0", "OMPI_COMM_WORLD_SIZE=1",
                     "OMPI_UNIVERSE_SIZE=1", "OMPI_MCA_ess_base_jobid=7",
                     "OMPI_MCA_orte_hnp_uri=u", "PMIX_RANK=0", "HOME=/h",
                     "OMPI_MCA_orte_default_hostfile=/f",
                     "OMPI_MCA_plm_rsh_agent=rsh", "OMPI_ALLOW_RUN_AS_ROOT=1"}),
      UnorderedElementsAre("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE",
                           "OMPI_UNIVERSE_SIZE", "OMPI_MCA_ess_base_jobid",
                           "OMPI_MCA_orte_hnp_uri", "PMIX_RANK"));
}

TEST(RankVariablesTest, Mpichs) {
  EXPECT_THAT(RankVariables({"PMI_RANK=0", "PMI_FD=6", "MPI_LOCALRANKID=0",
                             "HYDI_CONTROL_FD=7", "HYDRA_LAUNCHER=ssh",
                             "HYDRA_HOST_FILE=/f", "MPIR_CVAR_DEBUG=1"}),
              UnorderedElementsAre("PMI_RANK", "PMI_FD", "MPI_LOCALRANKID",
                                   "HYDI_CONTROL_FD"));
}

TEST(RankVariablesTest, OfSlurmThoseOfTheStep) {
  EXPECT_THAT(
      RankVariables({"SLURM_STEP_ID=0", "SLURM_STEPID=0", "SLURM_PROCID=0",
                     "SLURM_STEP_NUM_TASKS=1", "PMI_SIZE=1", "SLURM_JOB_ID=1",
                     "SLURM_JOB_NUM_NODES=2", "SLURM_JOB_NODELIST=h[0-1]",
                     "SLURM_TASKS_PER_NODE=1(x2)", "SLURM_CONF=/c"}),
      UnorderedElementsAre("SLURM_STEP_ID", "SLURM_STEPID", "SLURM_PROCID",
                           "SLURM_STEP_NUM_TASKS", "PMI_SIZE"));
}

}  // namespace
}  // namespace hybrid
