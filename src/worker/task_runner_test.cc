#include "worker/task_runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "blas/fortran_calls.h"
#include "blas/test_blas.h"
#include "blas/test_lapack.h"
#include "operation/buffer.h"
#include "operation/layout.h"
#include "operation/operands.h"
#include "operation/operation.h"
#include "worker/test_block.h"
#include "worker/test_source.h"

namespace hybrid {
namespace {

std::unique_ptr<TaskRunner> MakeRunner(const TestBlock& test,
                                       std::uint32_t slot,
                                       const BlasCalls& blas = TestBlas()) {
  return MakeTaskRunner(test.key(), slot, blas, test.MapOperands(),
                        test.MapProducts());
}

void PrepareAlone(const TestBlock& test, TaskRunner& runner) {
  RangeSource source({.first = 0, .count = test.key().batch});
  runner.Prepare(source);
}

void Do(TaskRunner& runner, const TaskRange& tasks) {
  if (runner.loads()) runner.Load(tasks);
  runner.Operate(tasks);
}

/// The last product of a runner in double precision.
std::span<double> Doubles(TaskRunner& runner) {
  return std::get<std::span<double>>(runner.last_product());
}

void ExpectProduct(const Key& key, std::uint64_t task,
                   std::span<const double> product) {
  const std::uint64_t n = key.n;
  const Buffer left(n * n);
  const Buffer right(n * n);
  FillUniform({.seed = key.seed, .task = task, .operand = 0}, left.span());
  FillUniform({.seed = key.seed, .task = task, .operand = 1}, right.span());
  const double order = static_cast<double>(n);
  const double tolerance =
      2 * order * order * std::numeric_limits<double>::epsilon();
  ASSERT_EQ(product.size(), n * n);
  for (std::uint64_t i = 0; i < n; ++i) {
    for (std::uint64_t j = 0; j < n; ++j) {
      double sum = 0;
      for (std::uint64_t k = 0; k < n; ++k) {
        sum += left.data()[i * n + k] * right.data()[k * n + j];
      }
      ASSERT_NEAR(product[i * n + j], sum, tolerance)
          << "task " << task << " at " << i << ", " << j;
    }
  }
}

TEST(TaskRunnerTest, FreshProductDependsOnTheTaskAloneNotOnSlotOrChunk) {
  const Key key = KeyFor(Data::kFresh, Collect::kNone, 7, 50);
  const TestBlock test(key);
  for (const std::uint32_t slot : {0U, 1U}) {
    const std::unique_ptr<TaskRunner> runner = MakeRunner(test, slot);
    ASSERT_TRUE(runner->loads());
    ASSERT_GT(runner->max_chunk(), 4U);
    for (const TaskRange chunk :
         {TaskRange{13, 1}, TaskRange{10, 4}, TaskRange{12, 2}}) {
      Do(*runner, chunk);
      ExpectProduct(key, 13, Doubles(*runner));
    }
  }
}

TEST(TaskRunnerTest, FreshChunksLandInTheSlotsOfTheirTasks) {
  const Key key = KeyFor(Data::kFresh, Collect::kShared, 7, 20);
  const TestBlock test(key);
  const std::unique_ptr<TaskRunner> first = MakeRunner(test, 0);
  const std::unique_ptr<TaskRunner> second = MakeRunner(test, 1);
  Do(*second, {0, 6});
  Do(*first, {6, 1});
  Do(*first, {7, 13});
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    ExpectProduct(key, task,
                  {test.products() + task * GemmLayout(7).product_stride, 49});
  }
}

TEST(TaskRunnerTest, ResidentOperandsAreThoseThatFreshTasksMake) {
  const Key key = KeyFor(Data::kResident, Collect::kShared, 7, 20);
  const TestBlock test(key);
  const std::unique_ptr<TaskRunner> first = MakeRunner(test, 0);
  const std::unique_ptr<TaskRunner> second = MakeRunner(test, 1);
  // Shared out between the two: each makes what the other does not.
  RangeSource half({.first = 0, .count = 10});
  first->Prepare(half);
  RangeSource rest({.first = 10, .count = 10});
  second->Prepare(rest);
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    for (const std::uint64_t operand : {0U, 1U}) {
      const Buffer expected(49);
      FillUniform({.seed = key.seed, .task = task, .operand = operand},
                  expected.span());
      const Layout layout = GemmLayout(7);
      const double* actual = test.operands() + task * layout.operands_stride +
                             layout.operands[operand].offset;
      for (std::size_t i = 0; i < 49; ++i) {
        ASSERT_EQ(actual[i], expected.data()[i]) << task;
      }
    }
  }
  EXPECT_FALSE(first->loads());
  EXPECT_GT(first->max_chunk(), key.batch);
  Do(*first, {5, 15});
  Do(*second, {0, 5});
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    ExpectProduct(key, task,
                  {test.products() + task * GemmLayout(7).product_stride, 49});
  }
}

