#include "measure/resume_standings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::size_t kRepetitions = 3;

Row Measured(std::uint64_t n) {
  Row row;
  row.n = n;
  row.workers = 2;
  row.status = Status::kOk;
  return row;
}

Wanted Want(const Row& key) { return {"name", key, kRepetitions, false}; }

/// Rows of `key` with these numbers.
void Add(std::vector<Row>& rows, Row key,
         std::initializer_list<std::uint64_t> repetitions,
         std::uint64_t attempt = 0) {
  key.attempt = attempt;
  for (const std::uint64_t repetition : repetitions) {
    key.repetition = repetition;
    rows.push_back(key);
  }
}

std::vector<bool> Done(const Standings& standings) {
  std::vector<bool> done;
  for (const Standing& standing : standings.of_wanted)
    done.push_back(standing.done);
  return done;
}

TEST(ResumeStandingsTest, NothingThereNothingDone) {
  const Standings standings = FindStandings({}, std::vector{Want(Measured(1))});
  EXPECT_THAT(Done(standings), ElementsAre(false));
  EXPECT_EQ(standings.kept_rows, 0U);
}

TEST(ResumeStandingsTest, TheLastOneIsCutOffIfItLacksARepetition) {
  const std::vector wanted{Want(Measured(1)), Want(Measured(2)),
                           Want(Measured(3))};
  std::vector<Row> rows;
  Add(rows, Measured(1), {0, 1, 2});
  Add(rows, Measured(2), {0, 1});
  const Standings standings = FindStandings(rows, wanted);
  EXPECT_THAT(Done(standings), ElementsAre(true, false, false));
  EXPECT_EQ(standings.kept_rows, 3U);
  EXPECT_EQ(standings.of_wanted[1].attempt, 0U);
  EXPECT_THAT(standings.notes, IsEmpty());
  Add(rows, Measured(2), {2});
  EXPECT_THAT(Done(FindStandings(rows, wanted)),
              ElementsAre(true, true, false));
  EXPECT_EQ(FindStandings(rows, wanted).kept_rows, 6U);
}

TEST(ResumeStandingsTest, EveryColumnOfTheKeyCounts) {
  std::vector<Row> rows;
  Add(rows, Measured(1), {0, 1, 2});
  void (*const changes[])(Row&) = {
      [](Row& row) { row.family = Family::kTutorial; },
      [](Row& row) { row.variant = "serial"; },
      [](Row& row) { row.operation = "none"; },
      [](Row& row) { row.data = Data::kHot; },
      [](Row& row) { row.collect = Collect::kShared; },
      [](Row& row) { row.n = 2; },
      [](Row& row) { row.batch = 2; },
      [](Row& row) { row.workers = 1; },
      [](Row& row) { row.blas_threads = 2; },
      [](Row& row) { row.kernels_asked = "skx"; },
      [](Row& row) { row.pin = Pin::kNone; },
      [](Row& row) { row.seed = 2; }};
  for (const auto change : changes) {
    Row key = Measured(1);
    change(key);
    const Standings standings = FindStandings(rows, std::vector{Want(key)});
    EXPECT_THAT(Done(standings), ElementsAre(false));
    // Nobody's rows are cut.
    EXPECT_EQ(standings.kept_rows, rows.size());
  }
}

TEST(ResumeStandingsTest, CapsAndFailuresAreResults) {
  for (const Status status : {Status::kCapped, Status::kError}) {
    std::vector<Row> rows;
    Add(rows, Measured(1), {0, 1});
    rows.back().status = status;
    const Standings standings =
        FindStandings(rows, std::vector{Want(Measured(1))});
    EXPECT_THAT(Done(standings), ElementsAre(true));
    EXPECT_EQ(standings.kept_rows, 2U);
  }
}

/// A launch of a grid.
Row Launched(std::uint64_t n, std::uint64_t round) {
  Row row = Measured(n);
  row.round = round;
  row.repetition = round - 1;
  return row;
}

TEST(ResumeStandingsTest, LaunchesAreGoneOnFromOneByOne) {
  Wanted wanted = Want(Measured(1));
  wanted.repetitions = 3;
  std::vector<Row> rows;
  for (const std::uint64_t round : {1U, 2U, 3U}) {
    const Standings before = FindStandings(rows, std::vector{wanted});
    EXPECT_THAT(Done(before), ElementsAre(false));
    EXPECT_EQ(before.kept_rows, rows.size());
    EXPECT_EQ(before.of_wanted[0].attempt, 0U);
    EXPECT_THAT(before.notes, IsEmpty());
    rows.push_back(Launched(1, round));
  }
  EXPECT_THAT(Done(FindStandings(rows, std::vector{wanted})),
              ElementsAre(true));
}

