#include "measure/resume_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What rows of one and of two threads say of a machine.
std::vector<Row> Rows() {
  Row row;
  row.machine_id = "here";
  row.usable_cores = 2;
  row.git_commit = "abc";
  row.blas_threads = 1;
  row.blas_version = "0.9.0";
  row.blas_threading = "none";
  row.kernels_asked = "best";
  row.kernels = "skx";
  row.library_kernels = "zen3";
  std::vector<Row> rows{row, row, row};
  rows[1].blas_threads = 2;
  rows[1].blas_threading = "openmp";
  // Nobody reported anything.
  rows[2].status = Status::kError;
  rows[2].blas_version = rows[2].blas_threading = rows[2].kernels = "";
  return rows;
}

class ResumeCheckTest : public ::testing::Test {
 protected:
  ResumeCheckTest() {
    site_.machine.usable_cores = 2;
    site_.machine_id = "here";
    run_.git_commit = "abc";
    site_.blas.resize(1);
    site_.blas[0].name = "blis";
    site_.blas[0].version = "0.9.0";
    site_.blas[0].threading = "openmp";
    site_.blas[0].kernels = "zen3";
    site_.blas[0].one_thread_threading = "none";
  }
  std::vector<std::string> Differences(const std::vector<Row>& rows) const {
    return BlasDifferences(rows, site_);
  }

  Site site_;
  RunIdentity run_;
};

TEST_F(ResumeCheckTest, TheSameMachineHasNoDifference) {
  EXPECT_THAT(MachineDifferences(Rows(), site_.machine), IsEmpty());
  EXPECT_THAT(Differences(Rows()), IsEmpty());
  EXPECT_EQ(CommitNote(Rows(), run_), "");
}

TEST_F(ResumeCheckTest, NothingMeasuredNothingToDiffer) {
  EXPECT_THAT(MachineDifferences({}, site_.machine), IsEmpty());
  EXPECT_THAT(Differences({}), IsEmpty());
  EXPECT_EQ(CommitNote({}, run_), "");
}

TEST_F(ResumeCheckTest, EachDifferenceIsNamed) {
  site_.machine.usable_cores = 4;
  site_.machine_id = "there";
  site_.blas[0].version = "1.0";
  site_.blas[0].threading = "pthread";
  site_.blas[0].kernels = "zen4";
  site_.blas[0].one_thread_threading = "openmp";
  EXPECT_THAT(MachineDifferences(Rows(), site_.machine),
              ElementsAre("usable_cores is 4, but 2 in the file"));
  EXPECT_THAT(
      Differences(Rows()),
      ElementsAre("machine_id is there, but here in the file",
                  "blas_version is 1.0, but 0.9.0 in the file",
                  "blas_threading of workers with 1 thread is openmp, but none "
                  "in the file",
                  "blas_threading of workers with more threads is pthread, "
                  "but openmp in the file",
                  "library_kernels is zen4, but zen3 in the file"));
}

TEST_F(ResumeCheckTest, WithoutAProbeTheKernelsTellWhatBlisChose) {
  std::vector<Row> rows = Rows();
  for (Row& row : rows) {
    row.library_kernels.clear();
    row.kernels_asked = "library";
  }
  EXPECT_THAT(Differences(rows),
              ElementsAre("library_kernels is zen3, but skx in the file"));
}

TEST_F(ResumeCheckTest, AnUnknownBlisIsADifference) {
  site_.blas[0].version = "";
  EXPECT_THAT(Differences(Rows()),
              ElementsAre("blas_version is unknown, but 0.9.0 in the file"));
}

TEST_F(ResumeCheckTest, AnotherFileAtAPathIsADifference) {
  std::vector<Row> rows = Rows();
  for (Row& row : rows) {
    row.blas = "/x/libblas.so";
    row.blas_file = "/x/libnetlib.so";
  }
  site_.blas[0].name = "/x/libblas.so";
  site_.blas[0].file = "/x/libnetlib.so";
  EXPECT_THAT(Differences(rows), IsEmpty());
  site_.blas[0].file = "/x/libopenblas.so";
  EXPECT_THAT(Differences(rows),
              ElementsAre("blas_file is /x/libopenblas.so, but "
                          "/x/libnetlib.so in the file"));
}

TEST_F(ResumeCheckTest, AnotherCommitIsANote) {
  run_.git_commit = "def";
  EXPECT_THAT(Differences(Rows()), IsEmpty());
  EXPECT_EQ(CommitNote(Rows(), run_),
            "bench was built from def, but from abc for the file");
}

}  // namespace
}  // namespace hybrid