TEST(TaskRunnerTest, HotTasksAllGiveTaskZerosProduct) {
  const Key key = KeyFor(Data::kHot, Collect::kShared, 7, 20);
  const TestBlock test(key);
  const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 1);
  PrepareAlone(test, *runner);
  EXPECT_FALSE(runner->loads());
  Do(*runner, {0, 20});
  for (std::uint64_t task = 0; task < key.batch; ++task) {
    ExpectProduct(key, 0,
                  {test.products() + task * GemmLayout(7).product_stride, 49});
  }
}

/// Of one configuration after another, through a real LAPACK where it is
/// needed.
class EveryOperationTest : public ::testing::TestWithParam<Data> {
 protected:
  void ForEachKey(
      const std::function<void(const Key&, const BlasCalls&)>& test) const {
    for (const Operation* operation : Operations()) {
      if (!operation->computes()) continue;
      if (operation->needs_lapack() && !lapack_) continue;
      for (const Collect collect : {Collect::kNone, Collect::kShared}) {
        for (const std::uint64_t n : {1U, 2U, 7U, 32U, 100U}) {
          Key key = KeyFor(GetParam(), collect, n, 20);
          key.operation = operation->name;
          SCOPED_TRACE(key.operation + std::string(Name(collect)) +
                       std::to_string(n));
          test(key, operation->needs_lapack() ? *lapack_ : TestBlas());
        }
      }
    }
  }

  std::unique_ptr<BlasCalls> lapack_ = OpenTestLapack();
};

// Each operation's own test tells whether its check is any good.
TEST_P(EveryOperationTest, PassesItsCheckWhateverTheChunk) {
  ForEachKey([](const Key& key, const BlasCalls& blas) {
    const TestBlock test(key);
    const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0, blas);
    PrepareAlone(test, *runner);
    const Operation& operation = OperationNamed(key.operation);
    EXPECT_EQ(runner->loads(), key.data == Data::kFresh || operation.destroys);
    const std::uint64_t chunk = std::min<std::uint64_t>(5, runner->max_chunk());
    for (const TaskRange tasks : {TaskRange{0, 1}, TaskRange{1, chunk},
                                  TaskRange{2, chunk}, TaskRange{1, 1}}) {
      Do(*runner, tasks);
      EXPECT_EQ(Doubles(*runner).size(), operation.product(ShapeOf(key)));
      const VerifyReport report = runner->Verify();
      EXPECT_GE(report.checked, 1U);
      EXPECT_EQ(report.task, tasks.first + tasks.count - 1);
      EXPECT_LE(report.worst_ratio, 1);
    }
  });
}

TEST_P(EveryOperationTest, AWrongProductIsFound) {
  ForEachKey([](const Key& key, const BlasCalls& blas) {
    const TestBlock test(key);
    const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0, blas);
    PrepareAlone(test, *runner);
    Do(*runner, {3, 1});
    Doubles(*runner).front() *= 1 + 1e-6;
    EXPECT_GT(runner->Verify().worst_ratio, 1);
  });
}

INSTANTIATE_TEST_SUITE_P(All, EveryOperationTest,
                         ::testing::Values(Data::kFresh, Data::kResident,
                                           Data::kHot),
                         [](const auto& tested) {
                           return std::string(Name(tested.param));
                         });

