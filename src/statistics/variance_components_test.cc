#include "statistics/variance_components.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "statistics/bootstrap.h"

namespace hybrid {
namespace {

/// Runs of which these are the logarithms.
Runs ExpOf(Runs runs) {
  for (std::vector<double>& run : runs) {
    for (double& value : run) value = std::exp(value);
  }
  return runs;
}

VarianceComponents ComponentsOf(const Runs& runs) {
  return FindVarianceComponents(std::array{runs});
}

// Calcium in turnip leaves, four determinations of each of four: G. W. Snedecor
// and W. G. Cochran, "Statistical Methods", whose analysis has mean squares of
// 0.2961 and 0.0066, and so 0.0724 between the leaves.
TEST(VarianceComponentsTest, OfAPublishedExample) {
  const VarianceComponents components =
      ComponentsOf(ExpOf({{3.28, 3.09, 3.03, 3.03},
                          {3.52, 3.48, 3.38, 3.38},
                          {2.88, 2.80, 2.81, 2.76},
                          {3.34, 3.38, 3.23, 3.26}}));
  EXPECT_EQ(components.runs, 4U);
  EXPECT_EQ(components.samples, 16U);
  EXPECT_NEAR(std::pow(*components.within_runs, 2), 0.0066, 0.00005);
  EXPECT_NEAR(std::pow(*components.between_runs, 2), 0.0724, 0.00005);
  EXPECT_FALSE(components.undivided);
}

// By hand: means 1 and 4 about 2.2, squares between 3·1.2² + 2·1.8² = 10.8, and
// within 2 of 3 degrees; the weight is 5 - 13/5 = 2.4.
TEST(VarianceComponentsTest, OfUnequalRuns) {
  const VarianceComponents components =
      ComponentsOf(ExpOf({{0, 1, 2}, {4, 4}}));
  EXPECT_NEAR(std::pow(*components.within_runs, 2), 2.0 / 3, 1e-12);
  EXPECT_NEAR(std::pow(*components.between_runs, 2), (10.8 - 2.0 / 3) / 2.4,
              1e-12);
}

TEST(VarianceComponentsTest, SidesAreEachAboutTheirOwnMean) {
  const Runs one = ExpOf({{0, 1, 2}, {4, 4}});
  const Runs other = ExpOf({{100, 101, 102}, {104, 104}});
  const VarianceComponents both =
      FindVarianceComponents(std::array{one, other});
  EXPECT_EQ(both.runs, 4U);
  EXPECT_EQ(both.samples, 10U);
  EXPECT_NEAR(*both.within_runs, *ComponentsOf(one).within_runs, 1e-9);
  EXPECT_NEAR(*both.between_runs, *ComponentsOf(one).between_runs, 1e-9);
}

TEST(VarianceComponentsTest, RunsThatDifferByLessThanChanceDoNotDiffer) {
  const VarianceComponents components =
      ComponentsOf(ExpOf({{0, 1, 2}, {0, 1, 2}}));
  EXPECT_EQ(components.between_runs, 0);
  EXPECT_GT(*components.within_runs, 0.9);
}

TEST(VarianceComponentsTest, WhatCanNotBeToldIsMissing) {
  const VarianceComponents one_run = ComponentsOf(ExpOf({{0, 1, 2}}));
  EXPECT_FALSE(one_run.between_runs);
  EXPECT_DOUBLE_EQ(*one_run.within_runs, 1);
  EXPECT_FALSE(one_run.ErrorOfMean(1, 3));

  const VarianceComponents single = ComponentsOf(ExpOf({{0}, {1}, {2}}));
  EXPECT_FALSE(single.between_runs);
  EXPECT_FALSE(single.within_runs);
  EXPECT_DOUBLE_EQ(*single.undivided, 1);

  for (const Runs& runs : {Runs{}, Runs{{1}}}) {
    const VarianceComponents nothing = ComponentsOf(runs);
    EXPECT_FALSE(nothing.between_runs || nothing.within_runs ||
                 nothing.undivided);
  }
}

TEST(VarianceComponentsTest, MoreRunsNarrowBothPartsMoreSamplesOne) {
  VarianceComponents components;
  components.between_runs = 0.3;
  components.within_runs = 0.4;
  EXPECT_DOUBLE_EQ(*components.ErrorOfMean(1, 1), 0.5);
  EXPECT_DOUBLE_EQ(*components.ErrorOfMean(4, 1), 0.25);
  EXPECT_NEAR(*components.ErrorOfMean(1, 1e9), 0.3, 1e-6);
}

}  // namespace
}  // namespace hybrid
