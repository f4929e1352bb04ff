#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "measure/resume.h"

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::size_t kRepetitions = 3;

Row Key(std::uint64_t n, std::string family = "Hybrid") {
  Row row;
  row.family = std::move(family);
  row.operation = "gemm";
  row.n = n;
  row.workers = 2;
  row.status = Status::kOk;
  return row;
}

Wanted Want(const Row& key) { return {"name", key, kRepetitions}; }

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

std::vector<bool> Done(const ResumePlan& plan) {
  std::vector<bool> done;
  for (const Standing& standing : plan.standings) done.push_back(standing.done);
  return done;
}

TEST(ResumeTest, NothingThereNothingDone) {
  const ResumePlan plan = PlanResume({}, std::vector{Want(Key(1))});
  EXPECT_THAT(Done(plan), ElementsAre(false));
  EXPECT_EQ(plan.kept_rows, 0U);
}

TEST(ResumeTest, TheLastOneIsCutOffIfItLacksARepetition) {
  const std::vector wanted{Want(Key(1)), Want(Key(2)), Want(Key(3))};
  std::vector<Row> rows;
  Add(rows, Key(1), {0, 1, 2});
  Add(rows, Key(2), {0, 1});
  const ResumePlan plan = PlanResume(rows, wanted);
  EXPECT_THAT(Done(plan), ElementsAre(true, false, false));
  EXPECT_EQ(plan.kept_rows, 3U);
  EXPECT_EQ(plan.standings[1].attempt, 0U);
  EXPECT_THAT(plan.notes, IsEmpty());
  Add(rows, Key(2), {2});
  EXPECT_THAT(Done(PlanResume(rows, wanted)), ElementsAre(true, true, false));
  EXPECT_EQ(PlanResume(rows, wanted).kept_rows, 6U);
}

TEST(ResumeTest, EveryColumnOfTheKeyCounts) {
  std::vector<Row> rows;
  Add(rows, Key(1), {0, 1, 2});
  void (*const changes[])(Row&) = {
      [](Row& row) { row.family = "Tutorial/serial"; },
      [](Row& row) { row.operation = "none"; },
      [](Row& row) { row.data = "hot"; },
      [](Row& row) { row.collect = "shared"; },
      [](Row& row) { row.n = 2; },
      [](Row& row) { row.batch = 2; },
      [](Row& row) { row.workers = 1; },
      [](Row& row) { row.blas_threads = 2; },
      [](Row& row) { row.kernels_asked = "skx"; },
      [](Row& row) { row.pin = "none"; },
      [](Row& row) { row.seed = 2; }};
  for (const auto change : changes) {
    Row key = Key(1);
    change(key);
    const ResumePlan plan = PlanResume(rows, std::vector{Want(key)});
    EXPECT_THAT(Done(plan), ElementsAre(false));
    // Nobody's rows are cut.
    EXPECT_EQ(plan.kept_rows, rows.size());
  }
}

TEST(ResumeTest, CapsAndFailuresAreResults) {
  for (const char* status : {Status::kCapped, Status::kError}) {
    std::vector<Row> rows;
    Add(rows, Key(1), {0, 1});
    rows.back().status = status;
    const ResumePlan plan = PlanResume(rows, std::vector{Want(Key(1))});
    EXPECT_THAT(Done(plan), ElementsAre(true));
    EXPECT_EQ(plan.kept_rows, 2U);
  }
}

TEST(ResumeTest, NoiseHasTwoSidesInEveryRepetition) {
  const std::vector wanted{Want(Key(1, "Noise"))};
  std::vector<Row> rows;
  for (const std::uint64_t repetition : {0U, 1U, 2U}) {
    Add(rows, Key(1, "Noise/A"), {repetition});
    EXPECT_THAT(Done(PlanResume(rows, wanted)), ElementsAre(false));
    EXPECT_EQ(PlanResume(rows, wanted).kept_rows, 0U);
    Add(rows, Key(1, "Noise/B"), {repetition});
  }
  EXPECT_THAT(Done(PlanResume(rows, wanted)), ElementsAre(true));
  rows = {Key(1, "Noise")};
  rows[0].status = Status::kError;
  EXPECT_THAT(Done(PlanResume(rows, wanted)), ElementsAre(true));
}

TEST(ResumeTest, AnEarlierOneGetsAnotherAttempt) {
  std::vector<Row> rows;
  Add(rows, Key(1), {0, 2});
  Add(rows, Key(2), {0, 1, 2});
  const std::vector wanted{Want(Key(1)), Want(Key(2))};
  const ResumePlan plan = PlanResume(rows, wanted);
  EXPECT_THAT(Done(plan), ElementsAre(false, true));
  EXPECT_EQ(plan.kept_rows, rows.size());
  EXPECT_EQ(plan.standings[0].attempt, 1U);
  EXPECT_THAT(plan.notes, ElementsAre(HasSubstr("attempt 2")));
  Add(rows, Key(1), {0, 1, 2}, 1);
  EXPECT_THAT(Done(PlanResume(rows, wanted)), ElementsAre(true, true));
}

TEST(ResumeTest, ARepetitionTwiceIsNotTwo) {
  std::vector<Row> rows;
  Add(rows, Key(1), {0, 1, 1});
  EXPECT_THAT(Done(PlanResume(rows, std::vector{Want(Key(1))})),
              ElementsAre(false));
}

TEST(ResumeTest, AnotherAttemptThatIsNotWholeGoesAndTheOneBeforeCounts) {
  std::vector<Row> rows;
  Add(rows, Key(1), {0, 1, 2});
  Add(rows, Key(1), {0, 1}, 1);
  const ResumePlan plan = PlanResume(rows, std::vector{Want(Key(1))});
  EXPECT_THAT(Done(plan), ElementsAre(true));
  EXPECT_EQ(plan.kept_rows, 3U);
}

TEST(ResumeTest, RowsThatAreNotWantedStay) {
  std::vector<Row> rows;
  Add(rows, Key(1), {0, 1, 2});
  Add(rows, Key(9), {0});
  const ResumePlan plan = PlanResume(rows, std::vector{Want(Key(1))});
  EXPECT_THAT(Done(plan), ElementsAre(true));
  EXPECT_EQ(plan.kept_rows, 4U);
}

}  // namespace
}  // namespace hybrid
