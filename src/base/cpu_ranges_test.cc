#include "base/cpu_ranges.h"

#include <gtest/gtest.h>

#include <string>

namespace hybrid {
namespace {

TEST(CpuRangesTest, AsTasksetTakesThem) {
  EXPECT_EQ(CpuRanges({0, 1, 2, 7, 64, 65}), "0-2,7,64-65");
  EXPECT_EQ(CpuRanges({5}), "5");
  EXPECT_EQ(CpuRanges({}), "");
}

/// What is understood of `text`, as text.
std::string Understood(const char* text) {
  return RangesText(ParseCpuRanges(text));
}

TEST(CpuRangesTest, AreReadAsTheyAreWritten) {
  for (const char* text : {"0-2,7,64-65", "5", "", "99999"}) {
    EXPECT_EQ(Understood(text), text);
  }
  for (const char* text : {"-1", "0--1", "x", "0,,1", "1 2", "0-", "3-2",
                           "0-100000", "0-2147483647", "2147483648"}) {
    EXPECT_EQ(Understood(text), "") << text;
  }
}

TEST(CpuRangesTest, UnitedEachCpuIsThereOnce) {
  EXPECT_EQ(RangesText(United(ParseCpuRanges("4-6,0,1-2,5-9,0-1,12,5"))),
            "0-2,4-9,12");
  EXPECT_EQ(RangesText(United({})), "");
}

TEST(CpuRangesTest, TextsAreUnitedButForWhatIsNone) {
  EXPECT_EQ(RangesText(UnitedCpus({"2-3", "0", "1,3-4", "x", "8"})), "0-4,8");
  EXPECT_EQ(RangesText(UnitedCpus({})), "");
}

}  // namespace
}  // namespace hybrid
