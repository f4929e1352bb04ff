#include "compare/table_layout.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace hybrid {
namespace {

constexpr std::array kColumnAlignments = {Alignment::kLeft, Alignment::kRight,
                                          Alignment::kLeft};

TEST(TableLayoutTest, ColumnsAreAsWideAsTheirWidestCell) {
  const std::vector<TableLine> lines = {
      TableLine{"name", "time", "note"}, TableLine{"2×1", "10 µs", ""},
      TableLine{"long name", "1 s", "capped"}};
  EXPECT_EQ(TableText(lines, kColumnAlignments),
            "name        time  note\n"
            "2×1        10 µs\n"
            "long name    1 s  capped\n");
}

TEST(TableLayoutTest, LinesAreIndentedAndEndWithoutBlanks) {
  const std::vector<TableLine> lines = {TableLine{"a", "1", "b "},
                                        TableLine{"", "", ""}};
  EXPECT_EQ(TableText(lines, kColumnAlignments, 2), "  a  1  b\n\n");
}

TEST(TableLayoutTest, NoLinesAreNoText) {
  EXPECT_EQ(TableText({}, kColumnAlignments), "");
}

}  // namespace
}  // namespace hybrid
