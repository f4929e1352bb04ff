#include "operation/verification.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "blas/blas.h"
#include "operation/buffer.h"
#include "operation/operands.h"

namespace hybrid {
namespace {

class VerificationTest : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  VerificationTest() {
    FillUniform({1, 2, 0}, a_.span());
    FillUniform({1, 2, 1}, b_.span());
    BlasEntryPoints().gemm(n_, a_.data(), b_.data(), product_.data());
  }

  Verification Check(std::uint64_t seed = 9) const {
    return VerifyProduct(n_, a_.data(), b_.data(), product_.data(), seed);
  }

  std::uint64_t n_ = GetParam();
  Buffer a_{n_ * n_};
  Buffer b_{n_ * n_};
  Buffer product_{n_ * n_};
};

TEST_P(VerificationTest, AcceptsBlissProducts) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    EXPECT_TRUE(Check(seed).ok()) << Check(seed).worst_ratio;
  }
}

TEST_P(VerificationTest, CatchesOneElementWrongByOnePartInAMillion) {
  for (const std::uint64_t index :
       {std::uint64_t{0}, n_ * n_ / 2, n_ * n_ - 1}) {
    const double right = product_.span()[index];
    for (const double factor : {1 + 1e-6, 1 - 1e-6}) {
      product_.span()[index] = right * factor;
      const Verification result = Check();
      EXPECT_FALSE(result.ok());
      EXPECT_EQ(result.worst_row, index / n_);
    }
    product_.span()[index] = right;
  }
}

TEST_P(VerificationTest, CatchesNanInfinityAndAnUntouchedProduct) {
  const double right = product_.span()[0];
  product_.span()[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(Check().ok());
  product_.span()[0] = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(Check().ok());
  product_.span()[0] = right;
  EXPECT_TRUE(Check().ok());
  for (double& value : product_.span()) value = 0;
  EXPECT_FALSE(Check().ok());
}

TEST_P(VerificationTest, CatchesTheProductOfAnotherTask) {
  FillUniform({1, 3, 0}, a_.span());
  EXPECT_FALSE(Check().ok());
}

INSTANTIATE_TEST_SUITE_P(Orders, VerificationTest,
                         ::testing::Values(1, 2, 7, 64, 257, 1000));

}  // namespace
}  // namespace hybrid
