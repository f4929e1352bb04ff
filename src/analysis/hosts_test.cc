#include "analysis/hosts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/answer_json.h"
#include "analysis/answer_text.h"
#include "analysis/screen_text.h"
#include "analysis/test_rows.h"
#include "base/json.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// `workers` × 1 on so many hosts.
Split On(std::uint64_t hosts, std::uint64_t workers = 2) {
  return {workers, 1, Engine::kProcesses, hosts};
}

class HostsTest : public ::testing::Test {
 protected:
  /// A group in which 2×1 takes 1 s on one host, and `times` on each number of
  /// hosts.
  void Group(std::uint64_t batch, double two, double four) {
    test.base.batch = batch;
    const auto around = [&](Split split, double time, const Evident& evidence) {
      test.Ok(split, {time, 1.001 * time, 1.002 * time, 0.999 * time},
              evidence);
    };
    around({1, 1}, 2, Start(0.01));
    around({2, 1}, 1, Start(0.01));
    around(On(2), two, Start(0.3) + HostShares(0.01, 0.001, 5));
    around(On(4), four, Start(0.4) + HostShares(0.02, 0.002, 9));
  }

  std::optional<HostsVerdict> Verdict() const {
    answers_ = FindAnswers(test.rows);
    std::vector<const Answer*> pointers;
    pointers.reserve(answers_.size());
    for (const Answer& answer : answers_) pointers.push_back(&answer);
    return CompareHosts(pointers);
  }

  std::string Text() const { return HostsText(Verdict().value()); }

  TestRows test;

 private:
  mutable std::vector<Answer> answers_;
};

TEST_F(HostsTest, OfOneHostAloneNothingIsSaid) {
  test.Ok({1, 1}, {2, 2.01, 2.02});
  test.Ok({2, 1}, {1, 1.01, 1.02});
  EXPECT_FALSE(Verdict());
  const std::vector<Answer> answers = FindAnswers(test.rows);
  EXPECT_THAT(ScreenText(answers, {}), Not(HasSubstr("HOSTS")));
  EXPECT_THAT(AnswerText(answers), Not(HasSubstr("hosts")));
  EXPECT_EQ(HostsLines(answers.front()), "");
  const Json json = ParseJson(AnswerJson(answers));
  EXPECT_TRUE(json.at("ways").at(0).at("hosts").is_null());
}

TEST_F(HostsTest, ASlowHostIsNamedOnceByItsNewestRow) {
  Group(32, 0.55, 0.4);
  const auto host = [this](const char* name, double peak, const char* time) {
    Row row;
    row.family = Family::kHosts;
    row.variant = name;
    row.host = test.rows.front().host;
    row.time_utc = time;
    row.peak_gflops = peak;
    test.rows.push_back(row);
  };
  host("h0", 60, "2026-01-01T00:00:00Z");
  host("h1", 60, "2026-01-01T00:00:00Z");
  host("h1", 30, "2026-01-02T00:00:00Z");
  EXPECT_THAT(Text(),
              HasSubstr("; slow host h1: peak 30.0 GFLOP/s, the others' "
                        "60.0"));
  EXPECT_THAT(FindAnswers(test.rows), SizeIs(1));
  host("h1", 58, "2026-01-03T00:00:00Z");
  EXPECT_THAT(Text(), Not(HasSubstr("slow host")));
}

TEST_F(HostsTest, NorOfSeveralAlone) {
  test.Ok(On(2), {2, 2.01, 2.02});
  test.Ok(On(4), {1, 1.01, 1.02});
  EXPECT_FALSE(Verdict());
}

TEST_F(HostsTest, TheGainIsOverTheBestOfOneHostAndBelowSomeBatchThereIsNone) {
  Group(8, 1.2, 1.3);
  Group(200, 1.0, 1.0005);
  Group(1000, 0.52, 0.27);
  EXPECT_EQ(Text(),
            "4 hosts × 2×1: 3.7× one host (93 %) in 1 of 3 groups; at batch ≤ "
            "200 one host is enough");
  const HostsVerdict verdict = Verdict().value();
  EXPECT_EQ(verdict.groups, 3U);
  EXPECT_EQ(verdict.enough, 2U);
  ASSERT_THAT(verdict.tallies, SizeIs(1));
  EXPECT_NEAR(verdict.tallies[0].EfficiencyOf(verdict.tallies[0].most),
              1 / 0.27 / 4, 0.01);
}

TEST_F(HostsTest, ABatchAboveALossIsNoBound) {
  Group(8, 0.52, 0.27);
  Group(200, 1.2, 1.3);
  const HostsVerdict verdict = Verdict().value();
  EXPECT_EQ(verdict.enough, 1U);
  EXPECT_THAT(verdict.enough_up_to, SizeIs(0));
  EXPECT_EQ(Text(), "4 hosts × 2×1: 3.7× one host (93 %) in 1 of 2 groups");
}

