#include "statistics/segments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Values = std::vector<double>;

TEST(RobustScatterTest, IsNotMovedByAStepOrAnOutlier) {
  EXPECT_EQ(RobustScatter(Values{}), 0);
  EXPECT_EQ(RobustScatter(Values{3}), 0);
  // All neighbours are 1 apart: 1.4826 / √2.
  EXPECT_NEAR(RobustScatter(Values{0, 1, 0, 1, 0, 1, 0}), 1.048, 0.001);
  EXPECT_NEAR(RobustScatter(Values{0, 1, 0, 1, 90, 91, 90}), 1.048, 0.001);
  EXPECT_NEAR(RobustScatter(Values{0, 1, 0, 99, 0, 1, 0}), 1.048, 0.001);
}

TEST(FindOutliersTest, FindsASingleValueThatStandsApart) {
  EXPECT_THAT(FindOutliers(Values{0, 0, 0, 5, 0, 0, 0}, 1), ElementsAre(3));
  EXPECT_THAT(FindOutliers(Values{0, -5, 0, 0, 0, 0, 0, 0, 5, 0}, 1),
              ElementsAre(1, 8));
  EXPECT_THAT(FindOutliers(Values{0, 0, 0, 0.9, 0, 0, 0}, 1), IsEmpty());
}

TEST(FindOutliersTest, ALevelIsNone) {
  EXPECT_THAT(FindOutliers(Values{0, 0, 0, 5, 5, 5}, 1), IsEmpty());
  EXPECT_THAT(FindOutliers(Values{0, 0, 0, 5, 5, 0, 0, 0}, 1), IsEmpty());
  EXPECT_THAT(FindOutliers(Values{5, 0, 0, 0, 5}, 1), IsEmpty());
  EXPECT_THAT(FindOutliers(Values{}, 1), IsEmpty());
}

TEST(SegmentationsTest, CutsWhereLevelsChange) {
  const Values values = {0, 0.1, 0, 0.1, 5, 5.1, 5, 9, 9.1, 9, 9.1};
  const Segmentations segmentations(values);
  EXPECT_GE(segmentations.most_cuts(), 2U);
  EXPECT_THAT(segmentations.Cuts(0), IsEmpty());
  EXPECT_THAT(segmentations.Cuts(1), ElementsAre(4));
  EXPECT_THAT(segmentations.Cuts(2), ElementsAre(4, 7));
}

TEST(SegmentationsTest, FindsALevelThatComesAndGoes) {
  const Segmentations segmentations(Values{0, 1, 0, 1, 0, 9, 8, 9, 0, 1, 0, 1});
  EXPECT_THAT(segmentations.Cuts(2), ElementsAre(5, 8));
}

TEST(SegmentationsTest, SegmentsHaveTwoValuesAtLeast) {
  const Segmentations segmentations(Values{0, 0, 0, 0, 0, 9});
  for (std::size_t k = 0; k <= segmentations.most_cuts(); ++k) {
    for (const std::size_t cut : segmentations.Cuts(k)) {
      EXPECT_GE(cut, 2U);
      EXPECT_LE(cut, 4U);
    }
  }
  EXPECT_EQ(Segmentations(Values{}).most_cuts(), 0U);
  EXPECT_EQ(Segmentations(Values{0, 0, 9}).most_cuts(), 0U);
}

TEST(CutPValuesTest, IsStudentsTest) {
  // t = √10 with 4 degrees of freedom, of which the distribution is known in
  // closed form.
  EXPECT_THAT(CutPValues(Values{1, 2, 3, 4, 5, 7}, std::vector<std::size_t>{3}),
              ElementsAre(::testing::DoubleNear(0.03411, 1e-5)));
  EXPECT_THAT(CutPValues(Values{1, 1, 2, 2}, std::vector<std::size_t>{2}),
              ElementsAre(0));
  EXPECT_THAT(CutPValues(Values{1, 1, 1, 1}, std::vector<std::size_t>{2}),
              ElementsAre(1));
}

}  // namespace
}  // namespace hybrid
