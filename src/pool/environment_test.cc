#include "pool/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

TEST(EnvironmentTest, TakesOutWhatSteersBlasOpenMpAndBenchmark) {
  const Environment environment = ScrubEnvironment(
      {"PATH=/bin", "OMP_NUM_THREADS=3", "BLIS_ARCH_TYPE=0", "HOME=/h",
       "GOMP_SPINCOUNT=1", "KMP_AFFINITY=x", "OPENBLAS_CORETYPE=y",
       "MKL_NUM_THREADS=2", "GOTO_NUM_THREADS=5", "FLEXIBLAS=NETLIB",
       "FLEXIBLAS_HOOK=p", "BENCHMARK_FILTER=z", "COMPANY=a", "MY_OMP_=1"});
  EXPECT_THAT(environment.kept,
              ElementsAre("PATH=/bin", "HOME=/h", "COMPANY=a", "MY_OMP_=1"));
  EXPECT_THAT(
      environment.removed,
      ElementsAre("OMP_NUM_THREADS=3", "BLIS_ARCH_TYPE=0", "GOMP_SPINCOUNT=1",
                  "KMP_AFFINITY=x", "OPENBLAS_CORETYPE=y", "MKL_NUM_THREADS=2",
                  "GOTO_NUM_THREADS=5", "FLEXIBLAS=NETLIB", "FLEXIBLAS_HOOK=p",
                  "BENCHMARK_FILTER=z"));
}

TEST(EnvironmentTest, WorkerGetsItsThreads) {
  BlasFiles blas;
  blas.library = "/lib/x/libblas.so";
  EXPECT_THAT(
      WorkerEnvironment({.kept = {"A=b"}, .removed = {}}, 4, blas, ""),
      UnorderedElementsAre(
          "A=b", "BLIS_NUM_THREADS=4", "OPENBLAS_NUM_THREADS=4",
          "GOTO_NUM_THREADS=4", "MKL_NUM_THREADS=4", "OMP_NUM_THREADS=4",
          "MKL_DYNAMIC=FALSE", "OMP_DYNAMIC=FALSE", "LD_LIBRARY_PATH=/lib/x"));
  EXPECT_THAT(WorkerEnvironment({.kept = {"LD_LIBRARY_PATH=/l"}, .removed = {}},
                                4, blas, "OPENBLAS_CORETYPE=ZEN"),
              AllOf(Contains("LD_LIBRARY_PATH=/lib/x:/l"),
                    Contains("OPENBLAS_CORETYPE=ZEN")));
  // An empty one is none: `/lib/x:` would be the current folder, too.
  EXPECT_THAT(WorkerEnvironment({.kept = {"LD_LIBRARY_PATH="}, .removed = {}},
                                4, blas, ""),
              Contains("LD_LIBRARY_PATH=/lib/x"));
}

std::vector<std::string> Names(const std::vector<std::string>& variables) {
  std::vector<std::string> names;
  for (const std::string& variable : variables) {
    names.push_back(variable.substr(0, variable.find('=')));
  }
  return names;
}

TEST(EnvironmentTest, CommandGetsTheLimitsOfAllItMayLoad) {
  const Environment environment =
      CommandEnvironment({.kept = {"A=b"}, .removed = {}}, 4, {}, {});
  EXPECT_THAT(
      environment.kept,
      UnorderedElementsAre(
          "A=b", "OMP_NUM_THREADS=4", "OPENBLAS_NUM_THREADS=4",
          "GOTO_NUM_THREADS=4", "MKL_NUM_THREADS=4", "BLIS_NUM_THREADS=4",
          "NUMEXPR_NUM_THREADS=4", "NUMBA_NUM_THREADS=4", "RAYON_NUM_THREADS=4",
          "VECLIB_MAXIMUM_THREADS=4", "NUMEXPR_MAX_THREADS=4",
          "POLARS_MAX_THREADS=4", "TF_NUM_INTRAOP_THREADS=4",
          "R_DATATABLE_NUM_THREADS=4", "LOKY_MAX_CPU_COUNT=4",
          "PYTHON_CPU_COUNT=4", "JULIA_NUM_THREADS=1",
          "TF_NUM_INTEROP_THREADS=1", "MKL_DYNAMIC=FALSE", "OMP_DYNAMIC=FALSE",
          "OMP_MAX_ACTIVE_LEVELS=1", "PYTHONUNBUFFERED=1"));
  EXPECT_THAT(environment.removed, IsEmpty());
}

