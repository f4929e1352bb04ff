#include "analysis/noisy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analysis/evidence.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NoisyTest : public ::testing::Test {
 protected:
  std::vector<std::string> Warnings() const {
    return NoiseWarnings(RowPointers(test.rows));
  }

  TestRows test;
};

TEST_F(NoisyTest, QuietRowsHaveNoWarning) {
  EXPECT_FALSE(IsNoisy({}));
  test.Ok({2, 1}, {1.0, 1.05, 0.95}, [](Row& row) {
    row.steal_s = 0.009 * 2;
    row.foreign_cpu_s = 0.04 * 2;
    row.throttled_s = 0;
  });
  EXPECT_THAT(Warnings(), IsEmpty());
  EXPECT_FALSE(IsNoisy(test.rows));
}

TEST_F(NoisyTest, WideSpread) {
  test.Ok({4, 1}, {1.0, 1.30, 0.84});
  EXPECT_THAT(Warnings(), ElementsAre("spread ±23 %"));
  EXPECT_TRUE(IsNoisy(test.rows));
}

TEST_F(NoisyTest, SlowFirstRepetition) {
  test.Ok({2, 1}, {1.15, 1.00, 1.02, 0.99});
  EXPECT_THAT(Warnings(),
              ElementsAre("first repetition 13 % slower than any other"));
}

TEST_F(NoisyTest, TheFirstIsWhatWasMeasuredFirst) {
  test.Ok({2, 1}, {1.00, 1.02, 0.99, 1.15});
  EXPECT_THAT(Warnings(), IsEmpty());
  test.rows[0].repetition = 3;
  test.rows[3].repetition = 0;
  EXPECT_THAT(Warnings(),
              ElementsAre("first repetition 13 % slower than any other"));
}

TEST_F(NoisyTest, AFirstRepetitionWithinTheOthersRangeIsNoise) {
  test.Ok({2, 1}, {1.30, 1.15, 0.95, 1.14, 1.16});
  EXPECT_THAT(Warnings(), ElementsAre("spread ±15 %"));
  test.rows.clear();
  test.Ok({2, 1}, {1.15, 1.0});  // one other has no range
  EXPECT_THAT(Warnings(), IsEmpty());
}

TEST_F(NoisyTest, Throttled) {
  test.Ok({2, 1}, {1, 1, 1}, [](Row& row) {
    row.iterations = 4;
    row.throttled_s = 0.01;
  });
  EXPECT_THAT(Warnings(), ElementsAre("throttled for 120 ms"));
}

TEST_F(NoisyTest, StealAndOthersOfTheCoresThatItUses) {
  const auto taken = [](double foreign_s) {
    return [=](Row& row) {
      row.steal_s = 0.04;
      row.foreign_cpu_s = foreign_s;
    };
  };
  // 1 of the 2 cores is free: what is more than a core is taken from it.
  test.Ok({1, 1}, {1, 1, 1}, taken(1.12));
  EXPECT_THAT(Warnings(),
              ElementsAre("steal 4.0 % of its CPU time",
                          "other programs took 12 % of its CPU time"));
  test.rows.clear();
  test.Ok({4, 4}, {1, 1, 1}, taken(0.12));  // two cores, not sixteen
  EXPECT_THAT(Warnings(),
              ElementsAre("steal 2.0 % of its CPU time",
                          "other programs took 6.0 % of its CPU time"));
}

TEST_F(NoisyTest, CoresThatWereSlowedDown) {
  const auto speed = [](Row& row) { row.speed_fraction = 0.6; };
  test.Ok({2, 1}, {1, 1, 1}, speed);
  EXPECT_THAT(Warnings(), ElementsAre("cores down to 60 % of their speed"));
  test.rows.clear();
  test.Ok({1, 1}, {1, 1, 1}, speed);  // the other core is free
  EXPECT_THAT(Warnings(), IsEmpty());
}

TEST_F(NoisyTest, ErrorsAndCappedTimesHaveNoSpread) {
  test.Ok({2, 2}, {1});
  test.Capped({2, 2}, 10, 1);
  test.Error({2, 2}, "died");
  EXPECT_THAT(Warnings(), IsEmpty());
}

}  // namespace
}  // namespace hybrid
