#include "compare/aligned_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace hybrid {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

using RowsOfRounds = std::vector<std::vector<Row>>;

Row RowOf(Pin pin, std::uint64_t workers) {
  Row row;
  row.pin = pin;
  row.workers = workers;
  row.seed = workers;
  return row;
}

TEST(KeyAlignmentTest, TakesWhatHasOneValueOnEachSide) {
  const RowsOfRounds before = {{RowOf(Pin::kNone, 1), RowOf(Pin::kNone, 2)}};
  const RowsOfRounds after = {{RowOf(Pin::kCores, 1)}, {RowOf(Pin::kCores, 2)}};
  const KeyAlignment alignment(before, after);
  EXPECT_THAT(alignment.differences(), SizeIs(1));
  const Key key = alignment.Apply(before.front().back());
  EXPECT_EQ(key.pin, Pin::kCores);
  EXPECT_EQ(key.workers, 2U);
}

TEST(KeyAlignmentTest, LeavesWhatASideHasSeveralOf) {
  const RowsOfRounds before = {{RowOf(Pin::kNone, 1), RowOf(Pin::kNone, 2)}};
  const RowsOfRounds after = {{RowOf(Pin::kNone, 2)}};
  const KeyAlignment alignment(before, after);
  EXPECT_THAT(alignment.differences(), IsEmpty());
  EXPECT_EQ(alignment.Apply(before.front().front()).workers, 1U);
}

TEST(KeyAlignmentTest, OfNothingIsNothing) {
  EXPECT_THAT(KeyAlignment({}, {}).differences(), IsEmpty());
}

}  // namespace
}  // namespace hybrid
