#include "analysis/groups.h"

#include <gtest/gtest.h>

#include <string>

#include "analysis/test_rows.h"

namespace hybrid {
namespace {

TEST(GroupsTest, SplitsOfOneGroupMayRunOtherKernels) {
  TestRows test;
  test.base.kernels_asked = "best";
  test.base.kernels = "skx";
  test.base.blas_threading = "none";
  test.Ok({2, 1}, {1});
  test.base.kernels = "haswell";
  test.base.blas_threading = "openmp";
  test.Ok({1, 2}, {1});
  const Groups groups = GroupRows(test.rows, Family::kHybrid);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].first.kernels_asked, "best");
  EXPECT_EQ(groups[0].second.size(), 2U);
  EXPECT_TRUE(GroupRows(test.rows, Family::kNoise).empty());
}

TEST(GroupsTest, TheLastAttemptOfEachRunAndSplitCounts) {
  TestRows test;
  test.base.run_id = std::string("a");
  test.Ok({2, 1}, {9, 9, 9});
  test.Ok({1, 1}, {2});
  test.base.attempt = 1;
  test.Ok({2, 1}, {1, 1});
  test.base.attempt = 0;
  test.base.run_id = std::string("b");
  test.Ok({2, 1}, {3});
  const Groups groups = GroupRows(test.rows, Family::kHybrid);
  ASSERT_EQ(groups.size(), 1U);
  const auto& rows = groups[0].second.at({2, 1});
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0]->wall_s, 1);
  EXPECT_EQ(rows[2]->wall_s, 3);
  EXPECT_EQ(groups[0].second.at({1, 1}).size(), 1U);
}

TEST(GroupsTest, AnErrorWithoutAReportIsOneAttemptOfItsGroup) {
  TestRows test;
  test.Ok({2, 1}, {1, 1});
  test.base.attempt = 1;
  test.base.blas_version.clear();
  test.Error({2, 1}, "no worker started");
  const Groups groups = GroupRows(test.rows, Family::kHybrid);
  ASSERT_EQ(groups.size(), 1U);
  ASSERT_EQ(groups[0].second.at({2, 1}).size(), 1U);
  EXPECT_EQ(groups[0].second.at({2, 1})[0]->status, Status::kError);
}

}  // namespace
}  // namespace hybrid
