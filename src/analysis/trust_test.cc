#include "analysis/trust.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "analysis/noise_floor.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TrustTest : public ::testing::Test {
 protected:
  TrustVerdict Judge() { return JudgeTrust(FindAnswers(test.rows)); }

  /// An A/A measurement whose sides scatter by `share`.
  void Noise(double share) {
    const Row before = test.base;
    test.base.family = Family::kNoise;
    for (const std::string_view side : {kNoiseA, kNoiseB}) {
      test.base.variant = side;
      const double high = side == kNoiseA ? 1 + share : 1;
      test.Ok({1, 1}, {1, high, 1, high, 1, high, 1});
    }
    test.base = before;
  }

  /// Rows of `split` that other programs disturbed.
  void Disturbed(Split split, double time) {
    test.Ok(split, {time, time, time, time}, [](Row& row) {
      row.cpu_s = *row.wall_s;
      row.steal_s = 0.5 * *row.wall_s;
    });
  }

  TestRows test;
};

TEST_F(TrustTest, GoodWhereTheNoiseIsSmall) {
  test.Ok({1, 1}, {2, 2.01, 2.02});
  test.Ok({2, 1}, {1, 1.01, 1.02});
  Noise(0.01);
  const TrustVerdict verdict = Judge();
  EXPECT_EQ(verdict.trust, Trust::kGood) << verdict.reason;
  EXPECT_THAT(verdict.reason, HasSubstr("noise floor "));
}

TEST_F(TrustTest, NamesResultsThatNobodyVerified) {
  test.base.operation = kCommandOperation;
  test.base.protocol = "auto";
  test.base.verified_by = kVerifiedByNobody;
  test.Ok({1, 1}, {2, 2.01, 2.02});
  test.Ok({2, 1}, {1, 1.01, 1.02});
  Noise(0.01);
  EXPECT_EQ(Judge().trust, Trust::kGood);
  EXPECT_THAT(Judge().reason,
              HasSubstr("; nobody verified the results: give hybridbench.run "
                        "a verify"));
  for (Row& row : test.rows) row.protocol = "once";
  EXPECT_TRUE(Judge().reason.ends_with("; nobody verified the results"));
  // Some of them are too few.
  test.rows.front().verified_by = kVerifiedByProgram;
  EXPECT_THAT(Judge().reason, HasSubstr("nobody verified"));
  for (const auto by : {kVerifiedByProgram, std::string_view()}) {
    for (Row& row : test.rows) row.verified_by = by;
    EXPECT_THAT(Judge().reason, Not(HasSubstr("verified")));
  }
}

TEST_F(TrustTest, FairWhereTheNoiseIsMuchOrUnknown) {
  test.Ok({1, 1}, {2, 2.01, 2.02});
  test.Ok({2, 1}, {1, 1.01, 1.02});
  EXPECT_EQ(Judge().trust, Trust::kFair);
  EXPECT_THAT(Judge().reason, HasSubstr("not measured"));
  Noise(0.2);
  EXPECT_EQ(Judge().trust, Trust::kFair);
  EXPECT_THAT(Judge().reason, HasSubstr("noise floor 2"));
}

TEST_F(TrustTest, FairWhereSplitsRanTooSeldom) {
  test.Ok({1, 1}, {2, 2.01});
  test.Ok({2, 1}, {1, 1.01});
  Noise(0.01);
  EXPECT_EQ(Judge().trust, Trust::kFair);
  EXPECT_THAT(Judge().reason, HasSubstr("fewer than 3 times"));
}

TEST_F(TrustTest, NoneWhereADisturbedSplitMayBeTheFastest) {
  for (const std::uint64_t workers : {1U, 2U, 3U, 4U}) {
    test.Ok({workers, 2}, {2, 2.01, 2.02});
  }
  Disturbed({2, 1}, 1);
  Noise(0.01);
  const TrustVerdict verdict = Judge();
  EXPECT_EQ(verdict.trust, Trust::kNone);
  EXPECT_THAT(verdict.reason, HasSubstr("2×1 may be the fastest at n=256"));
}

TEST_F(TrustTest, FairWhereItMayBeSoInFewOfSeveralGroups) {
  for (const std::uint64_t n : {64U, 128U, 512U}) {
    test.base.n = n;
    test.Ok({1, 1}, {2, 2.01, 2.02});
    test.Ok({2, 1}, {1, 1.01, 1.02});
  }
  test.base.n = 256;
  for (const std::uint64_t workers : {1U, 2U, 3U, 4U}) {
    test.Ok({workers, 2}, {2, 2.01, 2.02});
  }
  Disturbed({2, 1}, 1);
  Noise(0.01);
  EXPECT_EQ(Judge().trust, Trust::kFair);
  EXPECT_THAT(Judge().reason, HasSubstr("2×1 may be the fastest at n=256"));
}

TEST_F(TrustTest, ADisturbedSplitThatWasNeverFastHarmsNothing) {
  for (const std::uint64_t workers : {1U, 2U, 3U, 4U}) {
    test.Ok({workers, 2}, {2, 2.01, 2.02});
  }
  Disturbed({2, 1}, 9);
  Noise(0.01);
  EXPECT_EQ(Judge().trust, Trust::kGood) << Judge().reason;
}

TEST_F(TrustTest, WhatIsDisturbedOfALibraryThatLosesHarmsNothing) {
  test.Ok({1, 1}, {2, 2.01, 2.02});
  test.Ok({2, 1}, {1, 1.01, 1.02});
  Noise(0.01);
  test.base.blas = "netlib";
  test.Ok({2, 1}, {10, 10.1, 10.2});
  Disturbed({1, 1}, 9);
  EXPECT_EQ(Judge().trust, Trust::kGood) << Judge().reason;
  // What may be faster than all others does.
  Disturbed({4, 1}, 0.9);
  EXPECT_EQ(Judge().trust, Trust::kNone);
  EXPECT_THAT(Judge().reason,
              HasSubstr("4×1 may be the fastest at netlib, n=256"));
}

TEST_F(TrustTest, NoneWhereManyWereDisturbed) {
  test.Ok({1, 1}, {2, 2.01, 2.02});
  test.Ok({2, 1}, {1, 1.01, 1.02});
  Disturbed({1, 2}, 9);
  Disturbed({2, 2}, 9);
  Noise(0.01);
  const TrustVerdict verdict = Judge();
  EXPECT_EQ(verdict.trust, Trust::kNone);
  EXPECT_THAT(verdict.reason,
              HasSubstr("2 of 4 configurations were disturbed ("));
}

TEST_F(TrustTest, NoneOfNothingDone) {
  test.Error({1, 1}, "it broke");
  EXPECT_EQ(Judge().trust, Trust::kNone);
}

}  // namespace
}  // namespace hybrid