// In the first round it is hopeless; later its time until then counts.
TEST(ResumeStandingsTest, ALaunchThatWasCappedEndsItInTheFirstRoundOnly) {
  Wanted wanted = Want(Measured(1));
  wanted.repetitions = 3;
  std::vector<Row> rows{Launched(1, 1)};
  rows[0].status = Status::kCapped;
  EXPECT_THAT(Done(FindStandings(rows, std::vector{wanted})),
              ElementsAre(true));
  rows[0].status = Status::kOk;
  rows.push_back(Launched(1, 2));
  rows[1].status = Status::kCapped;
  EXPECT_THAT(Done(FindStandings(rows, std::vector{wanted})),
              ElementsAre(false));
}

TEST(ResumeStandingsTest, WhatWasLeftOutIsNoMeasurement) {
  std::vector<Row> rows{Measured(1)};
  rows[0].status = Status::kSkipped;
  EXPECT_THAT(Done(FindStandings(rows, std::vector{Want(Measured(1))})),
              ElementsAre(false));
}

// bench makes fewer repetitions of them where the user did not say how many.
TEST(ResumeStandingsTest, LongBatchesAreDoneWithThreeRepetitions) {
  Row row = Measured(1);
  std::vector<Row> rows;
  row.wall_s = 6;
  Add(rows, row, {0, 1, 2});
  Wanted wanted = Want(row);
  wanted.repetitions = 7;
  EXPECT_THAT(Done(FindStandings(rows, std::vector{wanted})),
              ElementsAre(false));
  wanted.by_default = true;
  EXPECT_THAT(Done(FindStandings(rows, std::vector{wanted})),
              ElementsAre(true));
  for (Row& one : rows) one.wall_s = 4;
  EXPECT_THAT(Done(FindStandings(rows, std::vector{wanted})),
              ElementsAre(false));
}

TEST(ResumeStandingsTest, AnEarlierOneGetsAnotherAttempt) {
  std::vector<Row> rows;
  Add(rows, Measured(1), {0, 2});
  Add(rows, Measured(2), {0, 1, 2});
  const std::vector wanted{Want(Measured(1)), Want(Measured(2))};
  const Standings standings = FindStandings(rows, wanted);
  EXPECT_THAT(Done(standings), ElementsAre(false, true));
  EXPECT_EQ(standings.kept_rows, rows.size());
  EXPECT_EQ(standings.of_wanted[0].attempt, 1U);
  EXPECT_THAT(standings.notes, ElementsAre(HasSubstr("attempt 2")));
  Add(rows, Measured(1), {0, 1, 2}, 1);
  EXPECT_THAT(Done(FindStandings(rows, wanted)), ElementsAre(true, true));
}

TEST(ResumeStandingsTest, ARepetitionTwiceIsNotTwo) {
  std::vector<Row> rows;
  Add(rows, Measured(1), {0, 1, 1});
  EXPECT_THAT(Done(FindStandings(rows, std::vector{Want(Measured(1))})),
              ElementsAre(false));
}

TEST(ResumeStandingsTest,
     AnotherAttemptThatIsNotWholeGoesAndTheOneBeforeCounts) {
  std::vector<Row> rows;
  Add(rows, Measured(1), {0, 1, 2});
  Add(rows, Measured(1), {0, 1}, 1);
  const Standings standings =
      FindStandings(rows, std::vector{Want(Measured(1))});
  EXPECT_THAT(Done(standings), ElementsAre(true));
  EXPECT_EQ(standings.kept_rows, 3U);
}

TEST(ResumeStandingsTest, RowsThatAreNotWantedStay) {
  std::vector<Row> rows;
  Add(rows, Measured(1), {0, 1, 2});
  Add(rows, Measured(9), {0});
  const Standings standings =
      FindStandings(rows, std::vector{Want(Measured(1))});
  EXPECT_THAT(Done(standings), ElementsAre(true));
  EXPECT_EQ(standings.kept_rows, 4U);
}

}  // namespace
}  // namespace hybrid
