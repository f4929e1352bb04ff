#include "measure/new_row.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(NewRowTest, HoldsTheKeyAndTheContextAndNoMeasurement) {
  Key key;
  key.n = 64;
  key.batch = 8;
  key.workers = 2;
  key.blas_threads = 2;
  key.kernels_asked = kBestKernels;
  RunContext context;
  context.run = NewRun("--n=64");
  context.site.machine.host = "here";
  context.site.machine.usable_cores = 2;
  context.site.kind.cpu_model = "Example 9000";
  context.site.kind.memory_bytes = 5;
  context.site.kind.os = "Some OS, Linux 6";
  context.site.machine_id = "example-2c";
  context.site.system_blas = "netlib";
  context.warnings = {"hot", "loud"};
  KernelsTable table({.library = "zen3",
                      .usable = {{"zen2", "BLIS_ARCH_TYPE=7"}},
                      .unusable = {}},
                     2);
  table.TakeOver(key, "zen2", 1.5);
  context.kernels.Add("blis", table);
  const Row row = NewRow(key, context);
  EXPECT_EQ(static_cast<const Key&>(row), key);
  EXPECT_EQ(row.run_id, context.run.run_id);
  EXPECT_FALSE(row.time_utc.empty());
  EXPECT_EQ(row.git_commit, context.run.git_commit);
  EXPECT_EQ(row.flags, "--n=64");
  EXPECT_EQ(row.host, "here");
  EXPECT_EQ(row.machine_id, "example-2c");
  EXPECT_EQ(row.cpu_model, "Example 9000");
  EXPECT_EQ(row.system_blas, "netlib");
  EXPECT_EQ(row.memory_bytes, 5U);
  EXPECT_EQ(row.os, "Some OS, Linux 6");
  EXPECT_EQ(row.warnings, "hot; loud");
  EXPECT_EQ(row.usable_cores, 2U);
  EXPECT_TRUE(row.oversubscribed);
  EXPECT_EQ(row.library_kernels, "zen3");
  EXPECT_EQ(row.kernels_setting, "BLIS_ARCH_TYPE=7");
  EXPECT_EQ(row.kernels_gain, 1.5);
  EXPECT_FALSE(row.wall_s);
}

}  // namespace
}  // namespace hybrid
