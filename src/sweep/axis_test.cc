#include "sweep/axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/flag_error.h"
#include "base/test_errors.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr AxisRule kN{.flag = "--n", .max = 1000000};
constexpr AxisRule kWorkers{
    .flag = "--workers", .max = 4096, .allows_auto = true};

std::string ErrorOf(const AxisRule& rule, const std::string& text) {
  return MessageOf<FlagError>([&] { ParseAxis(rule, text); });
}

TEST(AxisTest, ReadsOneValueAndLists) {
  EXPECT_THAT(ParseAxis(kN, "64").values, ElementsAre(64));
  EXPECT_THAT(ParseAxis(kN, "1000,64,256").values, ElementsAre(1000, 64, 256));
}

TEST(AxisTest, ReadsGeometricAndArithmeticRanges) {
  EXPECT_THAT(ParseAxis(kN, "64:2048:*2").values,
              ElementsAre(64, 128, 256, 512, 1024, 2048));
  EXPECT_THAT(ParseAxis(kN, "1:8:+3").values, ElementsAre(1, 4, 7));
  EXPECT_THAT(ParseAxis(kN, "5:5:*2").values, ElementsAre(5));
  EXPECT_THAT(ParseAxis(kN, "1:3:+1,16:64:*4,7").values,
              ElementsAre(1, 2, 3, 16, 64, 7));
}

TEST(AxisTest, RangeEndsAtTheLargestValueWithoutOverflow) {
  constexpr AxisRule kHuge{.flag = "--n", .max = 18446744073709551615ULL};
  EXPECT_THAT(
      ParseAxis(kHuge, "9223372036854775808:18446744073709551615:*2").values,
      ElementsAre(9223372036854775808ULL));
  EXPECT_THAT(
      ParseAxis(kHuge, "18446744073709551614:18446744073709551615:+1").values,
      ElementsAre(18446744073709551614ULL, 18446744073709551615ULL));
}

TEST(AxisTest, AutoOnlyWhereTheRuleAllowsIt) {
  EXPECT_TRUE(ParseAxis(kWorkers, "auto").is_auto);
  EXPECT_THAT(ErrorOf(kN, "auto"),
              AllOf(HasSubstr("--n=auto"), Not(HasSubstr("or auto"))));
  EXPECT_THAT(ErrorOf(kWorkers, "auto,2"), HasSubstr("'auto'"));
}

class BadAxisTest : public ::testing::TestWithParam<const char*> {};

TEST_P(BadAxisTest, IsOneLineThatNamesTheFlagAndWhatItTakes) {
  EXPECT_THAT(ErrorOf(kN, GetParam()),
              AllOf(HasSubstr(std::string("--n=") + GetParam() + ": "),
                    HasSubstr("whole numbers from 1 to 1000000"),
                    Not(HasSubstr("\n"))));
}

INSTANTIATE_TEST_SUITE_P(
    AxisTest, BadAxisTest,
    ::testing::Values("", "0", "-1", "+5", "1.5", "1e3", "64,", ",64",
                      "64,,128", "64,64", "1000001", "99999999999999999999999",
                      "abc", " 64", "64 ", "1:8", "1:8:", "1:8:2", "1:8:*",
                      "1:8:*1", "1:8:+0", "1:8:+-1", "8:1:+1", "0:8:+1",
                      "1::+1", "1:8:+1:2", "1:4:+1,3", "1:1000000:+1", "0x10"));

TEST(AxisTest, SplitListKeepsEmptyItems) {
  EXPECT_THAT(SplitList("a,,b,"), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(SplitList(""), ElementsAre(""));
}

}  // namespace
}  // namespace hybrid
