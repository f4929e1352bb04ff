#include "base/text.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(TextTest, OneIsSingular) {
  EXPECT_EQ(Counted(0, "core"), "0 cores");
  EXPECT_EQ(Counted(1, "core"), "1 core");
  EXPECT_EQ(Counted(2, "core"), "2 cores");
}

TEST(TextTest, NothingBreaksALine) {
  EXPECT_EQ(OneLine("a\nb\tc\x7F×"), "a b c ×");
}

}  // namespace
}  // namespace hybrid