TEST_F(HostsTest, EachNHasABoundOfItsOwn) {
  Group(8, 1.2, 1.3);
  Group(1000, 0.52, 0.27);
  test.base.n = 64;
  Group(8, 1.2, 1.3);
  Group(200, 1.2, 1.3);
  EXPECT_EQ(Text(),
            "4 hosts × 2×1: 3.7× one host (93 %) in 1 of 4 groups; one host is "
            "enough at n=64; n=256, batch ≤ 8");
}

TEST_F(HostsTest, OneHostMayBeEnoughEverywhere) {
  Group(8, 1.2, 1.3);
  EXPECT_EQ(Text(), "one host is enough");
  Group(16, 1.2, 1.3);
  EXPECT_EQ(Text(), "one host is enough in all 2 groups");
}

TEST_F(HostsTest, HostsThatGainNothingAreNotRecommended) {
  Group(8, 0.9995, 1.3);
  Group(16, 0.9995, 1.3);
  const std::vector<Answer> answers = FindAnswers(test.rows);
  ASSERT_EQ(answers.front().best()->split, On(2));
  EXPECT_EQ(answers.front().recommended()->split, On(1));
  EXPECT_THAT(AnswerText(answers),
              HasSubstr("2×1, which ties with 2 hosts × 2×1 and needs fewer "
                        "hosts"));
  EXPECT_THAT(ScreenText(answers, {}), HasSubstr("ANSWER  2×1 (2 processes"));
}

TEST_F(HostsTest, WhatNoiseHidesIsNotClaimed) {
  test.Ok({1, 1}, {3});
  test.Ok({2, 1}, {2});
  test.Ok(On(4), {1});
  EXPECT_EQ(Text(), "not known whether several beat one");
}

TEST_F(HostsTest, WhatWasStoppedOnOneHostHasNoSpeedUp) {
  test.Capped({1, 1}, 9, 4);
  test.Ok(On(4), {1, 1.01, 1.02});
  EXPECT_EQ(Text(), "not known whether several beat one");
}

TEST_F(HostsTest, TheScreenNamesTheHosts) {
  Group(200, 1.2, 1.3);
  Group(1000, 0.52, 0.27);
  const std::string text = ScreenText(FindAnswers(test.rows), {});
  EXPECT_THAT(
      text, HasSubstr("batch ≥ 1000: 4 hosts × 2×1 (2 processes × 1 BLAS "
                      "thread each), fastest\n        or tied in its group\n"));
  EXPECT_THAT(text, HasSubstr("HOSTS   4 hosts × 2×1: 3.7× one host (93 %) in "
                              "1 of 2 groups; at batch ≤ 200 one\n"
                              "        host is enough\n"));
  EXPECT_THAT(text, HasSubstr("  4 hosts × 2×1 "));
  EXPECT_THAT(text, HasSubstr("; lines of one host"));
}

TEST_F(HostsTest, WhyTellsWhatTheSlowestHostWaitedFor) {
  Group(1000, 0.52, 0.27);
  const std::string text = AnswerText(FindAnswers(test.rows));
  EXPECT_THAT(text, HasSubstr("node: 2 usable cores of each host; splits are "
                              "hosts × workers × BLAS threads"));
  EXPECT_THAT(
      text,
      HasSubstr("  hosts    2 hosts × 2×1  1.92× one host (96 %); the slowest "
                "host: gate 2.60 ms, report 2.60 ms,\n"
                "           starved 520 µs, 5 ranges\n"
                "           4 hosts × 2×1  3.7× one host (93 %); the slowest "
                "host: gate 2.70 ms, report 2.70 ms,\n"
                "           starved 540 µs, 9 ranges\n"));
}

TEST_F(HostsTest, JsonTellsTheSame) {
  Group(200, 1.2, 1.3);
  Group(1000, 0.52, 0.27);
  const Json json = ParseJson(AnswerJson(FindAnswers(test.rows)));
  const Json& way = json.at("ways").at(0);
  const Json& hosts = way.at("hosts");
  EXPECT_EQ(hosts.at("groups"), 2);
  EXPECT_EQ(hosts.at("one_is_enough_in"), 1);
  EXPECT_EQ(hosts.at("over_one").at(0).at("hosts"), 4);
  EXPECT_NEAR(
      hosts.at("over_one").at(0).at("most_efficiency").to_number<double>(),
      1 / 0.27 / 4, 0.01);
  EXPECT_EQ(hosts.at("one_is_enough_up_to").at(0).at("batch"), 200);
  EXPECT_EQ(way.at("rules").at(1).at("hosts"), 4);
  const Json& best = way.at("groups").at(1).at("splits").at(0);
  EXPECT_EQ(best.at("hosts"), 4);
  EXPECT_EQ(best.at("slowest_host").at("ranges").to_number<double>(), 9);
  const Json& last = way.at("groups").at(1).at("splits").at(3);
  EXPECT_EQ(last.at("hosts"), 1);
  EXPECT_TRUE(last.at("slowest_host").is_null());
}

}  // namespace
}  // namespace hybrid
