#include "analysis/memory_traffic.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

#include "key/key.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

GroupKey TenByTen() {
  GroupKey key;
  key.operation = "gemm";
  key.n = 10;
  key.batch = 7;
  return key;
}

RecordedCeilings SmallMachine() {
  RecordedCeilings ceilings;
  ceilings.triad_bytes_per_s = 1e6;
  ceilings.cache_bytes = 2400;
  return ceilings;
}

SplitResult Result(std::uint64_t workers) {
  SplitResult result;
  result.split = {workers, 1};
  result.tasks_per_s = 100;
  return result;
}

TEST(MemoryTrafficTest, CountsWriteAllocate) {
  GroupKey key = TenByTen();
  EXPECT_EQ(BytesPerTask(key), 100 * (2 * (16 + 8) + 16));
  EXPECT_EQ(WorkingSetBytes(key, 2), 2 * 3 * 800);
  key.data = Data::kResident;
  EXPECT_EQ(BytesPerTask(key), 100 * (2 * 8 + 16));
  EXPECT_EQ(WorkingSetBytes(key, 2), (2 * 7 + 2) * 800);
  key.collect = Collect::kShared;
  EXPECT_EQ(WorkingSetBytes(key, 2), 3 * 7 * 800);
}

TEST(MemoryTrafficTest, FollowsTheOperandsAndWritesOfEachOperation) {
  for (const Operation* operation : Operations()) {
    GroupKey key = TenByTen();
    key.operation = operation->name;
    const double operands = OperandBytes(*operation, {10});
    const double written = WrittenBytes(*operation, {10});
    EXPECT_EQ(BytesPerTask(key), operands * (2 + 1) + written * 2);
    const double scratch = ScratchBytes(*operation, {10});
    EXPECT_EQ(WorkingSetBytes(key, 2), 2 * (operands + written + scratch));
    key.data = Data::kHot;
    // What a call destroys is copied for each.
    const double copied = operation->destroys ? operands : 0;
    EXPECT_EQ(BytesPerTask(key), operands + copied * (2 + 1) + written * 2);
    EXPECT_EQ(WorkingSetBytes(key, 2),
              2 * (operands + copied + written + scratch));
  }
}

TEST(MemoryTrafficTest, FloatsMoveHalfAsMuchAndTallMatricesMore) {
  GroupKey key = TenByTen();
  key.precision = Precision::kSingle;
  EXPECT_EQ(BytesPerTask(key), 50 * (2 * (16 + 8) + 16));
  key.aspect = 3;
  EXPECT_EQ(BytesPerTask(key), 50 * ((3 + 1) * (16 + 8) + 3 * 16));
}

TEST(MemoryTrafficTest, NothingMovesNothing) {
  GroupKey key = TenByTen();
  key.operation = "none";
  EXPECT_EQ(BytesPerTask(key), 0);
  EXPECT_EQ(MemoryFraction(key, SmallMachine(), Result(1)), 0);
}

TEST(MemoryTrafficTest, OnlyWhatFitsNoCacheLoadsTheMemory) {
  EXPECT_EQ(MemoryFraction(TenByTen(), SmallMachine(), Result(1)), 0);
  EXPECT_DOUBLE_EQ(*MemoryFraction(TenByTen(), SmallMachine(), Result(2)),
                   6400 * 100 / 1e6);
}

TEST(MemoryTrafficTest, OfAnOperationOfAnotherBuildNothingIsKnown) {
  GroupKey key = TenByTen();
  key.operation = "frobnicate";
  EXPECT_EQ(BytesPerTask(key), std::nullopt);
  EXPECT_EQ(WorkingSetBytes(key, 2), std::nullopt);
  EXPECT_EQ(MemoryFraction(key, SmallMachine(), Result(2)), std::nullopt);
}

}  // namespace
}  // namespace hybrid
