#include "resume_check.h"

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
  row.blis_version = "0.9.0";
  row.blis_threading = "none";
  row.kernels_asked = "best";
  row.kernels = "skx";
  row.library_kernels = "zen3";
  std::vector<Row> rows{row, row, row};
  rows[1].blas_threads = 2;
  rows[1].blis_threading = "openmp";
  // Nobody reported anything.
  rows[2].status = Status::kError;
  rows[2].blis_version = rows[2].blis_threading = rows[2].kernels = "";
  return rows;
}

class ResumeCheckTest : public ::testing::Test {
 protected:
  ResumeCheckTest() {
    machine_.usable_cores = 2;
    info_.machine_id = "here";
    info_.git_commit = "abc";
    context_.blas.blis_version = "0.9.0";
    context_.blas.blis_threading = "openmp";
    context_.blas.kernels = "zen3";
    context_.one_thread_threading = "none";
  }
  std::vector<std::string> Differences(const std::vector<Row>& rows) const {
    return BlasDifferences(rows, context_, info_);
  }

  Machine machine_;
  Environment environment_;
  Context context_{machine_, environment_, {}, {}};
  RunInfo info_;
};

TEST_F(ResumeCheckTest, TheSameMachineHasNoDifference) {
  EXPECT_THAT(MachineDifferences(Rows(), machine_), IsEmpty());
  EXPECT_THAT(Differences(Rows()), IsEmpty());
  EXPECT_EQ(CommitNote(Rows(), info_), "");
}

TEST_F(ResumeCheckTest, NothingMeasuredNothingToDiffer) {
  EXPECT_THAT(MachineDifferences({}, machine_), IsEmpty());
  EXPECT_THAT(Differences({}), IsEmpty());
  EXPECT_EQ(CommitNote({}, info_), "");
}

TEST_F(ResumeCheckTest, EachDifferenceIsNamed) {
  machine_.usable_cores = 4;
  info_.machine_id = "there";
  context_.blas.blis_version = "1.0";
  context_.blas.blis_threading = "pthreads";
  context_.blas.kernels = "zen4";
  context_.one_thread_threading = "openmp";
  EXPECT_THAT(MachineDifferences(Rows(), machine_),
              ElementsAre("usable_cores is 4, but 2 in the file"));
  EXPECT_THAT(
      Differences(Rows()),
      ElementsAre("machine_id is there, but here in the file",
                  "blis_version is 1.0, but 0.9.0 in the file",
                  "blis_threading of workers with 1 thread is openmp, but none "
                  "in the file",
                  "blis_threading of workers with more threads is pthreads, "
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
  context_.blas.blis_version = "";
  EXPECT_THAT(Differences(Rows()),
              ElementsAre("blis_version is unknown, but 0.9.0 in the file"));
}

TEST_F(ResumeCheckTest, AnotherCommitIsANote) {
  info_.git_commit = "def";
  EXPECT_THAT(Differences(Rows()), IsEmpty());
  EXPECT_EQ(CommitNote(Rows(), info_),
            "bench was built from def, but from abc for the file");
}

}  // namespace
}  // namespace hybrid
