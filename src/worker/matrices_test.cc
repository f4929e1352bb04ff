#include "worker/matrices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <span>

#include "worker/test_block.h"

namespace hybrid {
namespace {

Matrices<double> MakeMatrices(const TestBlock& test, std::uint32_t slot) {
  return {test.key(), OperationNamed(test.key().operation), slot,
          test.MapOperands(), test.MapProducts()};
}

TEST(MatricesTest, FreshOperandsOfAChunkLieSideBySideWhateverTheirTask) {
  const TestBlock test(KeyFor(Data::kFresh, Collect::kNone, 5, 100));
  const Matrices<double> matrices = MakeMatrices(test, 0);
  const std::size_t stride = GemmLayout(5).operands_stride;
  ASSERT_GT(matrices.working_tasks(), 1U);
  for (std::uint64_t i = 0; i < matrices.working_tasks(); ++i) {
    EXPECT_EQ(matrices.Operand(0, 37 + i, i),
              matrices.Operand(0, 3, 0) + i * stride);
  }
}

TEST(MatricesTest, ChunkOfFreshOperandsStaysSmall) {
  const auto working_tasks = [](Data data, std::uint64_t n) {
    const TestBlock test(KeyFor(data, Collect::kNone, n, 4));
    return MakeMatrices(test, 0).working_tasks();
  };
  EXPECT_EQ(working_tasks(Data::kFresh, 1), 64U);
  EXPECT_EQ(working_tasks(Data::kFresh, 16), 4U);
  EXPECT_EQ(working_tasks(Data::kFresh, 32), 1U);
  EXPECT_EQ(working_tasks(Data::kFresh, 100), 1U);
  EXPECT_EQ(working_tasks(Data::kHot, 1), 1U);
  EXPECT_EQ(working_tasks(Data::kResident, 1), 1U);
}

/// Of an operation that makes its product of its operand, in the same place,
/// and destroys it with that.
Key InPlaceKey(Data data, Collect collect) {
  Key key = KeyFor(data, collect, 5, 10);
  key.operation = "potrf";
  return key;
}

TEST(MatricesTest, AnOperandInPlaceLiesWhereTheProductGoes) {
  for (const Data data : {Data::kFresh, Data::kHot, Data::kResident}) {
    for (const Collect collect : {Collect::kNone, Collect::kShared}) {
      const TestBlock test(InPlaceKey(data, collect));
      const Matrices<double> matrices = MakeMatrices(test, 0);
      EXPECT_TRUE(matrices.has_working());
      ASSERT_GT(matrices.working_tasks(), 1U);
      EXPECT_EQ(matrices.Operand(0, 4, 1), matrices.Product(4, 1));
      EXPECT_NE(matrices.Product(3, 0), matrices.Product(4, 1));
      std::fill_n(matrices.Product(9, matrices.working_tasks() - 1), 25, 1.0);
      if (data == Data::kFresh) continue;
      EXPECT_NE(matrices.Kept(0, 4), matrices.Operand(0, 4, 1));
      std::fill_n(matrices.Kept(0, 9), 25, 1.0);
    }
  }
}

TEST(MatricesTest, WhatCallsDestroyTheyGetBesideWhatIsKept) {
  Key key = KeyFor(Data::kHot, Collect::kNone, 5, 10);
  key.operation = "gesv";
  const TestBlock test(key);
  const Matrices<double> matrices = MakeMatrices(test, 0);
  const Layout& layout = matrices.layout();
  for (const std::size_t operand : {0U, 1U}) {
    EXPECT_EQ(matrices.Kept(operand, 0), matrices.Kept(operand, 9));
    EXPECT_NE(matrices.Kept(operand, 0), matrices.Operand(operand, 0, 0));
    EXPECT_EQ(matrices.Operand(operand, 3, 2),
              matrices.Operand(operand, 0, 0) + 2 * layout.operands_stride);
    std::fill_n(matrices.Operand(operand, 9, matrices.working_tasks() - 1),
                layout.operands[operand].numbers, 1.0);
  }
}

TEST(MatricesTest, AllFreshMemoryIsThere) {
  // A sanitizer or a crash would tell.
  const TestBlock test(KeyFor(Data::kFresh, Collect::kNone, 3, 1000));
  const Matrices<double> matrices = MakeMatrices(test, 1);
  const Layout layout = GemmLayout(3);
  for (std::uint64_t i = 0; i < matrices.working_tasks(); ++i) {
    std::fill_n(matrices.Operand(0, 999, i), layout.operands_stride, 1.0);
  }
  std::fill_n(matrices.Product(999, 0), layout.product_stride, 1.0);
}

TEST(MatricesTest, HotOperandsAreOneSetForAllTasks) {
  const TestBlock test(KeyFor(Data::kHot, Collect::kNone, 5, 100));
  const Matrices<double> matrices = MakeMatrices(test, 0);
  EXPECT_EQ(matrices.Operand(0, 0, 0), matrices.Operand(0, 99, 50));
}

TEST(MatricesTest, OwnProductIsOneForAllTasks) {
  const TestBlock test(KeyFor(Data::kFresh, Collect::kNone, 5, 100));
  const Matrices<double> matrices = MakeMatrices(test, 0);
  EXPECT_EQ(matrices.Product(0, 0), matrices.Product(99, 3));
}

TEST(MatricesTest, ResidentOperandsLieByTaskInTheArenaOfAllWorkers) {
  const Key key = KeyFor(Data::kResident, Collect::kNone, 5, 10);
  const TestBlock test(key);
  const Matrices<double> first = MakeMatrices(test, 0);
  const Matrices<double> second = MakeMatrices(test, 1);
  const Layout layout = GemmLayout(5);
  const std::size_t right = layout.operands[1].offset;
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    *first.Kept(0, task) = static_cast<double>(task);
    *second.Kept(1, task) = static_cast<double>(100 + task);
  }
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    const double* pair = test.operands() + layout.operands_stride * task;
    EXPECT_EQ(pair[0], static_cast<double>(task));
    EXPECT_EQ(pair[right], static_cast<double>(100 + task));
    EXPECT_EQ(second.Operand(0, task, 3), second.Kept(0, task));
    EXPECT_EQ(*second.Operand(0, task, 0), pair[0]);
  }
}

