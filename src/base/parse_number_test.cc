#include "base/parse_number.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace hybrid {
namespace {

TEST(ParseNumberTest, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(ParseNumber<int>("-12"), -12);
  EXPECT_EQ(ParseNumber<std::uint64_t>("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(ParseNumber<double>("2.5e-3"), 2.5e-3);
  for (const char* text : {"", " 1", "1 ", "+1", "1x", "x", "0x10", "1,0"}) {
    EXPECT_FALSE(ParseNumber<int>(text)) << text;
    EXPECT_FALSE(ParseNumber<double>(text)) << text;
  }
}

TEST(ParseNumberTest, WhatDoesNotFitIsNothing) {
  EXPECT_FALSE(ParseNumber<std::uint64_t>("18446744073709551616"));
  EXPECT_FALSE(ParseNumber<std::uint64_t>("-1"));
  EXPECT_FALSE(ParseNumber<int>("1.5"));
}

}  // namespace
}  // namespace hybrid
