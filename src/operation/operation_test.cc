#include "operation/operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "blas/blas.h"
#include "operation/buffer.h"
#include "operation/operands.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

TEST(OperationsTest, AreFoundByTheirNames) {
  std::set<std::string> names;
  for (const Operation* operation : Operations()) {
    EXPECT_EQ(FindOperation(operation->name), operation);
    EXPECT_EQ(&OperationNamed(operation->name), operation);
    EXPECT_THAT(OperationHelp(), HasSubstr(std::string(operation->help)));
    names.emplace(operation->name);
  }
  EXPECT_EQ(names.size(), Operations().size());
  const std::vector<std::string> all = OperationNames();
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()), names);
  EXPECT_TRUE(names.contains("gemm"));
  EXPECT_TRUE(names.contains("none"));
}

TEST(OperationsTest, WhatIsNotKnownIsNoneOfThem) {
  EXPECT_EQ(FindOperation("gesdd"), nullptr);
  EXPECT_EQ(FindOperation(""), nullptr);
  try {
    OperationNamed("gesdd");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), HasSubstr("no operation 'gesdd', only gemm"));
  }
}

TEST(OperationsTest, OnlyWhatIsKnownToComputeNothingDoes) {
  EXPECT_TRUE(ComputesNothing("none"));
  EXPECT_FALSE(ComputesNothing("gemm"));
  EXPECT_FALSE(ComputesNothing("gesdd"));
}

TEST(OperationsTest, WhatComputesHasACheckAndACost) {
  for (const Operation* operation : Operations()) {
    EXPECT_EQ(operation->check != nullptr, operation->computes());
    EXPECT_EQ(operation->flops(10) > 0, operation->computes());
    EXPECT_EQ(operation->operands.empty(), !operation->computes());
    EXPECT_LE(operation->written(10), operation->product(10));
  }
}

/// Every operation that computes, on operands of a task.
class ComputingOperationTest
    : public ::testing::TestWithParam<
          std::tuple<const Operation*, std::uint64_t>> {
 protected:
  ComputingOperationTest() {
    Fill(2);
    Call();
    for (std::size_t i = 0; i < product_.span().size(); ++i) {
      if (!std::isnan(product_.span()[i])) written_.push_back(i);
    }
  }

  void Fill(std::uint64_t task) {
    for (std::size_t i = 0; i < operands_.size(); ++i) {
      FillUniform({1, task, i}, operands_[i]->span());
    }
  }

  /// Into a product that holds nothing but NaN.
  void Call() {
    std::fill(product_.span().begin(), product_.span().end(), std::nan(""));
    operation_.call(BlasEntryPoints(), n_, pointers_, product_.data());
  }

  Verification Check(std::uint64_t seed = 9) const {
    return operation_.check(n_, pointers_, product_.data(), seed);
  }

  static std::vector<std::unique_ptr<Buffer>> MakeOperands(
      const Operation& operation, std::uint64_t n) {
    std::vector<std::unique_ptr<Buffer>> operands;
    for (const Operation::Doubles operand : operation.operands) {
      operands.push_back(std::make_unique<Buffer>(operand(n)));
    }
    return operands;
  }

  static std::vector<const double*> PointersTo(
      const std::vector<std::unique_ptr<Buffer>>& buffers) {
    std::vector<const double*> pointers;
    for (const auto& buffer : buffers) pointers.push_back(buffer->data());
    return pointers;
  }

  const Operation& operation_ = *std::get<0>(GetParam());
  std::uint64_t n_ = std::get<1>(GetParam());
  std::vector<std::unique_ptr<Buffer>> operands_ = MakeOperands(operation_, n_);
  std::vector<const double*> pointers_ = PointersTo(operands_);
  Buffer product_{operation_.product(n_)};
  std::vector<std::size_t> written_;
};

TEST_P(ComputingOperationTest, WritesAsMuchAsItSaysWhateverWasThere) {
  EXPECT_EQ(written_.size(), operation_.written(n_));
}

TEST_P(ComputingOperationTest, CheckAcceptsTheBlassProducts) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    EXPECT_TRUE(Check(seed).ok()) << Check(seed).worst_ratio;
  }
}

TEST_P(ComputingOperationTest, CheckFindsAnyElementWrongByOnePartInAMillion) {
  // All of a small product, and of a large one some, the last among them.
  const std::size_t step = std::max<std::size_t>(1, written_.size() / 10);
  for (std::size_t i = (written_.size() - 1) % step; i < written_.size();
       i += n_ < 20 ? 1 : step) {
    double& element = product_.span()[written_[i]];
    const double right = element;
    for (const double factor : {1 + 1e-6, 1 - 1e-6}) {
      element = right * factor;
      EXPECT_FALSE(Check().ok()) << "element " << written_[i];
    }
    element = right;
  }
  EXPECT_TRUE(Check().ok());
}

TEST_P(ComputingOperationTest, CheckFindsNanInfinityAndAnUntouchedProduct) {
  double& element = product_.span()[written_.back()];
  const double right = element;
  for (const double wrong : {std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity()}) {
    element = wrong;
    EXPECT_FALSE(Check().ok()) << wrong;
  }
  element = right;
  EXPECT_TRUE(Check().ok());
  std::fill(product_.span().begin(), product_.span().end(), 0.0);
  EXPECT_FALSE(Check().ok());
}

TEST_P(ComputingOperationTest, CheckFindsTheProductOfAnotherTask) {
  Fill(3);
  EXPECT_FALSE(Check().ok());
  Call();
  EXPECT_TRUE(Check().ok());
}

std::vector<const Operation*> ComputingOperations() {
  std::vector<const Operation*> computing;
  for (const Operation* operation : Operations()) {
    if (operation->computes()) computing.push_back(operation);
  }
  return computing;
}

INSTANTIATE_TEST_SUITE_P(
    All, ComputingOperationTest,
    ::testing::Combine(::testing::ValuesIn(ComputingOperations()),
                       ::testing::Values(1, 2, 7, 64, 257, 1000)),
    [](const auto& tested) {
      return std::string(std::get<0>(tested.param)->name) +
             std::to_string(std::get<1>(tested.param));
    });

}  // namespace
}  // namespace hybrid
