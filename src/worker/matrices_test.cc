#include "worker/matrices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <span>

#include "worker/test_block.h"

namespace hybrid {
namespace {

Matrices Make(const TestBlock& test, std::uint32_t slot) {
  return {test.block(), slot, test.MapOperands(), test.MapProducts()};
}

TEST(MatricesTest, FreshPairsOfAChunkLieSideBySideWhateverTheirTask) {
  const TestBlock test(KeyFor(Data::kFresh, Collect::kNone, 5, 100));
  const Matrices matrices = Make(test, 0);
  const std::size_t stride = MatrixStride(5);
  ASSERT_GT(matrices.fresh_pairs(), 1U);
  for (std::uint64_t i = 0; i < matrices.fresh_pairs(); ++i) {
    const OperandPair pair = matrices.Operands(37 + i, i);
    EXPECT_EQ(pair.left, matrices.Operands(3, 0).left + 2 * i * stride);
    EXPECT_EQ(pair.right, pair.left + stride);
  }
}

TEST(MatricesTest, ChunkOfFreshPairsStaysSmall) {
  const auto fresh_pairs = [](Data data, std::uint64_t n) {
    const TestBlock test(KeyFor(data, Collect::kNone, n, 4));
    return Make(test, 0).fresh_pairs();
  };
  EXPECT_EQ(fresh_pairs(Data::kFresh, 1), 64U);
  EXPECT_EQ(fresh_pairs(Data::kFresh, 16), 4U);
  EXPECT_EQ(fresh_pairs(Data::kFresh, 32), 1U);
  EXPECT_EQ(fresh_pairs(Data::kFresh, 100), 1U);
  EXPECT_EQ(fresh_pairs(Data::kHot, 1), 1U);
  EXPECT_EQ(fresh_pairs(Data::kResident, 1), 1U);
}

TEST(MatricesTest, AllFreshMemoryIsThere) {
  // A sanitizer or a crash would tell.
  const TestBlock test(KeyFor(Data::kFresh, Collect::kNone, 3, 1000));
  const Matrices matrices = Make(test, 1);
  for (std::uint64_t i = 0; i < matrices.fresh_pairs(); ++i) {
    std::fill_n(matrices.Operands(999, i).left, MatrixStride(3), 1.0);
    std::fill_n(matrices.Operands(999, i).right, MatrixStride(3), 1.0);
  }
  std::fill_n(matrices.Product(999), MatrixStride(3), 1.0);
}

TEST(MatricesTest, HotPairIsOneForAllTasks) {
  const TestBlock test(KeyFor(Data::kHot, Collect::kNone, 5, 100));
  const Matrices matrices = Make(test, 0);
  EXPECT_EQ(matrices.Operands(0, 0).left, matrices.Operands(99, 50).left);
  EXPECT_EQ(matrices.Operands(0, 0).right, matrices.Operands(99, 50).right);
}

TEST(MatricesTest, OwnProductIsOneForAllTasks) {
  const TestBlock test(KeyFor(Data::kFresh, Collect::kNone, 5, 100));
  const Matrices matrices = Make(test, 0);
  EXPECT_EQ(matrices.Product(0), matrices.Product(99));
}

TEST(MatricesTest, ResidentPairsLieByTaskInTheArenaOfAllWorkers) {
  const Key key = KeyFor(Data::kResident, Collect::kNone, 5, 10);
  const TestBlock test(key);
  const Matrices first = Make(test, 0);
  const Matrices second = Make(test, 1);
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    *first.Operands(task, 0).left = static_cast<double>(task);
    *second.Operands(task, 3).right = static_cast<double>(100 + task);
  }
  const std::size_t stride = MatrixStride(5);
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    const double* pair = test.operands() + 2 * stride * task;
    EXPECT_EQ(pair[0], static_cast<double>(task));
    EXPECT_EQ(pair[stride], static_cast<double>(100 + task));
    EXPECT_EQ(*second.Operands(task, 0).left, pair[0]);
  }
}

TEST(MatricesTest, SharedProductsLieByTaskInTheArenaOfAllWorkers) {
  const Key key = KeyFor(Data::kFresh, Collect::kShared, 3, 7);
  const TestBlock test(key);
  const Matrices matrices[] = {Make(test, 0), Make(test, 1)};
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    *matrices[task % 2].Product(task) = static_cast<double>(task + 1);
  }
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    EXPECT_EQ(test.products()[task * MatrixStride(3)],
              static_cast<double>(task + 1));
  }
}

TEST(MatricesTest, MappingProductsLeavesThemAlone) {
  // A worker may be made when another has finished products already.
  const Key key = KeyFor(Data::kHot, Collect::kShared, 70, 3);
  const TestBlock test(key);
  const std::span<double> all(test.products(), 3 * MatrixStride(70));
  std::fill(all.begin(), all.end(), 2.5);
  const Matrices first = Make(test, 0);
  const Matrices second = Make(test, 1);
  EXPECT_TRUE(std::all_of(all.begin(), all.end(),
                          [](double element) { return element == 2.5; }));
}

TEST(MatricesTest, FewerTasksThanWorkers) {
  Key key = KeyFor(Data::kResident, Collect::kShared, 3, 1);
  key.workers = 5;
  const TestBlock test(key);
  for (std::uint32_t slot = 0; slot < key.workers; ++slot) {
    const Matrices matrices = Make(test, slot);
    *matrices.Product(0) = slot;
    EXPECT_EQ(*test.products(), slot);
  }
}

}  // namespace
}  // namespace hybrid
