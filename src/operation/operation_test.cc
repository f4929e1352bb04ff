#include "operation/operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "blas/test_blas.h"
#include "blas/test_lapack.h"
#include "operation/buffer.h"

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
  EXPECT_EQ(FindOperation("frobnicate"), nullptr);
  EXPECT_EQ(FindOperation(""), nullptr);
  try {
    OperationNamed("frobnicate");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("no operation 'frobnicate', only gemm"));
  }
}

TEST(OperationsTest, TheTableInBenchsReadmeIsThatOfTheCode) {
  std::ifstream readme(HYBRID_SOURCE "/bench/README.md");
  std::stringstream text;
  text << readme.rdbuf();
  EXPECT_THAT(text.str(), HasSubstr(OperationTable()));
}

TEST(OperationsTest, OnlyWhatIsKnownToComputeNothingDoes) {
  EXPECT_TRUE(ComputesNothing("none"));
  EXPECT_FALSE(ComputesNothing("gemm"));
  EXPECT_FALSE(ComputesNothing("frobnicate"));
}

TEST(OperationsTest, WhatComputesHasACheckAndACost) {
  for (const Operation* operation : Operations()) {
    EXPECT_EQ(operation->check != nullptr, operation->computes());
    EXPECT_EQ(operation->flops(10) > 0, operation->computes());
    EXPECT_EQ(operation->operands.empty(), !operation->computes());
    EXPECT_LE(operation->written(10), operation->product(10));
    EXPECT_EQ(operation->flops_formula.empty(), !operation->computes());
    EXPECT_EQ(operation->flops_source.empty(), !operation->computes());
  }
}

TEST(OperationsTest, NominalAreThoseOfIterativeMethods) {
  for (const Operation* operation : Operations()) {
    const bool iterates = operation->lapack == "gesdd" ||
                          operation->lapack == "syevd" ||
                          operation->lapack == "gelsd";
    EXPECT_EQ(IsNominal(operation->name), iterates) << operation->name;
  }
  EXPECT_FALSE(IsNominal("frobnicate"));
}

TEST(OperationsTest, WhatLapackDestroysItSaysItDoes) {
  for (const Operation* operation : Operations()) {
    EXPECT_EQ(operation->destroys, operation->needs_lapack());
    EXPECT_EQ(operation->largest_count != nullptr, operation->needs_lapack());
    if (operation->in_place) {
      EXPECT_TRUE(operation->destroys);
      EXPECT_LE(operation->operands[0].doubles(10), operation->product(10));
    }
  }
}

/// Every operation that computes, on operands of a task. Those of LAPACK
/// through a real one.
class ComputingOperationTest
    : public ::testing::TestWithParam<
          std::tuple<const Operation*, std::uint64_t>> {
 protected:
  void SetUp() override {
    if (operation_.needs_lapack() && !lapack_) {
      GTEST_SKIP() << "no LAPACK here: install liblapack3";
    }
    scratch_.emplace(ScratchDoubles(operation_, blas(), n_));
    Fill(2);
    Call();
  }

  const BlasCalls& blas() const {
    return operation_.needs_lapack() ? *lapack_ : TestBlas();
  }

  void Fill(std::uint64_t task) {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      MakeOperand(operation_, n_, 1, task, i, kept_[i]->data());
    }
  }

  /// Into a product that holds nothing but NaN, or the operand where the
  /// product is made of it in its place.
  void Call() {
    std::fill(product_.span().begin(), product_.span().end(), std::nan(""));
    std::vector<double*> places;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      places.push_back(operation_.in_place && i == 0 ? product_.data()
                                                     : working_[i]->data());
      std::copy_n(kept_[i]->data(), operation_.operands[i].doubles(n_),
                  places.back());
    }
    const std::vector<double> before(product_.span().begin(),
                                     product_.span().end());
    operation_.call(blas(), n_,
                    {.operands = places,
                     .product = product_.data(),
                     .scratch = scratch_->span()});
    written_.clear();
    for (std::size_t i = 0; i < before.size(); ++i) {
      const double after = product_.span()[i];
      if (!std::isnan(after) && after != before[i]) written_.push_back(i);
    }
  }

  Verification Check(std::uint64_t seed = 9) const {
    std::vector<const double*> operands;
    for (const auto& operand : kept_) operands.push_back(operand->data());
    return operation_.check(n_, operands, product_.data(), seed);
  }

  static std::vector<std::unique_ptr<Buffer>> MakeOperands(
      const Operation& operation, std::uint64_t n) {
    std::vector<std::unique_ptr<Buffer>> operands;
    for (const Operation::Operand& operand : operation.operands) {
      operands.push_back(std::make_unique<Buffer>(operand.doubles(n)));
    }
    return operands;
  }

  /// The largest element of that part of the product, U or S for example,
  /// which `index` lies in.
  double LargestBeside(std::size_t index) const {
    std::vector<std::size_t> ends;
    if (operation_.name == "gesdd") ends = {n_ * n_, 2 * n_ * n_};
    if (operation_.name == "syevd") ends = {n_ * n_};
    if (operation_.name == "gelsd") ends = {n_};
    ends.push_back(product_.span().size());
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      if (index < end) {
        double largest = 0;
        for (std::size_t i = begin; i < end; ++i) {
          largest = std::max(largest, std::abs(product_.span()[i]));
        }
        return largest;
      }
      begin = end;
    }
    return 0;
  }

  const Operation& operation_ = *std::get<0>(GetParam());
  std::uint64_t n_ = std::get<1>(GetParam());
  std::unique_ptr<BlasCalls> lapack_ = OpenTestLapack();
  std::vector<std::unique_ptr<Buffer>> kept_ = MakeOperands(operation_, n_);
  std::vector<std::unique_ptr<Buffer>> working_ = MakeOperands(operation_, n_);
  Buffer product_{operation_.product(n_)};
  std::optional<Buffer> scratch_;
  std::vector<std::size_t> written_;
};

