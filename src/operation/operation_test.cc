#include "operation/operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <memory>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "blas/fortran_calls.h"
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
    EXPECT_EQ(operation->flops({10}) > 0, operation->computes());
    EXPECT_EQ(operation->operands.empty(), !operation->computes());
    EXPECT_LE(operation->written({10}), operation->product({10}));
    EXPECT_EQ(operation->flops_formula.empty(), !operation->computes());
    EXPECT_EQ(operation->flops_source.empty(), !operation->computes());
  }
}

TEST(OperationsTest, SaysWhichMatricesMayBeTall) {
  EXPECT_THAT(
      OperationsWithAspects(),
      ::testing::ElementsAre("gemm", "syrk", "gesdd", "gesdd_values", "gelsd"));
  EXPECT_EQ(UsualAspectsText(), "4 for gelsd, else 1");
  EXPECT_EQ(UsualAspect(OperationNamed("gelsd")), 4U);
  EXPECT_EQ(UsualAspect(OperationNamed("gesdd")), 1U);
  EXPECT_EQ(UsualAspect(OperationNamed("potrf")), 1U);
}

TEST(OperationsTest, FloatsTakeHalfTheBytesAndDoublesToBeChecked) {
  const Operation& gemm = OperationNamed("gemm");
  const Shape in_double{.n = 10};
  const Shape in_single{.n = 10, .precision = Precision::kSingle};
  EXPECT_EQ(OperandBytes(gemm, in_double), 1600);
  EXPECT_EQ(OperandBytes(gemm, in_single), 800);
  EXPECT_EQ(ProductBytes(gemm, in_single), 400);
  EXPECT_EQ(CheckBytes(gemm, in_double), 0);
  EXPECT_EQ(CheckBytes(gemm, in_single), 2400);
  // Integers have 8 bytes whatever the matrix.
  const Operation& gesv = OperationNamed("gesv");
  EXPECT_EQ(ScratchBytes(gesv, in_double), 80);
  EXPECT_EQ(ScratchBytes(gesv, in_single), 80);
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
      EXPECT_LE(operation->operands[0].numbers({10}), operation->product({10}));
    }
  }
}

/// One task of an operation, whatever its numbers are.
class Task {
 public:
  Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  virtual ~Task() = default;

  /// Makes its operands those of `task`.
  virtual void Fill(std::uint64_t task) = 0;
  /// Makes the product, where nothing but NaN was before, or the operand where
  /// the product is made of it in its place.
  virtual void Call() = 0;
  virtual Verification Check(std::uint64_t seed = 9) const = 0;
  virtual bool KeptItsOperands() const = 0;
  virtual double ScratchAskedFor() const = 0;
  /// The elements of the product that the call wrote.
  virtual const std::vector<std::size_t>& written() const = 0;
  virtual std::size_t size() const = 0;
  virtual double Get(std::size_t element) const = 0;
  virtual void Set(std::size_t element, double value) = 0;
};

template <typename Real>
class TaskOf : public Task {
 public:
  TaskOf(const Operation& operation, const Shape& shape,
         const Routines<Real>& blas)
      : operation_(operation),
        shape_(shape),
        blas_(blas),
        kept_(MakeOperands()),
        working_(MakeOperands()),
        product_(operation.product(shape)),
        scratch_(ScratchNumbers(operation, blas, shape)),
        integers_(operation.integers == nullptr ? 0
                                                : operation.integers(shape)) {}

