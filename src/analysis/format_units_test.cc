#include "analysis/format_units.h"

#include <gtest/gtest.h>

#include <string>

namespace hybrid {
namespace {

TEST(FormatUnitsTest, RoundsWithinTheUnit) {
  EXPECT_EQ(FormatSeconds(0.00961), "9.61 ms");
  EXPECT_EQ(FormatSeconds(0.9996), "1.00 s");
  EXPECT_EQ(FormatSeconds(0.000999), "999 µs");
  EXPECT_EQ(FormatSeconds(1234.5), "1234 s");
  EXPECT_EQ(FormatSeconds(2e-9), "2.00 ns");
  EXPECT_EQ(FormatNumber(9.996), "10.0");
  EXPECT_EQ(FormatNumber(99.96), "100");
  EXPECT_EQ(FormatNumber(0.00025), "0.00025");
  EXPECT_EQ(FormatNumber(0.000025), "0.0000250");
  EXPECT_EQ(FormatSeconds(0), "0 s");
  EXPECT_EQ(FormatRatio(1.999), "2.0×");
  EXPECT_EQ(FormatRatio(0.0123), "0.012×");
  EXPECT_EQ(FormatRatio(0.001), "<0.01×");
  EXPECT_EQ(FormatRatio(9.96), "10×");
  EXPECT_EQ(FormatSlowdown(1.009), "+0.9 %");
  EXPECT_EQ(FormatSlowdown(0.5), "2.0× faster");
}

TEST(FormatUnitsTest, SharesAndSlowdowns) {
  EXPECT_EQ(FormatPercent(0.0123), "1.2 %");
  EXPECT_EQ(FormatPercent(0.0996), "10 %");
  EXPECT_EQ(FormatSpread(0.23), "±23 %");
  EXPECT_EQ(FormatSlower(1.14), "14 % slower");
  EXPECT_EQ(FormatSlower(8.3), "8.3× slower");
  EXPECT_EQ(FormatSlower(0.5), "2.0× faster");
}

TEST(FormatUnitsTest, ParagraphsBreakBetweenWords) {
  EXPECT_EQ(FormatParagraph("  why  ", "as it is"), "  why  as it is\n");
  const std::string word(45, 'x');
  EXPECT_EQ(FormatParagraph("× ", word + " " + word + " " + word),
            "× " + word + " " + word + "\n  " + word + "\n");
  // A number stays with its unit.
  const std::string most(92, 'x');
  EXPECT_EQ(FormatParagraph("", most + " in 12 ms now"),
            most + " in\n12 ms now\n");
}

TEST(FormatUnitsTest, ItemsBreakBetweenThem) {
  EXPECT_EQ(FormatItems("why", {"a", "b"}), "  why      a · b\n");
  const std::string word(45, 'x');
  EXPECT_EQ(FormatItems("why", {word, word}),
            "  why      " + word + " ·\n           " + word + "\n");
  // One that is longer than a line breaks between words.
  EXPECT_EQ(
      FormatItems("why", {word + " " + word, "b"}),
      "  why      " + word + "\n           " + word + " ·\n           b\n");
}

}  // namespace
}  // namespace hybrid