TEST(EnvironmentTest, CommandLosesWhatWouldUndoItsLimits) {
  const Environment environment = CommandEnvironment(
      ScrubEnvironment({"OMP_THREAD_LIMIT=1", "OMP_PLACES=cores", "HOME=/h",
                        "OMP_PROC_BIND=true", "KMP_AFFINITY=compact",
                        "GOMP_CPU_AFFINITY=0", "BLIS_JC_NT=2", "X_AFFINITY=3",
                        "MKL_DOMAIN_NUM_THREADS=x", "NUMBA_NUM_THREADS=9",
                        "OPENBLAS_DEFAULT_NUM_THREADS=2", "SLURM_CPU_BIND=y",
                        "JULIA_NUM_THREADS=auto", "BINDING=z"}),
      2, {}, {});
  EXPECT_THAT(
      Names(environment.removed),
      UnorderedElementsAre("OMP_THREAD_LIMIT", "OMP_PLACES", "OMP_PROC_BIND",
                           "KMP_AFFINITY", "GOMP_CPU_AFFINITY", "BLIS_JC_NT",
                           "X_AFFINITY", "MKL_DOMAIN_NUM_THREADS",
                           "NUMBA_NUM_THREADS", "OPENBLAS_DEFAULT_NUM_THREADS",
                           "SLURM_CPU_BIND", "JULIA_NUM_THREADS"));
  EXPECT_THAT(environment.kept,
              AllOf(Contains("HOME=/h"), Contains("BINDING=z"),
                    Contains("NUMBA_NUM_THREADS=2").Times(1),
                    Not(Contains("NUMBA_NUM_THREADS=9"))));
}

TEST(EnvironmentTest, CommandKeepsWhatTheUserNames) {
  const Environment environment = CommandEnvironment(
      ScrubEnvironment(
          {"OMP_PLACES=cores", "OMP_NUM_THREADS=7", "OMP_PROC_BIND=true"}),
      2, {},
      {.keep = {"OMP_PLACES", "OMP_NUM_THREADS", "MKL_NUM_THREADS"},
       .set = "",
       .python_helper = "",
       .whole = false});
  EXPECT_THAT(environment.removed, ElementsAre("OMP_PROC_BIND=true"));
  EXPECT_THAT(environment.kept,
              AllOf(Contains("OMP_PLACES=cores"), Contains("OMP_NUM_THREADS=7"),
                    Not(Contains("OMP_NUM_THREADS=2")),
                    // There is none to keep.
                    Contains("MKL_NUM_THREADS=2")));
}

TEST(EnvironmentTest, WhatIsSetForACommandWins) {
  BlasFiles blas;
  blas.library = "/lib/x/libblas.so";
  const Environment environment = CommandEnvironment(
      {.kept = {"LD_LIBRARY_PATH=/l", "PYTHONPATH=/mine", "A=b"},
       .removed = {}},
      2, blas,
      {.keep = {},
       .set = "OMP_WAIT_POLICY=active OMP_NUM_THREADS=5 A=c=d",
       .python_helper = "/helper",
       .whole = false});
  EXPECT_THAT(Names(environment.kept),
              AllOf(Contains("OMP_NUM_THREADS").Times(1),
                    Contains("PYTHONPATH").Times(1), Contains("A").Times(1),
                    Contains("LD_LIBRARY_PATH").Times(1)));
  EXPECT_THAT(
      environment.kept,
      AllOf(Contains("OMP_WAIT_POLICY=active"), Contains("OMP_NUM_THREADS=5"),
            Contains("A=c=d"), Contains("PYTHONPATH=/helper:/mine"),
            Contains("LD_LIBRARY_PATH=/lib/x:/l")));
  EXPECT_THAT(
      CommandEnvironment(
          {.kept = {"PYTHONPATH="}, .removed = {}}, 2, {},
          {.keep = {}, .set = "", .python_helper = "/helper", .whole = false})
          .kept,
      Contains("PYTHONPATH=/helper"));
}

// A Pool() of the program's own would take as many processes as threads.
TEST(EnvironmentTest, WholeProgramsCountCpusAsTheyDo) {
  const Environment environment = CommandEnvironment(
      {.kept = {"PYTHON_CPU_COUNT=6"}, .removed = {}}, 2, {},
      {.keep = {}, .set = "", .python_helper = "", .whole = true});
  EXPECT_THAT(environment.removed, IsEmpty());
  EXPECT_THAT(environment.kept, AllOf(Contains("PYTHON_CPU_COUNT=6"),
                                      Contains("OMP_NUM_THREADS=2")));
  EXPECT_THAT(Names(environment.kept), Not(Contains("LOKY_MAX_CPU_COUNT")));
}

TEST(EnvironmentTest, ACommandIsNoRankOfWhatStartedUs) {
  const std::vector<std::string> variables{"PMI_RANK=0", "PMI_FD=6",
                                           "HYDRA_LAUNCHER=ssh"};
  CommandVariables command{
      .keep = {}, .set = "", .python_helper = "", .whole = true};
  EXPECT_THAT(
      CommandEnvironment(ScrubEnvironment(variables), 2, {}, command).kept,
      AllOf(Contains("HYDRA_LAUNCHER=ssh"), Not(Contains("PMI_RANK=0")),
            Not(Contains("PMI_FD=6"))));
  command.keep = {"PMI_FD"};
  EXPECT_THAT(
      CommandEnvironment(ScrubEnvironment(variables), 2, {}, command).kept,
      AllOf(Not(Contains("PMI_RANK=0")), Contains("PMI_FD=6")));
}

TEST(EnvironmentTest, ReadsThisProcess) {
  ASSERT_EQ(setenv("HYBRID_ENVIRONMENT_TEST", "here", 1), 0);
  EXPECT_THAT(ProcessEnvironment(), Contains("HYBRID_ENVIRONMENT_TEST=here"));
}

}  // namespace
}  // namespace hybrid
