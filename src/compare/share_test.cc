#include "compare/share.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hybrid {
namespace {

TEST(ShareTest, PercentOrPartOfOne) {
  EXPECT_DOUBLE_EQ(ParseShare("--x", "3%"), 0.03);
  EXPECT_DOUBLE_EQ(ParseShare("--x", "3 %"), 0.03);
  EXPECT_DOUBLE_EQ(ParseShare("--x", "0.03"), 0.03);
  EXPECT_DOUBLE_EQ(ParseShare("--x", "0"), 0);
}

TEST(ShareTest, RefusesWhatIsNone) {
  for (const char* text :
       {"", "%", "3", "1", "100%", "-1%", "nan", "x", "3%%", "0.03 "}) {
    EXPECT_THROW(ParseShare("--x", text), std::runtime_error) << text;
  }
}

}  // namespace
}  // namespace hybrid
