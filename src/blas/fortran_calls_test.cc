#include "blas/fortran_calls.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
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
template <typename Integer>
struct Fakes {
  static void Gemm(const char* ta, const char* tb, const Integer* m,
                   const Integer* n, const Integer* k, const double* alpha,
                   const double*, const Integer* lda, const double*,
                   const Integer* ldb, const double* beta, double* c,
                   const Integer* ldc, std::size_t la, std::size_t lb) {
    seen = {{*ta, *tb}, {*m, *n, *k, *lda, *ldb, *ldc}, {la, lb}};
    *c = *alpha + 10 * *beta;
  }
  static void Syevd(const char* jobz, const char* uplo, const Integer* n,
                    double*, const Integer* lda, double*, double*,
                    const Integer* lwork, Integer* iwork, const Integer* liwork,
                    Integer* info, std::size_t la, std::size_t lb) {
    seen = {{*jobz, *uplo}, {*n, *lda, *lwork, *liwork}, {la, lb}};
    iwork[1] = 7;
    *info = -3;
  }

  static void* Find(const std::string& routine) {
    if (routine == "dgemm") return reinterpret_cast<void*>(&Gemm);
    if (routine == "dsyevd") return reinterpret_cast<void*>(&Syevd);
    return nullptr;
  }
};

template <typename Integer>
class FortranCallsTest : public ::testing::Test {
 protected:
  FortranCalls<Integer> calls_{&Fakes<Integer>::Find};
};

using Widths = ::testing::Types<std::int32_t, std::int64_t>;
TYPED_TEST_SUITE(FortranCallsTest, Widths);

TYPED_TEST(FortranCallsTest, PassesIntegersOfItsWidthAndHiddenLengths) {
  double c = 0;
  this->calls_.Gemm('T', 'N', 1, 2, 3, 4, nullptr, 5, nullptr, 6, 7, &c, 8);
  EXPECT_EQ(seen.characters, "TN");
  EXPECT_EQ(seen.integers, (std::vector<std::int64_t>{1, 2, 3, 5, 6, 8}));
  EXPECT_EQ(seen.lengths, (std::vector<std::size_t>{1, 1}));
  EXPECT_EQ(c, 74);
}

TYPED_TEST(FortranCallsTest, ReturnsInfoWhateverItsSign) {
  TypeParam iwork[2]{};
  EXPECT_EQ(this->calls_.Syevd('V', 'L', 9, nullptr, 10, nullptr, nullptr, -1,
                               iwork, 11),
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
    this->calls_.Potrf('L', 1, &a, 1);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "this BLAS has no dpotrf");
  }
}

/// Every call on small matrices whose results are known, through a real one.
class RealCallsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!calls_) GTEST_SKIP() << "no LAPACK here: install liblapack3";
  }

  std::unique_ptr<BlasCalls> calls_ = OpenTestLapack();
  std::vector<double> a_{4, 2, 2, 5};  // symmetric
  std::vector<double> work_ = std::vector<double>(1000);
  std::vector<double> iwork_ = std::vector<double>(1000);
};

TEST_F(RealCallsTest, HasThemAll) {
  for (const char* routine :
       {"dgemm", "dsyrk", "dpotrf", "dgesv", "dgesdd", "dsyevd", "dgelsd"}) {
    EXPECT_TRUE(calls_->has(routine)) << routine;
  }
  EXPECT_FALSE(calls_->has("dfrobnicate"));
}

TEST_F(RealCallsTest, GemmAndSyrkReadColumns) {
  const std::vector<double> a{1, 2, 3, 4, 5, 6};  // 2 × 3
  std::vector<double> c(4, 1);
  calls_->Gemm('N', 'T', 2, 2, 3, 1, a.data(), 2, a.data(), 2, 1, c.data(), 2);
  EXPECT_EQ(c, (std::vector<double>{36, 45, 45, 57}));
  c = {0, 0, -1, 0};
  calls_->Syrk('L', 'N', 2, 3, 1, a.data(), 2, 0, c.data(), 2);
  EXPECT_EQ(c, (std::vector<double>{35, 44, -1, 56}));
}

TEST_F(RealCallsTest, PotrfFactorisesAndSaysWhereItCannot) {
  EXPECT_EQ(calls_->Potrf('L', 2, a_.data(), 2), 0);
  EXPECT_EQ(a_, (std::vector<double>{2, 1, 2, 2}));
  std::vector<double> indefinite{1, 2, 2, 1};
  EXPECT_EQ(calls_->Potrf('L', 2, indefinite.data(), 2), 2);
}

TEST_F(RealCallsTest, GesvSolves) {
  std::vector<double> b{8, 9};
  EXPECT_EQ(calls_->Gesv(2, 1, a_.data(), 2, iwork_.data(), b.data(), 2), 0);
  EXPECT_NEAR(b[0], 22.0 / 16, 1e-14);
  EXPECT_NEAR(b[1], 20.0 / 16, 1e-14);
}

TEST_F(RealCallsTest, GesddAndSyevdAgreeOnAPositiveMatrix) {
  std::vector<double> s(2);
  std::vector<double> u(4);
  std::vector<double> vt(4);
  std::vector<double> again = a_;
  EXPECT_EQ(calls_->Gesdd('A', 2, 2, again.data(), 2, s.data(), u.data(), 2,
                          vt.data(), 2, work_.data(), 1000, iwork_.data()),
            0);
  std::vector<double> w(2);
  EXPECT_EQ(calls_->Syevd('V', 'L', 2, a_.data(), 2, w.data(), work_.data(),
                          1000, iwork_.data(), 1000),
            0);
  EXPECT_NEAR(s[0], (9 + std::sqrt(17)) / 2, 1e-14);
  EXPECT_NEAR(s[0], w[1], 1e-14);
  EXPECT_NEAR(s[1], w[0], 1e-14);
}

TEST_F(RealCallsTest, GelsdFitsAndTellsTheWorkThatItWants) {
  std::vector<double> a{1, 1, 1, 0, 1, 2};  // a line through three points
  std::vector<double> b{1, 3, 5};
  std::vector<double> s(2);
  EXPECT_EQ(calls_->Gelsd(3, 2, 1, a.data(), 3, b.data(), 3, s.data(), -1,
                          work_.data(), -1, iwork_.data()),
            0);
  EXPECT_GE(work_[0], 10);
  EXPECT_EQ(calls_->Gelsd(3, 2, 1, a.data(), 3, b.data(), 3, s.data(), -1,
                          work_.data(), 1000, iwork_.data()),
            0);
  EXPECT_NEAR(b[0], 1, 1e-13);
  EXPECT_NEAR(b[1], 2, 1e-13);
}

}  // namespace
}  // namespace hybrid