  void Fill(std::uint64_t task) override {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      MakeOperand(operation_, shape_, 1, task, i, kept_[i]->data());
    }
  }

  void Call() override {
    std::fill(product_.span().begin(), product_.span().end(), std::nanf(""));
    std::vector<Real*> places;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      places.push_back(operation_.in_place && i == 0 ? product_.data()
                                                     : working_[i]->data());
      std::copy_n(kept_[i]->data(), operation_.operands[i].numbers(shape_),
                  places.back());
    }
    const std::vector<Real> before(product_.span().begin(),
                                   product_.span().end());
    operation_.call.of<Real>()(blas_, shape_,
                               {.operands = places,
                                .product = product_.data(),
                                .scratch = scratch_.span(),
                                .integers = integers_.data()});
    written_.clear();
    for (std::size_t i = 0; i < before.size(); ++i) {
      const Real after = product_.span()[i];
      if (!std::isnan(after) && after != before[i]) written_.push_back(i);
    }
  }

  Verification Check(std::uint64_t seed) const override {
    std::vector<const Real*> operands;
    for (const auto& operand : kept_) operands.push_back(operand->data());
    return CheckProduct(operation_, shape_,
                        std::span<const Real* const>(operands), product_.data(),
                        seed);
  }

  bool KeptItsOperands() const override {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      const std::span<Real> kept = kept_[i]->span();
      if (!std::equal(kept.begin(), kept.end(), working_[i]->data())) {
        return false;
      }
    }
    return true;
  }

  double ScratchAskedFor() const override {
    return static_cast<double>(
        sizeof(Real) * ScratchNumbers(operation_, blas_, shape_) +
        8 * (operation_.integers == nullptr ? 0 : operation_.integers(shape_)));
  }

  const std::vector<std::size_t>& written() const override { return written_; }
  std::size_t size() const override { return product_.span().size(); }
  double Get(std::size_t element) const override {
    return product_.span()[element];
  }
  void Set(std::size_t element, double value) override {
    product_.span()[element] = static_cast<Real>(value);
  }

 private:
  std::vector<std::unique_ptr<BufferOf<Real>>> MakeOperands() const {
    std::vector<std::unique_ptr<BufferOf<Real>>> operands;
    for (const Operation::Operand& operand : operation_.operands) {
      operands.push_back(
          std::make_unique<BufferOf<Real>>(operand.numbers(shape_)));
    }
    return operands;
  }

  const Operation& operation_;
  Shape shape_;
  const Routines<Real>& blas_;
  std::vector<std::unique_ptr<BufferOf<Real>>> kept_;
  std::vector<std::unique_ptr<BufferOf<Real>>> working_;
  BufferOf<Real> product_;
  BufferOf<Real> scratch_;
  BufferOf<std::int64_t> integers_;
  std::vector<std::size_t> written_;
};

constexpr const char* kNoLapack[] = {
    "no LAPACK here: install liblapack3",
    "no LAPACK with 64-bit integers here: install libopenblas64-0-pthread"};

/// Every operation that computes, on operands of a task, in both precisions and
/// of several shapes. Those of LAPACK through real ones, with integers of 32
/// bits and of 64.
class ComputingOperationTest : public ::testing::TestWithParam<
                                   std::tuple<const Operation*, Shape, bool>> {
 protected:
  void SetUp() override {
    // First, whichever test runs first: it refuses to be loaded beside another.
    const BlasCalls& without_lapack = TestBlas();
    if (operation_.needs_lapack()) {
      lapack_ = is_wide_ ? OpenTestLapack64() : OpenTestLapack();
      if (!lapack_) GTEST_SKIP() << kNoLapack[is_wide_ ? 1 : 0];
    }
    const BlasCalls& blas = lapack_ ? *lapack_ : without_lapack;
    if (shape_.precision == Precision::kSingle) {
      task_ =
          std::make_unique<TaskOf<float>>(operation_, shape_, blas.floats());
    } else {
      task_ =
          std::make_unique<TaskOf<double>>(operation_, shape_, blas.doubles());
    }
    task_->Fill(2);
    task_->Call();
  }

  /// Relative errors that every check finds: in single precision the bounds of
  /// rounding errors are wide.
  double Error() const {
    if (shape_.precision == Precision::kDouble) return 1e-6;
    return shape_.m() <= 100 ? 0.02 : 0.1;
  }

  /// The largest element of that part of the product, U or S for example,
  /// which `index` lies in.
  double LargestBeside(std::size_t index) const {
    const std::size_t n = shape_.n;
    const std::size_t m = shape_.m();
    std::vector<std::size_t> ends;
    if (operation_.name == "gesdd") ends = {m * n, m * n + n * n};
    if (operation_.name == "syevd") ends = {n * n};
    if (operation_.name == "gelsd") ends = {n};
    ends.push_back(task_->size());
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      if (index < end) {
        double largest = 0;
        for (std::size_t i = begin; i < end; ++i) {
          largest = std::max(largest, std::abs(task_->Get(i)));
        }
        return largest;
      }
      begin = end;
    }
    return 0;
  }

  /// Some of the elements that the call wrote, the last one among them.
  std::vector<std::size_t> SomeWritten(bool all) const {
    const std::vector<std::size_t>& written = task_->written();
    const std::size_t step =
        all ? 1 : std::max<std::size_t>(1, written.size() / 10);
    std::vector<std::size_t> some;
    for (std::size_t i = (written.size() - 1) % step; i < written.size();
         i += step) {
      some.push_back(written[i]);
    }
    return some;
  }

  const Operation& operation_ = *std::get<0>(GetParam());
  Shape shape_ = std::get<1>(GetParam());
  bool is_wide_ = std::get<2>(GetParam());
  std::unique_ptr<BlasCalls> lapack_;
  std::unique_ptr<Task> task_;
};

