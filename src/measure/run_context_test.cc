#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "measure/run_info.h"

namespace hybrid {
namespace {

using ::testing::MatchesRegex;

Machine TwoCores() {
  Machine machine;
  machine.host = "here";
  machine.usable_cores = 2;
  return machine;
}

Key Split(std::uint32_t workers, std::uint32_t blas_threads, Pin pin) {
  Key key;
  key.n = 64;
  key.batch = 8;
  key.workers = workers;
  key.blas_threads = blas_threads;
  key.pin = pin;
  return key;
}

TEST(RunInfoTest, EveryRunHasAnIdOfItsOwn) {
  EXPECT_NE(NewRunInfo().run_id, NewRunInfo().run_id);
  EXPECT_THAT(NewRunInfo().start_utc, MatchesRegex("[0-9]{8}T[0-9]{6}Z"));
  EXPECT_THAT(UtcNow(), MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z"));
  EXPECT_FALSE(NewRunInfo().git_commit.empty());
}

TEST(RunInfoTest, AutoPinsExactlyWhatFits) {
  EXPECT_EQ(ResolvePin(Split(2, 1, Pin::kAuto), TwoCores()), Pin::kCores);
  EXPECT_EQ(ResolvePin(Split(2, 2, Pin::kAuto), TwoCores()), Pin::kNone);
  EXPECT_EQ(ResolvePin(Split(2, 1, Pin::kNone), TwoCores()), Pin::kNone);
}

TEST(RunInfoTest, KeyRowHoldsTheWholeConfiguration) {
  const Key key = Split(2, 2, Pin::kAuto);
  RunInfo info = NewRunInfo();
  info.cpu_model = "Example 9000";
  info.memory_bytes = 5;
  info.os = "Some OS, Linux 6";
  info.machine_id = "example-2c";
  info.flags = "--n=64";
  info.warnings = "hot; loud";
  const Row row = KeyRow(key, TwoCores(), info);
  EXPECT_EQ(row.run_id, info.run_id);
  EXPECT_EQ(row.host, "here");
  EXPECT_EQ(row.machine_id, "example-2c");
  EXPECT_EQ(row.cpu_model, "Example 9000");
  EXPECT_EQ(row.memory_bytes, 5U);
  EXPECT_EQ(row.os, "Some OS, Linux 6");
  EXPECT_EQ(row.flags, "--n=64");
  EXPECT_EQ(row.warnings, "hot; loud");
  EXPECT_EQ(row.family, "Hybrid");
  EXPECT_EQ(row.operation, "gemm");
  EXPECT_EQ(row.workers, 2U);
  EXPECT_EQ(row.pin, "auto");
  EXPECT_EQ(row.usable_cores, 2U);
  EXPECT_TRUE(row.oversubscribed);
  EXPECT_FALSE(row.wall_s);
}

}  // namespace
}  // namespace hybrid