TEST(TaskRunnerTest, WhatACallDestroysIsMadeAgainForEach) {
  const std::unique_ptr<BlasCalls> lapack = OpenTestLapack();
  if (!lapack) GTEST_SKIP() << "no LAPACK here: install liblapack3";
  for (const char* operation : {"potrf", "gesv", "gesdd", "gelsd"}) {
    std::vector<std::vector<double>> products;
    for (const Data data : {Data::kFresh, Data::kResident}) {
      Key key = KeyFor(data, Collect::kNone, 7, 20);
      key.operation = operation;
      const TestBlock test(key);
      const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0, *lapack);
      PrepareAlone(test, *runner);
      for (int again = 0; again < 2; ++again) {
        Do(*runner, {4, 1});
        const std::span<double> product = Doubles(*runner);
        products.emplace_back(product.begin(), product.end());
      }
    }
    for (const auto& product : products) EXPECT_EQ(product, products.front());
  }
}

TEST(TaskRunnerTest, UnknownOperationIsRefused) {
  Key key = KeyFor(Data::kFresh, Collect::kNone, 7, 20);
  key.operation = "frobnicate";
  EXPECT_THROW(MakeTaskRunner(key, 0, TestBlas(), std::nullopt, std::nullopt),
               std::invalid_argument);
}

std::string ErrorOf(const std::function<void()>& step) {
  try {
    step();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "none";
}

TEST(TaskRunnerTest, ABlasWithoutLapackIsAnErrorThatSaysSo) {
  Key key = KeyFor(Data::kFresh, Collect::kNone, 7, 20);
  key.operation = "gesdd_values";
  const TestBlock test(key);
  EXPECT_EQ(ErrorOf([&] { MakeRunner(test, 0); }),
            "--operation=gesdd_values calls LAPACK's dgesdd, which this BLAS "
            "does not have");
}

void FailingPotrf(const char*, const std::int32_t*, double* a,
                  const std::int32_t*, std::int32_t* info, std::size_t) {
  *info = a[0] > 0 ? 5 : 0;
}

TEST(TaskRunnerTest, WhatLapackSaysFailedIsAnErrorOfThatTask) {
  const FortranCalls<std::int32_t> blas([](const std::string& routine) {
    return routine == "dpotrf" ? reinterpret_cast<void*>(&FailingPotrf)
                               : nullptr;
  });
  Key key = KeyFor(Data::kFresh, Collect::kNone, 7, 20);
  key.operation = "potrf";
  const TestBlock test(key);
  const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0, blas);
  EXPECT_EQ(ErrorOf([&] {
              Do(*runner, {17, 1});
            }),
            "dpotrf failed (info = 5) at task 17");
}

class TaskRunnerVerifyTest : public ::testing::TestWithParam<Data> {};

TEST_P(TaskRunnerVerifyTest, ChecksTheLastProductPerCall) {
  for (const Collect collect : {Collect::kNone, Collect::kShared}) {
    const Key key = KeyFor(GetParam(), collect, 7, 20);
    const TestBlock test(key);
    const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0);
    PrepareAlone(test, *runner);
    EXPECT_TRUE(Doubles(*runner).empty());
    EXPECT_EQ(runner->Verify().checked, 0U);

    Do(*runner, {2, 3});
    const VerifyReport report = runner->Verify();
    EXPECT_GE(report.checked, 1U);
    EXPECT_EQ(report.task, 4U);
    EXPECT_LE(report.worst_ratio, 1);
    EXPECT_TRUE(Doubles(*runner).empty());
    EXPECT_EQ(runner->Verify().checked, 0U);

    Do(*runner, {7, 1});
    EXPECT_EQ(runner->Verify().task, 7U);
  }
}

TEST_P(TaskRunnerVerifyTest, CatchesAnEditedProduct) {
  for (const Collect collect : {Collect::kNone, Collect::kShared}) {
    const Key key = KeyFor(GetParam(), collect, 7, 20);
    const TestBlock test(key);
    const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0);
    PrepareAlone(test, *runner);
    Do(*runner, {11, 4});
    Doubles(*runner)[3 * 7 + 5] += 1e-9;
    const VerifyReport report = runner->Verify();
    EXPECT_GE(report.checked, 1U);
    EXPECT_EQ(report.task, 14U);
    EXPECT_EQ(report.worst_row, 3U);
    EXPECT_GT(report.worst_ratio, 1);

    Do(*runner, {11, 4});
    Doubles(*runner)[0] = std::nan("");
    EXPECT_TRUE(std::isnan(runner->Verify().worst_ratio));
  }
}

