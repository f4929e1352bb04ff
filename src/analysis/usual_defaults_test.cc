#include "analysis/usual_defaults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What is said of the first group.
std::vector<std::string> Told(const TestRows& test) {
  return UsualDefaultsItems(FindAnswers(test.rows).front());
}

TEST(UsualDefaultsTest, EachIsNamedWithItsLoss) {
  TestRows test;
  test.Ok({2, 1}, {0.1, 0.101, 0.102});
  test.Ok({1, 1}, {0.2, 0.201, 0.202});
  test.Ok({1, 2}, {0.15, 0.151, 0.152});
  test.Ok({1, 4}, {0.3, 0.301, 0.302});
  test.Ok({2, 2}, {0.8, 0.801, 0.802});
  EXPECT_THAT(
      Told(test),
      ElementsAre("joblib, dask (2×1): the best",
                  "Pool(2), all BLAS threads (2×2): 7.9× the time",
                  "no parallelism (1×1): 1.99× the time",
                  "one process, all BLAS threads (1×2): 1.50× the time"));
}

TEST(UsualDefaultsTest, OnlyWhatWasMeasuredIsSpokenOf) {
  TestRows test;
  test.Ok({2, 1}, {0.1, 0.101, 0.102});
  test.Ok({1, 2}, {0.15, 0.151, 0.152});
  EXPECT_THAT(Told(test),
              ElementsAre("joblib, dask (2×1): the best",
                          "one process, all BLAS threads (1×2): 1.50× the "
                          "time"));
}

TEST(UsualDefaultsTest, ATieIsATieAndACappedOneALowerBound) {
  TestRows test;
  test.Ok({1, 2}, {0.1, 0.102, 0.101});
  test.Ok({2, 1}, {0.101, 0.1015, 0.102});
  test.Capped({2, 2}, 0.4, 1);
  test.Error({1, 1}, "died");
  EXPECT_THAT(Told(test),
              ElementsAre("joblib, dask (2×1): tie",
                          "Pool(2), all BLAS threads (2×2): > 4.0× the time",
                          "no parallelism (1×1): failed",
                          "one process, all BLAS threads (1×2): the best"));
}

TEST(UsualDefaultsTest, JoblibSharesTheCoresAmongItsJobs) {
  TestRows test;
  test.base.usable_cores = 8;
  test.Ok({8, 1}, {0.2, 0.201, 0.202});
  test.Ok({4, 2}, {0.1, 0.101, 0.102});
  test.Ok({3, 2}, {0.3, 0.301, 0.302});
  test.Ok({4, 1}, {0.4, 0.401, 0.402});
  EXPECT_THAT(Told(test), ElementsAre("joblib (8×1): 1.99× the time",
                                      "joblib(n_jobs=4) (4×2): the best",
                                      "joblib(n_jobs=3) (3×2): 3.0× the time"));
}

TEST(UsualDefaultsTest, PythonCountsTheSiblingsOfACoreToo) {
  TestRows test;
  const auto on = [](const char* cpus) {
    return [cpus](Row& row) { row.cpus = cpus; };
  };
  test.Ok({2, 1}, {0.1, 0.101, 0.102}, on("0,2 1,3"));
  test.Ok({4, 1}, {0.2, 0.201, 0.202});
  test.Ok({1, 2}, {0.3, 0.301, 0.302}, on("0-3"));
  test.Ok({1, 4}, {0.4, 0.401, 0.402});
  test.Ok({2, 2}, {0.5, 0.501, 0.502});
  EXPECT_THAT(
      Told(test),
      ElementsAre("joblib, dask (4×1): 1.99× the time",
                  "joblib(n_jobs=2) (2×2): 5.0× the time",
                  "one process, 2 BLAS threads (1×2): 3.0× the time",
                  "one process, all BLAS threads (1×4): 4.0× the time"));
}

TEST(UsualDefaultsTest, CpusThatNoMachineHasAreNotCounted) {
  TestRows test;
  test.Ok({2, 1}, {0.1, 0.101, 0.102},
          [](Row& row) { row.cpus = "0-2147483647 9-0"; });
  test.Ok({1, 2}, {0.15, 0.151, 0.152});
  EXPECT_THAT(Told(test),
              ElementsAre("joblib, dask (2×1): the best",
                          "one process, all BLAS threads (1×2): 1.50× the "
                          "time"));
}

TEST(UsualDefaultsTest, NothingIsSaidWhereNothingCanBeCompared) {
  TestRows alone;
  alone.Ok({2, 1}, {0.1, 0.101, 0.102});
  EXPECT_THAT(Told(alone), IsEmpty());
  TestRows core;
  core.base.usable_cores = 1;
  core.Ok({1, 1}, {0.1, 0.101, 0.102});
  core.Ok({2, 1}, {0.2, 0.201, 0.202});
  EXPECT_THAT(Told(core), IsEmpty());
  TestRows failed;
  failed.Error({2, 1}, "died");
  EXPECT_THAT(Told(failed), IsEmpty());
  TestRows threads;
  threads.Ok({2, 1, Engine::kThreads}, {0.1, 0.101, 0.102});
  threads.Ok({1, 2, Engine::kThreads}, {0.2, 0.201, 0.202});
  EXPECT_THAT(Told(threads), IsEmpty());
}

}  // namespace
}  // namespace hybrid
