#include "blas/fortran_calls.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "blas/test_lapack.h"

namespace hybrid {
namespace {

/// What the last call of a fake routine was given.
struct Seen {
  std::string characters;
  std::vector<std::int64_t> integers;
  std::vector<std::size_t> lengths;
};
Seen seen;

// Routines as a library with integers of that width has them.
template <typename Integer, typename Real>
struct FakesOf {
  static void Gemm(const char* ta, const char* tb, const Integer* m,
                   const Integer* n, const Integer* k, const Real* alpha,
                   const Real*, const Integer* lda, const Real*,
                   const Integer* ldb, const Real* beta, Real* c,
                   const Integer* ldc, std::size_t la, std::size_t lb) {
    seen = {{*ta, *tb}, {*m, *n, *k, *lda, *ldb, *ldc}, {la, lb}};
    *c = *alpha + 10 * *beta;
  }
  static void Syevd(const char* jobz, const char* uplo, const Integer* n, Real*,
                    const Integer* lda, Real*, Real*, const Integer* lwork,
                    Integer* iwork, const Integer* liwork, Integer* info,
                    std::size_t la, std::size_t lb) {
    seen = {{*jobz, *uplo}, {*n, *lda, *lwork, *liwork}, {la, lb}};
    iwork[1] = 7;
    *info = -3;
  }

  static void* Find(const std::string& routine) {
    if (routine == "gemm") return reinterpret_cast<void*>(&Gemm);
    if (routine == "syevd") return reinterpret_cast<void*>(&Syevd);
    return nullptr;
  }
};

template <typename Integer>
void* FindFake(const std::string& routine) {
  const std::string name = routine.substr(1);
  return routine.front() == 's' ? FakesOf<Integer, float>::Find(name)
                                : FakesOf<Integer, double>::Find(name);
}

template <typename Integer>
class FortranCallsTest : public ::testing::Test {
 protected:
  FortranCalls<Integer> calls_{&FindFake<Integer>};
};

using Widths = ::testing::Types<std::int32_t, std::int64_t>;
TYPED_TEST_SUITE(FortranCallsTest, Widths);

template <typename Real>
void ExpectPassedOn(const Routines<Real>& calls) {
  Real c = 0;
  calls.Gemm('T', 'N', 1, 2, 3, 4, nullptr, 5, nullptr, 6, 7, &c, 8);
  EXPECT_EQ(seen.characters, "TN");
  EXPECT_EQ(seen.integers, (std::vector<std::int64_t>{1, 2, 3, 5, 6, 8}));
  EXPECT_EQ(seen.lengths, (std::vector<std::size_t>{1, 1}));
  EXPECT_EQ(c, 74);
}

TYPED_TEST(FortranCallsTest, PassesIntegersOfItsWidthAndHiddenLengths) {
  ExpectPassedOn(this->calls_.doubles());
  ExpectPassedOn(this->calls_.floats());
}

TYPED_TEST(FortranCallsTest, ReturnsInfoWhateverItsSign) {
  TypeParam iwork[2]{};
  EXPECT_EQ(this->calls_.floats().Syevd('V', 'L', 9, nullptr, 10, nullptr,
                                        nullptr, -1, iwork, 11),
            -3);
  EXPECT_EQ(seen.characters, "VL");
  EXPECT_EQ(seen.integers, (std::vector<std::int64_t>{9, 10, -1, 11}));
  EXPECT_EQ(seen.lengths, (std::vector<std::size_t>{1, 1}));
  EXPECT_EQ(iwork[1], 7);
}

TYPED_TEST(FortranCallsTest, WhatTheLibraryLacksIsAnErrorThatNamesIt) {
  EXPECT_TRUE(this->calls_.has("dgemm"));
  EXPECT_FALSE(this->calls_.has("dgesdd"));
  double a = 1;
  try {
    this->calls_.doubles().Potrf('L', 1, &a, 1);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "this BLAS has no dpotrf");
  }
  float b = 1;
  try {
    this->calls_.floats().Potrf('L', 1, &b, 1);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "this BLAS has no spotrf");
  }
}

/// Every call on small matrices whose results are known, through a real one.
template <typename Real>
class RealCallsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!calls_) GTEST_SKIP() << "no LAPACK here: install liblapack3";
  }

  const Routines<Real>& routines() const { return calls_->template of<Real>(); }
  /// How far small results may be off.
  static double Near() { return 50 * std::numeric_limits<Real>::epsilon(); }

  std::unique_ptr<BlasCalls> calls_ = OpenTestLapack();
  std::vector<Real> a_{4, 2, 2, 5};  // symmetric
  std::vector<Real> work_ = std::vector<Real>(1000);
  std::vector<Real> iwork_ = std::vector<Real>(1000);
};

