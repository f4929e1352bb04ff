#include "operation/operands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "operation/buffer.h"

namespace hybrid {
namespace {

using Fill = void (*)(const OperandKey&, std::span<double>);

class OperandsTest : public ::testing::TestWithParam<Fill> {
 protected:
  void SetUp() override {
    if (GetParam() == Fill(&internal::FillArs) && !internal::ArsIsUsable()) {
      GTEST_SKIP() << "this CPU has no AES instructions";
    }
  }

  static std::vector<double> Make(const OperandKey& key, std::size_t count) {
    const Buffer buffer(count);
    GetParam()(key, buffer.span());
    return {buffer.span().begin(), buffer.span().end()};
  }
};

double Correlation(std::span<const double> x, std::span<const double> y) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - .5) * (y[i] - .5);
  return sum / static_cast<double>(x.size()) * 12;
}

TEST_P(OperandsTest, SameKeySameNumbersWhateverTheLength) {
  const std::vector<double> whole = Make({1, 2, 1}, 1001);
  EXPECT_EQ(Make({1, 2, 1}, 1001), whole);
  for (const std::size_t count : {1U, 2U, 3U, 5U, 64U, 999U}) {
    const std::vector<double> part = Make({1, 2, 1}, count);
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin())) << count;
  }
}

TEST_P(OperandsTest, SeedTaskAndOperandEachChangeEverything) {
  const std::vector<OperandKey> keys = {
      {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}, {~0ULL, ~0ULL, 1}};
  std::set<double> seen;
  for (const OperandKey& key : keys) {
    for (const double value : Make(key, 1000)) seen.insert(value);
  }
  EXPECT_EQ(seen.size(), keys.size() * 1000);
}

TEST_P(OperandsTest, LiesInRangeWithTheMeanAndVarianceOfUniform) {
  constexpr std::size_t kCount = 1 << 20;
  const std::vector<double> values = Make({42, 7, 0}, kCount);
  double sum = 0;
  double squares = 0;
  for (const double value : values) {
    ASSERT_GE(value, 0);
    ASSERT_LT(value, 1);
    sum += value;
    squares += (value - .5) * (value - .5);
  }
  // Six standard errors: of the mean 1/√(12 N), of the variance 1/√(180 N).
  EXPECT_NEAR(sum / kCount, .5, 6 / std::sqrt(12.0 * kCount));
  EXPECT_NEAR(squares / kCount, 1.0 / 12, 6 / std::sqrt(180.0 * kCount));
}

TEST_P(OperandsTest, FillsTheUnitIntervalEvenly) {
  constexpr std::size_t kCount = 1 << 20;
  constexpr std::size_t kBins = 256;
  std::vector<double> bins(kBins);
  for (const double value : Make({3, 1, 1}, kCount)) {
    ++bins[static_cast<std::size_t>(value * kBins)];
  }
  double chi_squared = 0;
  constexpr double kExpected = static_cast<double>(kCount) / kBins;
  for (const double bin : bins) {
    chi_squared += (bin - kExpected) * (bin - kExpected) / kExpected;
  }
  // 255 degrees of freedom: mean 255, standard deviation 22.6.
  EXPECT_NEAR(chi_squared, 255, 6 * 22.6);
}

TEST_P(OperandsTest, NoCorrelationBetweenTasksOperandsSeedsAndNeighbours) {
  constexpr std::size_t kCount = 1 << 16;
  const double limit = 6 / std::sqrt(static_cast<double>(kCount));
  const std::vector<double> base = Make({5, 10, 0}, kCount);
  EXPECT_NEAR(Correlation(base, Make({5, 11, 0}, kCount)), 0, limit);
  EXPECT_NEAR(Correlation(base, Make({5, 10, 1}, kCount)), 0, limit);
  EXPECT_NEAR(Correlation(base, Make({6, 10, 0}, kCount)), 0, limit);
  EXPECT_NEAR(Correlation(std::span(base).first(kCount - 1),
                          std::span(base).subspan(1)),
              0, limit);
}

INSTANTIATE_TEST_SUITE_P(Generators, OperandsTest,
                         ::testing::Values(Fill(&internal::FillArs),
                                           Fill(&internal::FillThreefry)),
                         [](const auto& param) -> std::string {
                           return param.param == Fill(&internal::FillArs)
                                      ? "ars"
                                      : "threefry";
                         });

TEST(FillUniformTest, UsesTheGeneratorItNames) {
  const Buffer a(100);
  const Buffer b(100);
  FillUniform({1, 2, 0}, a.span());
  if (internal::ArsIsUsable()) {
    internal::FillArs({1, 2, 0}, b.span());
  } else {
    internal::FillThreefry({1, 2, 0}, b.span());
  }
  EXPECT_TRUE(std::equal(a.span().begin(), a.span().end(), b.data()));
}

/// What there is to know of the floats that `fill` makes.
void ExpectUniformFloats(void (*fill)(const OperandKey&, std::span<float>)) {
  constexpr std::size_t kCount = 1 << 20;
  const BufferOf<float> whole(kCount);
  fill({42, 7, 0}, whole.span());
  double sum = 0;
  double squares = 0;
  std::set<float> seen;
  for (const float value : whole.span()) {
    ASSERT_GE(value, 0);
    ASSERT_LT(value, 1);
    sum += value;
    squares += (value - .5) * (value - .5);
    seen.insert(value);
  }
  EXPECT_NEAR(sum / kCount, .5, 6 / std::sqrt(12.0 * kCount));
  EXPECT_NEAR(squares / kCount, 1.0 / 12, 6 / std::sqrt(180.0 * kCount));
  // Of 2²³ different ones, a sixteenth meet another.
  EXPECT_GT(seen.size(), kCount * 9 / 10);
  for (const std::size_t count : {1U, 2U, 3U, 5U, 7U, 8U, 999U}) {
    const BufferOf<float> part(count);
    fill({42, 7, 0}, part.span());
    EXPECT_TRUE(
        std::equal(part.span().begin(), part.span().end(), whole.data()))
        << count;
    fill({42, 8, 0}, part.span());
    EXPECT_NE(part.span()[0], whole.span()[0]);
  }
}

TEST(FloatOperandsTest, AreUniformWhateverTheLength) {
  ExpectUniformFloats(&internal::FillThreefry);
  if (internal::ArsIsUsable()) ExpectUniformFloats(&internal::FillArs);
  ExpectUniformFloats(&FillUniform);
}

}  // namespace
}  // namespace hybrid
