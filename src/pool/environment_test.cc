#include "pool/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
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

TEST(EnvironmentTest, ReadsThisProcess) {
  ASSERT_EQ(setenv("HYBRID_ENVIRONMENT_TEST", "here", 1), 0);
  EXPECT_THAT(ProcessEnvironment(), Contains("HYBRID_ENVIRONMENT_TEST=here"));
}

}  // namespace
}  // namespace hybrid