using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(RealCallsTest, Reals);

TYPED_TEST(RealCallsTest, HasThemAll) {
  for (const char* routine :
       {"gemm", "syrk", "potrf", "gesv", "gesdd", "syevd", "gelsd"}) {
    EXPECT_TRUE(this->calls_->has(kLetter<TypeParam> + std::string(routine)))
        << routine;
  }
  EXPECT_FALSE(this->calls_->has("dfrobnicate"));
}

TYPED_TEST(RealCallsTest, GemmAndSyrkReadColumns) {
  const std::vector<TypeParam> a{1, 2, 3, 4, 5, 6};  // 2 × 3
  std::vector<TypeParam> c(4, 1);
  this->routines().Gemm('N', 'T', 2, 2, 3, 1, a.data(), 2, a.data(), 2, 1,
                        c.data(), 2);
  EXPECT_EQ(c, (std::vector<TypeParam>{36, 45, 45, 57}));
  c = {0, 0, -1, 0};
  this->routines().Syrk('L', 'N', 2, 3, 1, a.data(), 2, 0, c.data(), 2);
  EXPECT_EQ(c, (std::vector<TypeParam>{35, 44, -1, 56}));
}

TYPED_TEST(RealCallsTest, PotrfFactorisesAndSaysWhereItCannot) {
  EXPECT_EQ(this->routines().Potrf('L', 2, this->a_.data(), 2), 0);
  EXPECT_EQ(this->a_, (std::vector<TypeParam>{2, 1, 2, 2}));
  std::vector<TypeParam> indefinite{1, 2, 2, 1};
  EXPECT_EQ(this->routines().Potrf('L', 2, indefinite.data(), 2), 2);
}

TYPED_TEST(RealCallsTest, GesvSolves) {
  std::vector<TypeParam> b{8, 9};
  EXPECT_EQ(this->routines().Gesv(2, 1, this->a_.data(), 2, this->iwork_.data(),
                                  b.data(), 2),
            0);
  EXPECT_NEAR(b[0], 22.0 / 16, this->Near());
  EXPECT_NEAR(b[1], 20.0 / 16, this->Near());
}

TYPED_TEST(RealCallsTest, GesddAndSyevdAgreeOnAPositiveMatrix) {
  std::vector<TypeParam> s(2);
  std::vector<TypeParam> u(4);
  std::vector<TypeParam> vt(4);
  std::vector<TypeParam> again = this->a_;
  EXPECT_EQ(this->routines().Gesdd(
                'A', 2, 2, again.data(), 2, s.data(), u.data(), 2, vt.data(), 2,
                this->work_.data(), 1000, this->iwork_.data()),
            0);
  std::vector<TypeParam> w(2);
  EXPECT_EQ(this->routines().Syevd('V', 'L', 2, this->a_.data(), 2, w.data(),
                                   this->work_.data(), 1000,
                                   this->iwork_.data(), 1000),
            0);
  EXPECT_NEAR(s[0], (9 + std::sqrt(17)) / 2, this->Near());
  EXPECT_NEAR(s[0], w[1], this->Near());
  EXPECT_NEAR(s[1], w[0], this->Near());
}

TYPED_TEST(RealCallsTest, GelsdFitsAndTellsTheWorkThatItWants) {
  std::vector<TypeParam> a{1, 1, 1, 0, 1, 2};  // a line through three points
  std::vector<TypeParam> b{1, 3, 5};
  std::vector<TypeParam> s(2);
  EXPECT_EQ(
      this->routines().Gelsd(3, 2, 1, a.data(), 3, b.data(), 3, s.data(), -1,
                             this->work_.data(), -1, this->iwork_.data()),
      0);
  EXPECT_GE(this->work_[0], 10);
  EXPECT_EQ(
      this->routines().Gelsd(3, 2, 1, a.data(), 3, b.data(), 3, s.data(), -1,
                             this->work_.data(), 1000, this->iwork_.data()),
      0);
  EXPECT_NEAR(b[0], 1, this->Near());
  EXPECT_NEAR(b[1], 2, this->Near());
}

}  // namespace
}  // namespace hybrid
