#include "prediction/grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "prediction/prediction_error.h"
#include "prediction/test_sizes.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What FindGrid says against `rows`; empty: nothing.
std::string Refusal(const std::vector<Row>& rows) {
  try {
    FindGrid(rows);
  } catch (const PredictionError& error) {
    EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
    return error.what();
  }
  return {};
}

TEST(GridTest, IsOfOneWayOnOneMachine) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.base.time_utc = "2026-11-23T10:00:00Z";
  test.base.flags = "--quick=true";
  test.Add(256, 8, {{kWorkers, 16}, {kSerial, 32}});
  const Grid grid = FindGrid(test.rows);
  EXPECT_EQ(grid.way.answers.size(), 2U);
  EXPECT_EQ(grid.machine_id, "cpu-2c-8g-01234567");
  EXPECT_EQ(grid.first_day, "2026-11-22");
  EXPECT_EQ(grid.last_day, "2026-11-23");
  EXPECT_EQ(grid.flags, "--quick=true");
  ASSERT_NE(grid.Find({256, 8}), nullptr);
  EXPECT_EQ(grid.Find({256, 8})->key.n, 256U);
  EXPECT_EQ(grid.Find({256, 32}), nullptr);
}

TEST(GridTest, WhatComputesNothingIsLeftOut) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.base.operation = "none";
  test.base.machine_id = "other";
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_EQ(FindGrid(test.rows).way.operation, "gemm");
  test.rows.erase(test.rows.begin(), test.rows.begin() + 6);
  EXPECT_EQ(Refusal(test.rows),
            "there are no results of the family Hybrid to predict from");
  EXPECT_EQ(Refusal({}),
            "there are no results of the family Hybrid to predict from");
}

TEST(GridTest, OfSeveralMachinesRefused) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.base.machine_id = "other-2c";
  test.Add(256, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_EQ(Refusal(test.rows),
            "2 machines were measured (cpu-2c-8g-01234567; other-2c), and one "
            "tells nothing of another: name the files of one");
  test.base.host = "other";
  test.base.usable_cores = 4;
  test.Add(256, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_EQ(Refusal(test.rows),
            "2 machines were measured (node, 2 cores; other, 4 cores), and "
            "one tells nothing of another: name the files of one");
}

TEST(GridTest, OfSeveralWaysNamesAFilter) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  TestSizes other = test;
  other.base.data = Data::kHot;
  other.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_EQ(Refusal(other.rows),
            "2 ways of measuring are mixed (fresh operands; hot operands), and "
            "one tells nothing of another: take one with --filter, such as "
            "--filter=/data:fresh/");
  other = test;
  other.base.operation = "syrk";
  other.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_THAT(Refusal(other.rows), HasSubstr(" such as --filter=/gemm/"));
  other = test;
  other.base.blas = "/opt/a+b/libblas.so";
  other.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_THAT(Refusal(other.rows), HasSubstr(" such as --filter=/blas:blis/"));
  other.rows.erase(other.rows.begin(), other.rows.begin() + 6);
  other.base.blas = "netlib";
  other.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_THAT(Refusal(other.rows),
              HasSubstr(R"(--filter='/blas:/opt/a\+b/libblas\.so/')"));
  // No filter tells versions apart.
  other = test;
  other.base.blas_version = "1.0";
  other.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_EQ(Refusal(other.rows),
            "2 ways of measuring are mixed (blis 0.9.0; blis 1.0), and one "
            "tells nothing of another: name the files of one");
}

TEST(GridTest, WhatAFileSaysStaysInOneLine) {
  TestSizes test;
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.base.operation = "a\nb\x1b[2J";
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  test.base.operation = "gemm";
  test.base.environment = "A='\n";
  test.Add(64, 8, {{kWorkers, 1}, {kSerial, 2}});
  EXPECT_THAT(Refusal(test.rows), Not(HasSubstr("\x1b")));
}

TEST(GridTest, WhatCannotBeTrustedIsRefused) {
  TestSizes test;
  test.base.n = 64;
  test.Error(kWorkers, "worker 0 died");
  EXPECT_EQ(Refusal(test.rows),
            "nothing can be recommended: no split did any task");
}

}  // namespace
}  // namespace hybrid
