#include "operation/lapack_call.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hybrid {
namespace {

template <typename Real>
std::string ErrorOf(std::int64_t info) {
  try {
    ExpectSuccess<Real>("gesdd", info);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(LapackCallTest, InfoOtherThan0IsAnErrorThatSaysWhich) {
  EXPECT_EQ(ErrorOf<double>(0), "");
  EXPECT_EQ(ErrorOf<double>(3), "dgesdd failed (info = 3)");
  EXPECT_EQ(ErrorOf<float>(-12), "sgesdd refuses its argument 12 (info = -12)");
}

TEST(LapackCallTest, WorkIsNeverLessThanWasMeant) {
  EXPECT_EQ(WorkNumbers(1.0), 2U);
  EXPECT_EQ(WorkNumbers(99.5), 100U);
  EXPECT_GE(WorkNumbers(1e15), 1000000000000000U);
  // The nearest float is 4 less.
  EXPECT_GE(WorkNumbers(static_cast<float>(100'000'004)), 100'000'004U);
}

}  // namespace
}  // namespace hybrid
