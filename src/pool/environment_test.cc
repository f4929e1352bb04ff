#include "pool/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

TEST(EnvironmentTest, TakesOutWhatSteersBlasOpenMpAndBenchmark) {
  const Environment environment = ScrubEnvironment(
      {"PATH=/bin", "OMP_NUM_THREADS=3", "BLIS_ARCH_TYPE=0", "HOME=/h",
       "GOMP_SPINCOUNT=1", "KMP_AFFINITY=x", "OPENBLAS_CORETYPE=y",
       "MKL_NUM_THREADS=2", "BENCHMARK_FILTER=z", "COMPANY=a", "MY_OMP_=1"});
  EXPECT_THAT(environment.kept,
              ElementsAre("PATH=/bin", "HOME=/h", "COMPANY=a", "MY_OMP_=1"));
  EXPECT_THAT(
      environment.removed,
      ElementsAre("OMP_NUM_THREADS=3", "BLIS_ARCH_TYPE=0", "GOMP_SPINCOUNT=1",
                  "KMP_AFFINITY=x", "OPENBLAS_CORETYPE=y", "MKL_NUM_THREADS=2",
                  "BENCHMARK_FILTER=z"));
}

TEST(EnvironmentTest, WorkerGetsItsThreads) {
  EXPECT_THAT(WorkerEnvironment({.kept = {"A=b"}, .removed = {}}, 4, ""),
              ElementsAre("A=b", "BLIS_NUM_THREADS=4"));
  EXPECT_THAT(WorkerEnvironment({.kept = {"A=b"}, .removed = {}}, 4, "0"),
              ElementsAre("A=b", "BLIS_NUM_THREADS=4", "BLIS_ARCH_TYPE=0"));
}

TEST(EnvironmentTest, ReadsThisProcess) {
  ASSERT_EQ(setenv("HYBRID_ENVIRONMENT_TEST", "here", 1), 0);
  EXPECT_THAT(ProcessEnvironment(), Contains("HYBRID_ENVIRONMENT_TEST=here"));
}

}  // namespace
}  // namespace hybrid