TEST_P(ComputingOperationTest, WritesAsMuchAsItSaysWhateverWasThere) {
  EXPECT_EQ(task_->written().size(), operation_.written(shape_));
}

TEST_P(ComputingOperationTest, LeavesItsOperandsAloneUnlessItSaysItDestroys) {
  EXPECT_TRUE(operation_.destroys || task_->KeptItsOperands());
}

TEST_P(ComputingOperationTest, NoBlasWantsMoreScratchThanItSays) {
  EXPECT_LE(task_->ScratchAskedFor(), ScratchBytes(operation_, shape_));
}

TEST_P(ComputingOperationTest, CheckAcceptsTheBlassProducts) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    EXPECT_TRUE(task_->Check(seed).ok()) << task_->Check(seed).worst_ratio;
  }
}

// Of LAPACK's results so much of the largest: it promises no more of small
// elements beside it.
TEST_P(ComputingOperationTest, CheckFindsAnyElementWrongByASmallPart) {
  // All of a small product.
  for (const std::size_t element : SomeWritten(shape_.n < 20)) {
    const double right = task_->Get(element);
    const double size =
        operation_.needs_lapack() ? LargestBeside(element) : right;
    for (const double error : {Error() * size, -Error() * size}) {
      task_->Set(element, right + error);
      EXPECT_FALSE(task_->Check().ok()) << "element " << element;
    }
    task_->Set(element, right);
  }
  EXPECT_TRUE(task_->Check().ok());
}

TEST_P(ComputingOperationTest, CheckFindsNanInfinityAndAnUntouchedProduct) {
  for (const std::size_t element : SomeWritten(false)) {
    const double right = task_->Get(element);
    for (const double wrong : {std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::infinity()}) {
      task_->Set(element, wrong);
      EXPECT_FALSE(task_->Check().ok()) << wrong << " at " << element;
    }
    task_->Set(element, right);
  }
  EXPECT_TRUE(task_->Check().ok());
  for (std::size_t i = 0; i < task_->size(); ++i) task_->Set(i, 0);
  EXPECT_FALSE(task_->Check().ok());
}

TEST_P(ComputingOperationTest, CheckFindsTheProductOfAnotherTask) {
  task_->Fill(3);
  EXPECT_FALSE(task_->Check().ok());
  task_->Call();
  EXPECT_TRUE(task_->Check().ok());
}

using Tested = std::tuple<const Operation*, Shape, bool>;

/// The operations with or without LAPACK, of these orders: the usual shapes in
/// both precisions, and of some the others that there may be.
std::vector<Tested> TestedOf(bool lapack,
                             const std::vector<std::uint64_t>& orders,
                             bool is_wide = false) {
  std::vector<Tested> all;
  for (const Operation* operation : Operations()) {
    if (!operation->computes() || operation->needs_lapack() != lapack) continue;
    for (const std::uint64_t n : orders) {
      for (const Precision precision :
           {Precision::kDouble, Precision::kSingle}) {
        const std::uint64_t usual = UsualAspect(*operation);
        all.push_back({operation, {n, usual, precision}, is_wide});
        if (!operation->has_aspects() || n > 100) continue;
        for (const std::uint64_t aspect : {1U, 2U, 4U}) {
          if (aspect == usual) continue;
          all.push_back({operation, {n, aspect, precision}, is_wide});
        }
      }
    }
  }
  return all;
}

