// The fake libraries do what other tests need them for.

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "base/scoped_environment.h"
#include "base/test_folder.h"
#include "base/text_file.h"
#include "blas/test_libraries.h"

namespace hybrid {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

/// A fake library, of which this process may have several: none sees another.
class Fake {
 public:
  explicit Fake(const std::string& name)
      : handle_(dlopen(FakeLibrary(name).c_str(), RTLD_NOW | RTLD_LOCAL)) {
    EXPECT_NE(handle_, nullptr) << dlerror();
  }
  /// The function of that type, or null.
  template <typename Function>
  Function* Get(const char* name) const {
    return reinterpret_cast<Function*>(dlsym(handle_, name));
  }

 private:
  void* handle_;
};

template <typename Integer>
using Dgemm = void(const char*, const char*, const Integer*, const Integer*,
                   const Integer*, const double*, const double*, const Integer*,
                   const double*, const Integer*, const double*, double*,
                   const Integer*);

/// The square of the order-n matrix of ones.
template <typename Integer>
std::vector<double> SquareOfOnes(Dgemm<Integer>* gemm, Integer n) {
  const std::vector<double> ones(static_cast<std::size_t>(n * n), 1);
  std::vector<double> product(ones.size(), -1);
  const double one = 1;
  const double zero = 0;
  gemm("N", "T", &n, &n, &n, &one, ones.data(), &n, ones.data(), &n, &zero,
       product.data(), &n);
  return product;
}

std::ptrdiff_t CountThreads() {
  const std::filesystem::directory_iterator threads("/proc/self/task");
  return std::distance(begin(threads), end(threads));
}

TEST(FakesTest, ThoseWithoutAFaultMultiply) {
  for (const char* name : {"plain", "mkl", "libflexiblas", "prints"}) {
    auto* const gemm = Fake(name).Get<Dgemm<std::int32_t>>("dgemm_");
    ASSERT_NE(gemm, nullptr) << name;
    EXPECT_THAT(SquareOfOnes<std::int32_t>(gemm, 5), Each(5.0)) << name;
  }
}

TEST(FakesTest, IntegersOf64BitsGoByTheNamesOf32OrByOthers) {
  auto* const ilp64 = Fake("ilp64").Get<Dgemm<std::int64_t>>("dgemm_");
  ASSERT_NE(ilp64, nullptr);
  EXPECT_THAT(SquareOfOnes<std::int64_t>(ilp64, 5), Each(5.0));
  const Fake wheel("numpy-wheel");
  auto* const scipy = wheel.Get<Dgemm<std::int64_t>>("scipy_dgemm_64_");
  ASSERT_NE(scipy, nullptr);
  EXPECT_THAT(SquareOfOnes<std::int64_t>(scipy, 5), Each(5.0));
  EXPECT_EQ(wheel.Get<void()>("dgemm_"), nullptr);
  EXPECT_EQ(Fake("no-gemm").Get<void()>("dgemm_"), nullptr);
}

TEST(FakesTest, CallsAreRecorded) {
  const TestFolder folder;
  const ScopedEnvironment record(ScopedEnvironment::Variables{
      {"HYBRID_TEST_RECORD", folder.File("record")}});
  Fake("mkl").Get<void(int)>("MKL_Set_Num_Threads")(3);
  Fake("libflexiblas").Get<void(int)>("flexiblas_set_num_threads")(4);
  EXPECT_EQ(text_file::Read(folder.File("record")),
            "MKL_Set_Num_Threads 3\nflexiblas_set_num_threads 4\n");
}

TEST(FakesTest, EightThreadsAreEight) {
  auto* const gemm = Fake("eight-threads").Get<Dgemm<std::int32_t>>("dgemm_");
  ASSERT_NE(gemm, nullptr);
  const std::ptrdiff_t before = CountThreads();
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(SquareOfOnes<std::int32_t>(gemm, 9), Each(9.0));
  }
  EXPECT_EQ(CountThreads(), before + 8);
}

TEST(FakesTest, WhatIsNotReentrantFailsForTwoCallersAlone) {
  auto* const gemm = Fake("not-reentrant").Get<Dgemm<std::int32_t>>("dgemm_");
  ASSERT_NE(gemm, nullptr);
  constexpr std::int32_t kOrder = 48;
  EXPECT_THAT(SquareOfOnes<std::int32_t>(gemm, kOrder), Each(48.0));
  // Two callers meet sooner or later.
  std::atomic<bool> is_wrong = false;
  const auto call = [&] {
    while (!is_wrong) {
      if (SquareOfOnes<std::int32_t>(gemm, kOrder)[0] != 48.0) is_wrong = true;
    }
  };
  std::thread other(call);
  call();
  other.join();
  EXPECT_THAT(SquareOfOnes<std::int32_t>(gemm, kOrder), Each(48.0));
}

// How each ends the process that loads it.
TEST(FakesDeathTest, ExitsAndCrashesWhenLoaded) {
  const auto load = [](const std::string& name) {
    return [name] {
      dlopen(FakeLibrary(name).c_str(), RTLD_NOW | RTLD_LOCAL);
      _exit(0);
    };
  };
  EXPECT_EXIT(load("exits")(), ::testing::ExitedWithCode(3), "no licence");
  EXPECT_EXIT(load("crashes")(), ::testing::KilledBySignal(SIGILL), "");
}

/// The solution of 2 x = 6 and 4 y = 4.
std::array<double, 2> Solve(const Fake& library) {
  using Dgesv = void(const int*, const int*, double*, const int*, int*, double*,
                     const int*, int*);
  auto* const gesv = library.Get<Dgesv>("dgesv_");
  if (gesv == nullptr) return {};
  const int n = 2;
  const int count = 1;
  std::array<double, 4> a{2, 0, 0, 4};
  std::array<double, 2> b{6, 4};
  std::array<int, 2> pivots{};
  int info = -1;
  gesv(&n, &count, a.data(), &n, pivots.data(), b.data(), &n, &info);
  EXPECT_EQ(info, 0);
  return b;
}

TEST(FakesTest, PerturbedResultsAreOffByAMillionth) {
  const auto real = TestLibrary("openblas-serial");
  if (!real) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  const ScopedEnvironment file(
      ScopedEnvironment::Variables{{"HYBRID_TEST_REAL", *real}});
  const Fake library("perturbed");
  EXPECT_THAT(Solve(library), ElementsAre(3 * (1 + 1e-6), 1));
  auto* const gemm = library.Get<Dgemm<std::int32_t>>("dgemm_");
  ASSERT_NE(gemm, nullptr);
  EXPECT_THAT(SquareOfOnes<std::int32_t>(gemm, 5), Each(5.0));
  const ScopedEnvironment routine(
      ScopedEnvironment::Variables{{"HYBRID_TEST_PERTURB", "dgemm"}});
  EXPECT_THAT(Solve(library), ElementsAre(3, 1));
  EXPECT_EQ(SquareOfOnes<std::int32_t>(gemm, 5)[0], 5 * (1 + 1e-6));
}

}  // namespace
}  // namespace hybrid
