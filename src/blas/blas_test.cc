#include "blas/blas.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace hybrid {
namespace {

TEST(BlasTest, LinksBlissOpenMpBuildWhateverTheAlternativesSay) {
  const BlasInfo info = QueryBlas();
  EXPECT_EQ(info.threading, "openmp");
  EXPECT_FALSE(info.version.empty());
  EXPECT_FALSE(info.kernels.empty());
}

TEST(BlasTest, GemmMultipliesInRowOrder) {
  for (const std::uint64_t n : {1U, 2U, 3U, 17U, 64U, 129U}) {
    std::vector<double> a(n * n);
    std::vector<double> b(n * n);
    std::vector<double> product(n * n, -1);
    for (std::uint64_t i = 0; i < n * n; ++i) {
      a[i] = static_cast<double>(i % 7);
      b[i] = static_cast<double>(i % 5) - 2;
    }
    const auto order = static_cast<std::int64_t>(n);
    // In columns: the transposes, so the other way round.
    BlasEntryPoints().Gemm('N', 'N', order, order, order, 1, b.data(), order,
                           a.data(), order, 0, product.data(), order);
    for (std::uint64_t i = 0; i < n; ++i) {
      for (std::uint64_t j = 0; j < n; ++j) {
        double expected = 0;
        for (std::uint64_t k = 0; k < n; ++k) {
          expected += a[i * n + k] * b[k * n + j];
        }
        // Small integers: exact in any order of summation.
        ASSERT_EQ(product[i * n + j], expected) << n << ' ' << i << ' ' << j;
      }
    }
  }
}

TEST(BlasTest, SyrkMultipliesWithTheTransposeIntoTheUpperTriangle) {
  for (const std::uint64_t n : {1U, 2U, 3U, 17U, 64U, 129U}) {
    std::vector<double> a(n * n);
    std::vector<double> product(n * n, -1);
    for (std::uint64_t i = 0; i < n * n; ++i) {
      a[i] = static_cast<double>(i % 7) - 2;
    }
    const auto order = static_cast<std::int64_t>(n);
    BlasEntryPoints().Syrk('L', 'T', order, order, 1, a.data(), order, 0,
                           product.data(), order);
    for (std::uint64_t i = 0; i < n; ++i) {
      for (std::uint64_t j = 0; j < n; ++j) {
        double expected = 0;
        for (std::uint64_t k = 0; k < n; ++k) {
          expected += a[i * n + k] * a[j * n + k];
        }
        ASSERT_EQ(product[i * n + j], j < i ? -1 : expected)
            << n << ' ' << i << ' ' << j;
      }
    }
  }
}

}  // namespace
}  // namespace hybrid