std::string NameOf(const ::testing::TestParamInfo<Tested>& tested) {
  const auto& [operation, shape, is_wide] = tested.param;
  return std::string(Name(shape.precision)) + "_" +
         std::string(operation->name) + "_" + std::to_string(shape.m()) + "x" +
         std::to_string(shape.n);
}

INSTANTIATE_TEST_SUITE_P(
    Blas, ComputingOperationTest,
    ::testing::ValuesIn(TestedOf(false, {1, 2, 7, 64, 257, 1000})), NameOf);

INSTANTIATE_TEST_SUITE_P(Lapack, ComputingOperationTest,
                         ::testing::ValuesIn(TestedOf(true,
                                                      {1, 2, 7, 32, 100, 257})),
                         NameOf);

INSTANTIATE_TEST_SUITE_P(Lapack64, ComputingOperationTest,
                         ::testing::ValuesIn(TestedOf(true, {2, 32, 100},
                                                      true)),
                         NameOf);

/// What a LAPACK of 64-bit integers writes where it is asked for its work: as
/// little of it as it dares, and as large an integer as there is.
struct AskedLapack {
  const void* numbers = nullptr;
  const void* integers = nullptr;

  template <typename Real>
  void Answer(const Real* a, Real* work, std::int64_t* iwork) {
    numbers = a;
    integers = iwork;
    *iwork = std::int64_t{1} << 40U;
    *work = 1;
  }
};
AskedLapack asked_lapack;

template <typename Real>
struct AskedRoutines {
  using Integers = const std::int64_t*;
  using Text = const char*;

  static void Gesdd(Text, Integers, Integers, Real* a, Integers, Real*, Real*,
                    Integers, Real*, Integers, Real* work, Integers,
                    std::int64_t* iwork, std::int64_t* info, std::size_t) {
    asked_lapack.Answer(a, work, iwork);
    *info = 0;
  }
  static void Syevd(Text, Text, Integers, Real* a, Integers, Real*, Real* work,
                    Integers, std::int64_t* iwork, Integers, std::int64_t* info,
                    std::size_t, std::size_t) {
    asked_lapack.Answer(a, work, iwork);
    *info = 0;
  }
  static void Gelsd(Integers, Integers, Integers, Real* a, Integers, Real*,
                    Integers, Real*, const Real*, std::int64_t*, Real* work,
                    Integers, std::int64_t* iwork, std::int64_t* info) {
    asked_lapack.Answer(a, work, iwork);
    *info = 0;
  }

  static void* Find(const std::string& routine) {
    if (routine == "gesdd") return reinterpret_cast<void*>(&Gesdd);
    if (routine == "syevd") return reinterpret_cast<void*>(&Syevd);
    if (routine == "gelsd") return reinterpret_cast<void*>(&Gelsd);
    return nullptr;
  }
};

template <typename Real>
std::uint64_t AskForScratch(const Operation& operation, const Shape& shape) {
  const FortranCalls<std::int64_t> calls([](const std::string& routine) {
    return AskedRoutines<Real>::Find(routine.substr(1));
  });
  asked_lapack = {};
  const std::uint64_t numbers =
      ScratchNumbers(operation, calls.template of<Real>(), shape);
  EXPECT_NE(asked_lapack.integers, nullptr);
  EXPECT_NE(asked_lapack.integers, asked_lapack.numbers);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(asked_lapack.integers) %
                alignof(std::int64_t),
            0U);
  return numbers;
}

// A float in their place has half the bytes that such a LAPACK writes.
TEST(AskedScratchTest, IntegersHaveMemoryOfTheirOwnAndWorkItsLeast) {
  for (const Operation* operation : Operations()) {
    if (operation->ask_scratch.in_double == nullptr) continue;
    SCOPED_TRACE(operation->name);
    // The least that the documentation of any of them demands.
    EXPECT_GE(AskForScratch<float>(*operation, {.n = 32}), 10 * 32U);
    EXPECT_GE(AskForScratch<double>(*operation, {.n = 32}), 10 * 32U);
  }
}

}  // namespace
}  // namespace hybrid