TEST(MatricesTest, SharedProductsLieByTaskInTheArenaOfAllWorkers) {
  const Key key = KeyFor(Data::kFresh, Collect::kShared, 3, 7);
  const TestBlock test(key);
  const Matrices<double> matrices[] = {MakeMatrices(test, 0),
                                       MakeMatrices(test, 1)};
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    *matrices[task % 2].Product(task, 0) = static_cast<double>(task + 1);
  }
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    EXPECT_EQ(test.products()[task * GemmLayout(3).product_stride],
              static_cast<double>(task + 1));
  }
}

TEST(MatricesTest, MappingProductsLeavesThemAlone) {
  // A worker may be made when another has finished products already.
  const Key key = KeyFor(Data::kHot, Collect::kShared, 70, 3);
  const TestBlock test(key);
  const std::span<double> all(test.products(),
                              3 * GemmLayout(70).product_stride);
  std::fill(all.begin(), all.end(), 2.5);
  const Matrices<double> first = MakeMatrices(test, 0);
  const Matrices<double> second = MakeMatrices(test, 1);
  EXPECT_TRUE(std::all_of(all.begin(), all.end(),
                          [](double element) { return element == 2.5; }));
}

TEST(MatricesTest, FewerTasksThanWorkers) {
  Key key = KeyFor(Data::kResident, Collect::kShared, 3, 1);
  key.workers = 5;
  const TestBlock test(key);
  for (std::uint32_t slot = 0; slot < key.workers; ++slot) {
    const Matrices<double> matrices = MakeMatrices(test, slot);
    *matrices.Product(0, 0) = slot;
    EXPECT_EQ(*test.products(), slot);
  }
}

}  // namespace
}  // namespace hybrid
