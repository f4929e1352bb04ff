#include "pool/expectation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybrid {
namespace {

using ::testing::Eq;
using ::testing::Optional;

ReadyReport Report() {
  ReadyReport report;
  report.blas_version = "0.9.0";
  report.blas_threading = "openmp";
  report.kernels = "haswell";
  report.threads = 2;
  report.allowed_cpus = 2;
  report.cpu_mask[0] = 0b101;
  report.cpu_mask[1] = 0b1;
  return report;
}

TEST(ExpectationTest, AnEmptyOneIsMetByAnything) {
  EXPECT_EQ(FindMismatch({}, {}, {}), std::nullopt);
  EXPECT_EQ(FindMismatch(Report(), Report(), {}), std::nullopt);
}

TEST(ExpectationTest, OneThatIsMet) {
  const Expectation expectation{.threading = {"none", "openmp"},
                                .threads = 2,
                                .kernels = "haswell",
                                .cpus = {64, 0, 2}};
  EXPECT_EQ(FindMismatch(Report(), Report(), expectation), std::nullopt);
}

TEST(ExpectationTest, EveryMismatchIsNamed) {
  const auto words = [](const Expectation& expectation) {
    return FindMismatch(Report(), Report(), expectation);
  };
  EXPECT_THAT(words({.threading = {"pthread"}}),
              Optional(Eq("its BLAS is threaded by openmp, not by pthread")));
  EXPECT_THAT(words({.threads = 1}),
              Optional(Eq("it runs 2 BLAS threads, not 1")));
  EXPECT_THAT(words({.kernels = "zen"}),
              Optional(Eq("it runs haswell kernels, not zen")));
  for (const std::vector<int>& cpus :
       {std::vector<int>{0}, {0, 2}, {0, 2, 65}, {0, 1, 2, 64}}) {
    EXPECT_THAT(words({.cpus = cpus}),
                Optional(Eq("its affinity mask (2 CPUs) is not the one given "
                            "to it")));
  }
}

TEST(ExpectationTest, ThreadsThatNobodyCouldCountAreTaken) {
  ReadyReport report = Report();
  report.threads = 0;
  EXPECT_EQ(FindMismatch(report, report, {.threads = 2}), std::nullopt);
}

// More CPUs than a report has room for.
TEST(ExpectationTest, AMaskBeyondTheReportIsTaken) {
  EXPECT_EQ(FindMismatch(Report(), Report(), {.cpus = {0, 4096}}),
            std::nullopt);
}

TEST(ExpectationTest, AllWorkersAreAlike) {
  ReadyReport other = Report();
  other.kernels = "zen";
  EXPECT_THAT(
      FindMismatch(other, Report(), {}),
      Optional(Eq("it runs version 0.9.0 with zen kernels, worker 0 0.9.0 "
                  "with haswell")));
  other = Report();
  other.blas_version = "1.0";
  EXPECT_THAT(FindMismatch(other, Report(), {}),
              Optional(Eq("it runs version 1.0 with haswell kernels, worker 0 "
                          "0.9.0 with haswell")));
}

}  // namespace
}  // namespace hybrid
