#include "flags/meaning.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(MeaningTest, OneTextForOneMeaning) {
  EXPECT_EQ(Normal(Meaning::kList, "64:256:*2"), "64,128,256");
  EXPECT_EQ(Normal(Meaning::kList, "auto"), "auto");
  EXPECT_EQ(Normal(Meaning::kNumber, "0.10"), Normal(Meaning::kNumber, "1e-1"));
  EXPECT_EQ(Normal(Meaning::kMinTime, "0.10s"), "0.1");
  EXPECT_EQ(Normal(Meaning::kMinTime, "010x"), "10x");
  EXPECT_EQ(Normal(Meaning::kBoolean, "Yes"), "true");
  EXPECT_EQ(Normal(Meaning::kText, "0.10"), "0.10");
}

TEST(MeaningTest, OrderIsPartOfAList) {
  EXPECT_NE(Normal(Meaning::kList, "1,2"), Normal(Meaning::kList, "2,1"));
}

TEST(MeaningTest, WhatHasNoneIsItself) {
  EXPECT_EQ(Normal(Meaning::kList, "1,,2"), "1,,2");
  EXPECT_EQ(Normal(Meaning::kNumber, "auto"), "auto");
  EXPECT_EQ(Normal(Meaning::kMinTime, "10y"), "10y");
}

TEST(MeaningTest, BooleansAsGoogleBenchmarkReadsThem) {
  for (const char* value : {"false", "False", "0", "no", "OFF", "f", "n"}) {
    EXPECT_FALSE(MeansTrue(value)) << value;
  }
  for (const char* value : {"true", "1", "yes", "on", "t", "y", "any"}) {
    EXPECT_TRUE(MeansTrue(value)) << value;
  }
}

}  // namespace
}  // namespace hybrid
