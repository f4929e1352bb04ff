#include "cluster/launch_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/flag_error.h"
#include "base/test_errors.h"
#include "base/test_folder.h"
#include "base/variables.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A folder of programs, which is all of PATH.
class LaunchPlanTest : public ::testing::Test {
 protected:
  void Install(const std::string& name) const {
    folder_.Lay("/" + name, "#!/bin/sh\n");
    fs::permissions(folder_.File(name), fs::perms::owner_all);
  }
  std::string In(const std::string& name) const { return folder_.File(name); }

  LaunchPlan Plan(const LaunchRequest& request,
                  std::vector<std::string> environment = {}) const {
    environment.push_back("PATH=" + folder_.path());
    LaunchRequest whole = request;
    if (whole.agent.empty()) whole.agent = "/opt/agent";
    return PlanLaunch(whole, environment);
  }
  std::string ErrorOf(const LaunchRequest& request,
                      const std::vector<std::string>& environment = {}) const {
    return MessageOf<FlagError>([&] { Plan(request, environment); });
  }

  const TestFolder folder_;
};

TEST_F(LaunchPlanTest, SlurmsAllocationStartsAgentsBySrun) {
  Install("srun");
  Install("ssh");
  const LaunchPlan plan =
      Plan({}, {"SLURM_JOB_ID=7", "SLURM_NNODES=4", "SRUN_CPUS_PER_TASK=2"});
  EXPECT_EQ(plan.launcher, "srun");
  EXPECT_EQ(plan.host_count, 4U);
  ASSERT_EQ(plan.commands.size(), 1U);
  EXPECT_THAT(plan.commands[0].words,
              ElementsAre(In("srun"), "--nodes=4", "--ntasks=4",
                          "--ntasks-per-node=1", "--cpu-bind=none", "--mem=0",
                          "--overlap", "--mpi=none", "--kill-on-bad-exit=1",
                          "--wait=5", "--export=ALL", "/opt/agent"));
  EXPECT_THAT(plan.commands[0].hosts, IsEmpty());
  EXPECT_FALSE(plan.commands[0].is_told_by_stdin);
  EXPECT_THAT(plan.environment, ElementsAre("SLURM_JOB_ID=7", "SLURM_NNODES=4",
                                            "PATH=" + folder_.path()));
}

TEST_F(LaunchPlanTest, SomeOfTheNamedHostsArePassedOnToSrun) {
  Install("srun");
  const LaunchPlan plan = Plan({.hosts = {"a", "b", "c"}, .host_count = 2},
                               {"SLURM_JOB_ID=7", "SLURM_NNODES=4"});
  EXPECT_EQ(plan.host_count, 2U);
  EXPECT_THAT(plan.commands[0].words, Contains("--nodes=2"));
  EXPECT_THAT(plan.commands[0].words, Contains("--nodelist=a,b"));
  EXPECT_THAT(plan.commands[0].hosts, ElementsAre("a", "b"));
}

TEST_F(LaunchPlanTest, MpirunIsOpenMpis) {
  Install("mpirun");
  Install("mpirun.openmpi");
  const LaunchPlan plan = Plan({.hosts = {"a", "b"}, .launcher = "mpirun"});
  EXPECT_THAT(plan.commands[0].words,
              ElementsAre(In("mpirun.openmpi"), "-n", "2", "--map-by",
                          "ppr:1:node", "--bind-to", "none", "-x",
                          "HYBRID_AGENT", "--host", "a,b", "/opt/agent"));
  EXPECT_THAT(plan.environment, Contains("OMPI_ALLOW_RUN_AS_ROOT=1"));
  EXPECT_THAT(plan.environment, Contains("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1"));
  EXPECT_THAT(
      Plan({.host_count = 2, .launcher = In("mpirun")}).commands[0].words,
      ElementsAre(In("mpirun"), "-n", "2", "--map-by", "ppr:1:node",
                  "--bind-to", "none", "-x", "HYBRID_AGENT", "/opt/agent"));
}

TEST_F(LaunchPlanTest, MpiexecIsMpichs) {
  Install("mpiexec.mpich");
  const LaunchPlan plan =
      Plan({.hosts = {"a", "b", "c"}, .host_count = 2, .launcher = "mpiexec"});
  EXPECT_THAT(plan.commands[0].words,
              ElementsAre(In("mpiexec.mpich"), "-n", "2", "-ppn", "1",
                          "-bind-to", "none", "-hosts", "a,b", "/opt/agent"));
}

