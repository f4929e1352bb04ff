#include "cluster/allocation.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/test_folder.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(AllocationTest, ThereMayBeNone) {
  const Allocation none = FindAllocation({"HOME=/root", "PBS_NODEFILE="});
  EXPECT_EQ(none.variable, "");
  EXPECT_THAT(none.launchers, IsEmpty());
  EXPECT_EQ(none.host_count, 0U);
}

TEST(AllocationTest, SlurmTellsHowManyHostsAreTheJobs) {
  // As in a step of one task: its own nodes are not all of the job's.
  const Allocation slurm =
      FindAllocation({"PBS_NODEFILE=/nonexistent", "SLURM_JOB_ID=7",
                      "SLURM_NNODES=1", "SLURM_JOB_NUM_NODES=4"});
  EXPECT_EQ(slurm.variable, "SLURM_JOB_NUM_NODES");
  EXPECT_THAT(slurm.launchers, ElementsAre("srun"));
  EXPECT_EQ(slurm.host_count, 4U);
  EXPECT_THAT(slurm.hosts, IsEmpty());
  EXPECT_EQ(FindAllocation({"SLURM_JOB_ID=7", "SLURM_NNODES=3"}).host_count,
            3U);
  EXPECT_EQ(FindAllocation({"SLURM_JOB_ID=7"}).host_count, 0U);
}

TEST(AllocationTest, AListOfHostsNamesEachOnce) {
  const TestFolder folder;
  folder.Lay("/hosts",
             "# of all racks\n"
             "a\na\nb slots=4\n\n  c:16\nd.cluster 4 all.q UNDEFINED\nb\n");
  const std::string file = folder.File("hosts");
  for (const std::string variable : {"PBS_NODEFILE", "PE_HOSTFILE"}) {
    const Allocation found =
        FindAllocation({fmt::format("{}={}", variable, file)});
    EXPECT_EQ(found.variable, variable);
    EXPECT_THAT(found.hosts, ElementsAre("a", "b", "c", "d.cluster"));
    EXPECT_EQ(found.host_count, 4U);
    EXPECT_THAT(found.launchers, ElementsAre("mpirun", "mpiexec"));
  }
  EXPECT_THAT(FindAllocation({"HYDRA_HOST_FILE=" + file}).launchers,
              ElementsAre("mpiexec"));
  EXPECT_THAT(FindAllocation({"OMPI_MCA_orte_default_hostfile=" + file,
                              "PBS_NODEFILE=" + file})
                  .launchers,
              ElementsAre("mpirun"));
}

TEST(AllocationTest, AFileThatIsGoneSaysNothing) {
  const Allocation found = FindAllocation({"PBS_NODEFILE=/nonexistent"});
  EXPECT_EQ(found.variable, "PBS_NODEFILE");
  EXPECT_EQ(found.host_count, 0U);
}

TEST(AllocationTest, WhoIsOneOfSeveralRanksMustNotMeasure) {
  EXPECT_EQ(WhyRank({"OMPI_COMM_WORLD_SIZE=4"}),
            "OMPI_COMM_WORLD_SIZE=4: mpirun has started this program 4 times, "
            "and they would measure each other; start it once (bench "
            "--launcher=mpirun --hosts=a,b ...), and it starts an agent on "
            "each host itself");
  EXPECT_EQ(WhyRank({"PMI_SIZE=2", "SLURM_STEP_NUM_TASKS=2"}),
            "SLURM_STEP_NUM_TASKS=2: srun has started this program 2 times, "
            "and they would measure each other; start it once (salloc "
            "--nodes=2 bench ...), and it starts an agent on each host itself");
  EXPECT_NE(WhyRank({"PMI_SIZE=2"}), std::nullopt);
}

TEST(AllocationTest, WhoIsTheOnlyRankMay) {
  EXPECT_EQ(WhyRank({"PMI_SIZE=1", "OMPI_COMM_WORLD_SIZE=1",
                     "SLURM_STEP_NUM_TASKS=1"}),
            std::nullopt);
  // A batch script: the job's tasks are none that run.
  EXPECT_EQ(WhyRank({"SLURM_JOB_ID=7", "SLURM_PROCID=0", "SLURM_NTASKS=8",
                     "SLURM_NNODES=4"}),
            std::nullopt);
}

}  // namespace
}  // namespace hybrid