TEST_P(ComputingOperationTest, WritesAsMuchAsItSaysWhateverWasThere) {
  EXPECT_EQ(written_.size(), operation_.written(n_));
}

TEST_P(ComputingOperationTest, LeavesItsOperandsAloneUnlessItSaysItDestroys) {
  if (operation_.destroys) return;
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    EXPECT_TRUE(std::equal(kept_[i]->span().begin(), kept_[i]->span().end(),
                           working_[i]->data()));
  }
}

TEST_P(ComputingOperationTest, NoBlasWantsMoreScratchThanItSays) {
  EXPECT_LE(static_cast<double>(ScratchDoubles(operation_, blas(), n_)),
            ScratchDoubles(operation_, n_));
}

TEST_P(ComputingOperationTest, CheckAcceptsTheBlassProducts) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    EXPECT_TRUE(Check(seed).ok()) << Check(seed).worst_ratio;
  }
}

// Of LAPACK's results one part in a million of the largest: it promises no more
// of small elements beside it.
TEST_P(ComputingOperationTest, CheckFindsAnyElementWrongByOnePartInAMillion) {
  // All of a small product, and of a large one some, the last among them.
  const std::size_t step = std::max<std::size_t>(1, written_.size() / 10);
  for (std::size_t i = (written_.size() - 1) % step; i < written_.size();
       i += n_ < 20 ? 1 : step) {
    double& element = product_.span()[written_[i]];
    const double right = element;
    const double size =
        operation_.needs_lapack() ? LargestBeside(written_[i]) : right;
    for (const double error : {1e-6 * size, -1e-6 * size}) {
      element = right + error;
      EXPECT_FALSE(Check().ok()) << "element " << written_[i];
    }
    element = right;
  }
  EXPECT_TRUE(Check().ok());
}

TEST_P(ComputingOperationTest, CheckFindsNanInfinityAndAnUntouchedProduct) {
  const std::size_t step = std::max<std::size_t>(1, written_.size() / 10);
  for (std::size_t i = (written_.size() - 1) % step; i < written_.size();
       i += step) {
    double& element = product_.span()[written_[i]];
    const double right = element;
    for (const double wrong : {std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::infinity()}) {
      element = wrong;
      EXPECT_FALSE(Check().ok()) << wrong << " at " << written_[i];
    }
    element = right;
  }
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

std::vector<const Operation*> OperationsOf(bool lapack) {
  std::vector<const Operation*> chosen;
  for (const Operation* operation : Operations()) {
    if (operation->computes() && operation->needs_lapack() == lapack) {
      chosen.push_back(operation);
    }
  }
  return chosen;
}

std::string NameOf(
    const ::testing::TestParamInfo<std::tuple<const Operation*, std::uint64_t>>&
        tested) {
  return std::string(std::get<0>(tested.param)->name) + "_" +
         std::to_string(std::get<1>(tested.param));
}

INSTANTIATE_TEST_SUITE_P(
    Blas, ComputingOperationTest,
    ::testing::Combine(::testing::ValuesIn(OperationsOf(false)),
                       ::testing::Values(1, 2, 7, 64, 257, 1000)),
    NameOf);

INSTANTIATE_TEST_SUITE_P(
    Lapack, ComputingOperationTest,
    ::testing::Combine(::testing::ValuesIn(OperationsOf(true)),
                       ::testing::Values(1, 2, 7, 32, 100, 257)),
    NameOf);

}  // namespace
}  // namespace hybrid