TEST_F(LaunchPlanTest, ProgramsOfTheSameNameAreToldApart) {
  Install("mpiexec.hydra");
  Install("orterun");
  fs::create_symlink("mpiexec.hydra", In("mpirun"));
  fs::create_symlink("orterun", In("mpiexec"));
  EXPECT_EQ(
      Plan({.host_count = 2, .launcher = "mpiexec"}).commands[0].words.front(),
      In("mpiexec.hydra"));
  fs::remove(In("mpiexec.hydra"));
  EXPECT_EQ(ErrorOf({.host_count = 2, .launcher = "mpiexec"}),
            "--launcher=mpiexec: no folder of PATH has MPICH's mpiexec "
            "(Debian: mpich)");
  Install("mpiexec.hydra");
  EXPECT_EQ(ErrorOf({.host_count = 2, .launcher = "mpirun"}),
            "--launcher=mpirun: no folder of PATH has Open MPI's mpirun "
            "(Debian: openmpi-bin)");
  EXPECT_EQ(ErrorOf({.host_count = 2, .launcher = In("mpirun")}),
            "--launcher=" + In("mpirun") +
                ": that is not Open MPI's mpirun (Debian: openmpi-bin)");
}

TEST_F(LaunchPlanTest, NamedHostsAloneAreReachedBySsh) {
  Install("ssh");
  const LaunchPlan plan =
      Plan({.hosts = {"a", "u@b"}, .agent = "/opt/my agent"});
  EXPECT_EQ(plan.launcher, "ssh");
  ASSERT_EQ(plan.commands.size(), 2U);
  EXPECT_THAT(plan.commands[0].words,
              ElementsAre(In("ssh"), "-o", "BatchMode=yes", "-o",
                          "ControlMaster=no", "a", "'/opt/my agent'"));
  EXPECT_THAT(plan.commands[1].words, Contains("u@b"));
  EXPECT_THAT(plan.commands[1].hosts, ElementsAre("u@b"));
  EXPECT_TRUE(plan.commands[1].is_told_by_stdin);
}

TEST_F(LaunchPlanTest, AListOfHostsIsForWhoeverIsInstalled) {
  folder_.Lay("/nodes", "a\na\nb\n");
  const std::vector<std::string> pbs{"PBS_NODEFILE=" + In("nodes")};
  EXPECT_EQ(ErrorOf({}, pbs),
            "--launcher=mpirun (there is PBS_NODEFILE): no folder of PATH has "
            "Open MPI's mpirun (Debian: openmpi-bin)");
  Install("mpiexec.mpich");
  EXPECT_EQ(Plan({}, pbs).launcher, "mpiexec");
  Install("mpirun.openmpi");
  const LaunchPlan plan = Plan({}, pbs);
  EXPECT_EQ(plan.launcher, "mpirun");
  EXPECT_EQ(plan.host_count, 2U);
  EXPECT_THAT(plan.commands[0].hosts, ElementsAre("a", "b"));
  Install("ssh");
  EXPECT_EQ(Plan({.launcher = "ssh"}, pbs).commands.size(), 2U);
}

TEST_F(LaunchPlanTest, APrefixIsStartedOncePerHostItNames) {
  Install("enter");
  const LaunchPlan plan = Plan({.hosts = {"a", "b", "c"},
                                .host_count = 2,
                                .launcher = "enter 'to {host}' {host_count}"});
  EXPECT_EQ(plan.launcher, "enter 'to {host}' {host_count}");
  ASSERT_EQ(plan.commands.size(), 2U);
  EXPECT_THAT(plan.commands[1].words,
              ElementsAre(In("enter"), "to b", "2", "/opt/agent"));
  EXPECT_THAT(plan.commands[1].hosts, ElementsAre("b"));
  EXPECT_TRUE(plan.commands[1].is_told_by_stdin);
}

TEST_F(LaunchPlanTest, AnotherPrefixIsStartedOnce) {
  Install("jsrun");
  const LaunchPlan plan =
      Plan({.host_count = 3, .launcher = In("jsrun") + " -n {host_count} -r1"});
  ASSERT_EQ(plan.commands.size(), 1U);
  EXPECT_THAT(plan.commands[0].words,
              ElementsAre(In("jsrun"), "-n", "3", "-r1", "/opt/agent"));
  EXPECT_FALSE(plan.commands[0].is_told_by_stdin);
  const LaunchPlan named =
      Plan({.hosts = {"a", "b"}, .launcher = "jsrun -H {hosts}"});
  ASSERT_EQ(named.commands.size(), 1U);
  EXPECT_THAT(named.commands[0].words,
              ElementsAre(In("jsrun"), "-H", "a,b", "/opt/agent"));
  EXPECT_THAT(named.commands[0].hosts, ElementsAre("a", "b"));
}

