#ifndef HYBRID_COMPARE_TEST_COMPARISON_H_
#define HYBRID_COMPARE_TEST_COMPARISON_H_

#include <gtest/gtest.h>

#include "compare/comparison.h"
#include "compare/output_settings.h"
#include "compare/test_results.h"

namespace hybrid {

/// For tests: a comparison of which one configuration failed, one is slower and
/// one is the same.
class ComparedTest : public ::testing::Test {
 protected:
  ComparedTest() {
    TestResults base;
    TestResults now;
    base.Ok(Around(0.01));
    now.Ok(Around(0.0112));
    base.Split(1, 1).Ok(Around(0.02));
    now.Split(1, 1).Ok(Around(0.02));
    base.Split(1, 2).Ok(Around(0.02));
    now.Split(1, 2).Error("a|b <i> `c`, \"d\"\nand @e");
    comparison = CompareResults(base, now);
  }

  Comparison comparison;
  OutputSettings settings{"old.csv", "new.csv"};
};

}  // namespace hybrid

#endif  // HYBRID_COMPARE_TEST_COMPARISON_H_