TEST_P(TaskRunnerVerifyTest, CatchesAnySharedProductSoonerOrLater) {
  const Key key = KeyFor(GetParam(), Collect::kShared, 7, 20);
  const TestBlock test(key);
  const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0);
  PrepareAlone(test, *runner);
  constexpr std::uint64_t kWrong = 3;
  constexpr int kMost = 500;
  int checks = 0;
  for (VerifyReport report{}; !(report.worst_ratio > 1); ++checks) {
    ASSERT_LT(checks, kMost);
    for (const TaskRange tasks : {TaskRange{0, 5}, TaskRange{5, 10},
                                  TaskRange{15, 4}, TaskRange{19, 1}}) {
      Do(*runner, tasks);
    }
    test.products()[kWrong * GemmLayout(7).product_stride + 8] += 1e-9;
    report = runner->Verify();
    EXPECT_EQ(report.task, report.worst_ratio > 1 ? kWrong : 19U);
  }
  EXPECT_GT(checks, 1);
}

INSTANTIATE_TEST_SUITE_P(All, TaskRunnerVerifyTest,
                         ::testing::Values(Data::kFresh, Data::kResident,
                                           Data::kHot),
                         [](const auto& tested) {
                           return std::string(Name(tested.param));
                         });

TEST(TaskRunnerTest, ThreadedTasksComeInShortChunksForTheSakeOfTheCap) {
  for (const Data data : {Data::kFresh, Data::kResident, Data::kHot}) {
    Key key = KeyFor(data, Collect::kNone, 1, 100);
    key.blas_threads = 2;
    const TestBlock test(key);
    EXPECT_EQ(MakeRunner(test, 0)->max_chunk(), 4U);
  }
}

TEST(TaskRunnerTest, OperationNoneHasNothingToLoadOperateOrVerify) {
  Key key = KeyFor(Data::kFresh, Collect::kNone, 7, 20);
  key.operation = "none";
  const TestBlock test(key);
  const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0);
  PrepareAlone(test, *runner);
  EXPECT_FALSE(runner->loads());
  EXPECT_EQ(runner->max_chunk(), 1U);
  Do(*runner, {0, 1});
  EXPECT_TRUE(Doubles(*runner).empty());
  EXPECT_EQ(runner->Verify().checked, 0U);
}

TEST(TaskRunnerTest, SinglePrecisionIsMadeCalledAndCheckedInFloats) {
  for (const Data data : {Data::kFresh, Data::kResident, Data::kHot}) {
    Key key = KeyFor(data, Collect::kShared, 7, 20);
    key.precision = Precision::kSingle;
    key.aspect = 3;
    const TestBlock test(key);
    const std::unique_ptr<TaskRunner> runner = MakeRunner(test, 0);
    PrepareAlone(test, *runner);
    Do(*runner, {3, 1});
    const auto product = std::get<std::span<float>>(runner->last_product());
    ASSERT_EQ(product.size(), 3 * 49U);
    EXPECT_LE(runner->Verify().worst_ratio, 1);
    Do(*runner, {3, 1});
    product[20 * 7 + 5] *= 1.001F;
    const VerifyReport report = runner->Verify();
    EXPECT_GT(report.worst_ratio, 1);
    EXPECT_EQ(report.worst_row, 20U);
  }
}

TEST(TaskRunnerTest, ABlasWithoutLapackForFloatsSaysWhichRoutine) {
  Key key = KeyFor(Data::kFresh, Collect::kNone, 7, 20);
  key.operation = "gesdd";
  key.precision = Precision::kSingle;
  const TestBlock test(key);
  EXPECT_EQ(ErrorOf([&] { MakeRunner(test, 0); }),
            "--operation=gesdd calls LAPACK's sgesdd, which this BLAS does not "
            "have");
}

}  // namespace
}  // namespace hybrid
