#include "operation/lapack_call.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hybrid {
namespace {

std::string ErrorOf(std::int64_t info) {
  try {
    ExpectSuccess("dgesdd", info);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(LapackCallTest, InfoOtherThan0IsAnErrorThatSaysWhich) {
  EXPECT_EQ(ErrorOf(0), "");
  EXPECT_EQ(ErrorOf(3), "dgesdd failed (info = 3)");
  EXPECT_EQ(ErrorOf(-12), "dgesdd refuses its argument 12 (info = -12)");
}

TEST(LapackCallTest, WorkIsNeverLessThanWasMeant) {
  EXPECT_EQ(WorkDoubles(1), 2U);
  EXPECT_EQ(WorkDoubles(99.5), 100U);
  EXPECT_GE(WorkDoubles(1e15), 1000000000000000U);
}

}  // namespace
}  // namespace hybrid
