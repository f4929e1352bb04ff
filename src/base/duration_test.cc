#include "base/duration.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(DurationTest, IsOfSecondsMinutesOrHours) {
  EXPECT_EQ(ParseDuration("90"), 90);
  EXPECT_EQ(ParseDuration("60s"), 60);
  EXPECT_EQ(ParseDuration("0.5m"), 30);
  EXPECT_EQ(ParseDuration("2h"), 7200);
}

TEST(DurationTest, IsAboveNothingAndFinite) {
  for (const char* const text :
       {"", "s", "0", "-1", "5d", "nan", "inf", "1e308h", "1 m", "5ms"}) {
    EXPECT_FALSE(ParseDuration(text)) << text;
  }
}

}  // namespace
}  // namespace hybrid