TEST_F(LaunchPlanTest, WhoSaysNothingIsToldWhatToSay) {
  EXPECT_EQ(ErrorOf({.host_count = 2}),
            "--hosts: this is no allocation of Slurm or another batch system: "
            "takes the names of hosts (--hosts=a,b: ssh starts the agents), or "
            "--launcher=... beside it");
  Install("mpirun");
  EXPECT_EQ(ErrorOf({.launcher = "mpirun"}),
            "--launcher=mpirun: nobody says how many hosts there are: takes "
            "--hosts=... beside it");
  EXPECT_EQ(ErrorOf({.launcher = "mpirun"}, {"PBS_NODEFILE=/nonexistent"}),
            "--launcher=mpirun: nobody says how many hosts there are "
            "(PBS_NODEFILE does not): takes --hosts=... beside it");
}

TEST_F(LaunchPlanTest, NamesAreAskedForWhereTheyAreMissing) {
  Install("ssh");
  EXPECT_EQ(ErrorOf({.host_count = 2, .launcher = "ssh"}),
            "--launcher=ssh: takes the names of hosts beside it, --hosts=a,b");
  EXPECT_EQ(ErrorOf({.launcher = "ssh -v {host}"},
                    {"SLURM_JOB_ID=7", "SLURM_NNODES=4"}),
            "--launcher=ssh -v {host}: takes the names of hosts beside it, "
            "--hosts=$(scontrol show hostnames | paste -sd,)");
  EXPECT_EQ(ErrorOf({.hosts = {"a"}, .launcher = "ssh b"}),
            "--launcher=ssh b: takes {host} or {hosts} in it, for those of "
            "--hosts");
}

TEST_F(LaunchPlanTest, MoreHostsThanThereAreAreRefused) {
  Install("srun");
  Install("ssh");
  EXPECT_EQ(
      ErrorOf({.host_count = 5}, {"SLURM_JOB_ID=7", "SLURM_JOB_NUM_NODES=4"}),
      "--hosts: 5 are more than there are: 4, as SLURM_JOB_NUM_NODES says");
  EXPECT_EQ(ErrorOf({.hosts = {"a", "b"}, .host_count = 3}),
            "--hosts: 3 are more than there are: a,b");
}

TEST_F(LaunchPlanTest, WhatIsNotInstalledIsNamed) {
  EXPECT_EQ(ErrorOf({}, {"SLURM_JOB_ID=7", "SLURM_JOB_NUM_NODES=4"}),
            "--launcher=srun (there is SLURM_JOB_NUM_NODES): no folder of PATH "
            "has Slurm's srun (Debian: slurm-client)");
  EXPECT_EQ(ErrorOf({.hosts = {"a"}}),
            "--launcher=ssh: no folder of PATH has ssh (Debian: "
            "openssh-client)");
  EXPECT_EQ(ErrorOf({.hosts = {"a"}, .launcher = "jump {host}"}),
            "--launcher=jump {host}: jump is in no folder of PATH");
  EXPECT_EQ(ErrorOf({.hosts = {"a"}, .launcher = "./jump {host}"}),
            "--launcher=./jump {host}: ./jump is no program that can be run");
}

TEST_F(LaunchPlanTest, WordsThatCantBeReadAreRefused) {
  EXPECT_EQ(ErrorOf({.host_count = 2, .launcher = "jump '"}),
            "--launcher=jump ': a quote is never closed");
  EXPECT_THAT(ErrorOf({.host_count = 2, .launcher = "jump {node}"}),
              EndsWith("there is no placeholder {node}"));
}

TEST_F(LaunchPlanTest, NamesThatAreNoneAreRefused) {
  Install("ssh");
  EXPECT_EQ(ErrorOf({.hosts = {"a", "b", "a"}}),
            "--hosts=a,b,a: a is there twice");
  EXPECT_EQ(ErrorOf({.hosts = {"a", ""}}), "--hosts=a,: a name is missing");
  EXPECT_THAT(ErrorOf({.hosts = {"-oProxyCommand=x"}}),
              HasSubstr("'-oProxyCommand=x' is no name of a host"));
  EXPECT_THAT(ErrorOf({.hosts = {"a b"}}), HasSubstr("is no name of a host"));
}

}  // namespace
}  // namespace hybrid
