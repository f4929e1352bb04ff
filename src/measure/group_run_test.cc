// Groups of splits with real workers.

#include "measure/group_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analysis/launches.h"
#include "base/test_child.h"
#include "base/test_folder.h"
#include "key/test_keys.h"
#include "machine/sharing_text.h"
#include "measure/test_site.h"

namespace hybrid {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Splits of a small batch, none of them pinned.
std::vector<Key> SplitsOf(std::uint64_t batch,
                          const std::vector<std::uint64_t>& workers) {
  std::vector<Key> keys;
  for (const std::uint64_t count : workers) {
    Key key = GemmKey(32, batch, count);
    key.pin = Pin::kNone;
    keys.push_back(std::move(key));
  }
  return keys;
}

std::optional<double> NoLimit() { return std::nullopt; }

class GroupRunTest : public ::testing::Test {
 protected:
  /// Measures `keys` and keeps the rows in the order in which they were told.
  GroupRun Measured(
      std::vector<Key> keys, const GroupPlan& plan,
      const std::vector<Row>& known = {},
      const std::function<std::optional<double>()>& left_s = &NoLimit) {
    GroupRun run(std::move(keys), plan, known, context_, state_);
    GroupOnlooker onlooker;
    onlooker.on_row = [this](const Row& row) { rows_.push_back(row); };
    onlooker.on_done = [this](const GroupMember& member) {
      done_.push_back(member.key.split());
    };
    run.Measure(onlooker, left_s);
    return run;
  }

  /// The rows of round `round`.
  std::vector<Row> Round(std::uint64_t round) const {
    std::vector<Row> rows = rows_;
    std::erase_if(rows, [&](const Row& row) { return row.round != round; });
    return rows;
  }

  const RunContext context_ = PlainContext(SiteWith(HYBRID_WORKER));
  RunState state_{context_, CapPolicy(std::nullopt)};
  std::vector<Row> rows_;
  std::vector<Split> done_;
  const GroupPlan grid_{.rounds = 3, .launch_s = 0.002};
  /// Long enough for the kernel's ticks to tell what disturbs it.
  const GroupPlan again_{.rounds = 2, .launch_s = 0.3, .rounds_again = 1};
};

TEST_F(GroupRunTest, EachRoundLaunchesEverySplitAnew) {
  const GroupRun run = Measured(SplitsOf(8, {1, 2, 3}), grid_);
  ASSERT_THAT(rows_, SizeIs(9));
  std::set<double> starts;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    EXPECT_EQ(rows_[i].status, Status::kOk) << rows_[i].error;
    EXPECT_EQ(rows_[i].stage, Stage::kGrid);
    EXPECT_EQ(rows_[i].round, i / 3 + 1);
    EXPECT_EQ(rows_[i].repetition, i / 3);
    EXPECT_GT(rows_[i].batch_median_s.value(), 0);
    EXPECT_TRUE(rows_[i].cap_s);
    EXPECT_GT(rows_[i].usable_cpus, 0U);
    EXPECT_EQ(rows_[i].sharing.empty(),
              SharingText(context_.site.machine.topology).empty());
    starts.insert(rows_[i].start_s.value());
  }
  EXPECT_THAT(starts, SizeIs(9));
  for (const std::uint64_t round : {1U, 2U, 3U}) {
    std::set<Split> splits;
    for (const Row& row : Round(round)) splits.insert(row.split());
    EXPECT_THAT(splits, SizeIs(3));
  }
  EXPECT_THAT(done_, SizeIs(3));
  ASSERT_TRUE(run.statement());
  EXPECT_TRUE(run.statement()->chance);
  EXPECT_EQ(run.statement()->rounds, 2U);
  EXPECT_EQ(state_.pools.bad_ends(), 0);
}

// Threads are counted once: that takes its time.
TEST_F(GroupRunTest, ThreadsAreCountedInTheFirstLaunchOfASplit) {
  Measured(SplitsOf(8, {1, 2}), grid_);
  for (const Row& row : rows_) {
    EXPECT_EQ(row.threads_seen.has_value(), row.round == 1);
  }
}

TEST_F(GroupRunTest, TheSameSeedHasTheSameOrder) {
  const auto order = [&](std::uint64_t seed) {
    rows_.clear();
    std::vector<Key> keys = SplitsOf(8, {1, 2, 3, 4, 5});
    for (Key& key : keys) key.seed = seed;
    Measured(keys, {.rounds = 2, .launch_s = 0});
    std::vector<Split> splits;
    for (const Row& row : rows_) splits.push_back(row.split());
    return splits;
  };
  const std::vector<Split> first = order(1);
  EXPECT_EQ(order(1), first);
  EXPECT_NE(order(2), first);
}

TEST_F(GroupRunTest, WhatIsKnownIsNotMeasuredAgain) {
  Measured(SplitsOf(8, {1, 2}), grid_);
  const std::vector<Row> all = rows_;
  for (std::size_t known = 0; known <= all.size(); ++known) {
    rows_.clear();
    Measured(SplitsOf(8, {1, 2}), grid_,
             {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(known)});
    ASSERT_THAT(rows_, SizeIs(all.size() - known));
    for (std::size_t i = known; i < all.size(); ++i) {
      EXPECT_EQ(ToLaunch(rows_[i - known]).id, ToLaunch(all[i]).id);
    }
  }
}

TEST_F(GroupRunTest, WhatIsHopelessIsLaunchedOnce) {
  std::vector<Key> keys = SplitsOf(100000, {1, 2});
  for (Key& key : keys) key.n = 200;
  const GroupPlan plan{.rounds = 3, .cap_s = 0.03};
  const GroupRun run = Measured(keys, plan);
  ASSERT_THAT(rows_, SizeIs(2));
  EXPECT_THAT(rows_, Each(Field(&Row::status, Status::kCapped)));
  EXPECT_THAT(run.member(keys[0]).ending, HasSubstr("capped: "));
  EXPECT_FALSE(run.statement()->best);
}

TEST_F(GroupRunTest, ASearchLaunchesFewerAndSaysSo) {
  const GroupPlan plan{
      .is_search = true, .rounds = kMostRounds, .launch_s = 0.002};
  const GroupRun run = Measured(SplitsOf(8, {1, 2, 3, 4, 5, 6, 7, 8, 9}), plan);
  std::map<Stage, std::size_t> stages;
  for (const Row& row : rows_) {
    ++stages[row.stage];
    if (row.stage != Stage::kBound) continue;
    EXPECT_EQ(row.workers, 1U);
    EXPECT_GT(row.tasks_done.value(), 0U);
  }
  EXPECT_EQ(stages[Stage::kBound], kBoundLaunches);
  EXPECT_GT(stages[Stage::kScreen], 0U);
  EXPECT_EQ(stages[Stage::kGrid], 0U);
  // All nine are screened, or were left out for their bounds.
  std::set<Split> screened;
  std::set<Split> skipped;
  for (const Row& row : rows_) {
    if (row.stage != Stage::kScreen) continue;
    (row.status == Status::kSkipped ? skipped : screened).insert(row.split());
    if (row.status != Status::kSkipped) continue;
    EXPECT_TRUE(row.bound_s);
    EXPECT_FALSE(row.wall_s);
  }
  EXPECT_EQ(screened.size() + skipped.size(), 9U);
  ASSERT_TRUE(run.statement());
  EXPECT_TRUE(run.statement()->best);
}

TEST_F(GroupRunTest, WithoutTimeTheRestIsSaidNotToHaveRun) {
  int launches = 0;
  const auto left_s = [&] { return std::optional(launches++ < 2 ? 1.0 : 0.0); };
  const GroupRun run = Measured(SplitsOf(8, {1, 2, 3, 4}), grid_, {}, left_s);
  ASSERT_THAT(rows_, SizeIs(4));
  EXPECT_EQ(rows_[0].status, Status::kOk);
  EXPECT_EQ(rows_[1].status, Status::kOk);
  for (const std::size_t i : {2U, 3U}) {
    EXPECT_EQ(rows_[i].status, Status::kSkipped);
    EXPECT_FALSE(rows_[i].bound_s);
  }
  EXPECT_FALSE(run.statement()->chance);
  EXPECT_THAT(done_, SizeIs(4));
  // With more time it goes on.
  const std::vector<Row> known = rows_;
  rows_.clear();
  Measured(SplitsOf(8, {1, 2, 3, 4}), grid_, known);
  EXPECT_THAT(rows_, SizeIs(10));
}

// Other programs are at work all along: the first round is measured again, and
// what stands in its place is as complete as what it repeats.
TEST_F(GroupRunTest, ADisturbedRoundIsMeasuredAgainOnce) {
  const BusyLoops load(4);
  const std::vector<Key> keys = SplitsOf(64, {1, 2});
  const GroupRun run = Measured(keys, again_);
  ASSERT_THAT(rows_, SizeIs(6));
  std::vector<std::uint64_t> attempts;
  std::vector<std::uint64_t> rounds;
  for (const Row& row : rows_) {
    attempts.push_back(row.attempt);
    rounds.push_back(row.round);
    EXPECT_EQ(row.threads_seen.has_value(), row.round == 1);
  }
  EXPECT_THAT(rounds, ::testing::ElementsAre(1, 1, 1, 1, 2, 2));
  EXPECT_THAT(attempts, ::testing::ElementsAre(0, 0, 1, 1, 0, 0));
  for (const Row& row : run.member(keys[0]).rows) {
    EXPECT_EQ(row.attempt, row.round == 1 ? 1U : 0U);
  }
}

TEST_F(GroupRunTest, NothingIsMeasuredAgainWithoutTime) {
  const BusyLoops load(4);
  int asked = 0;
  // Two launches and one repeated.
  const auto left_s = [&] { return std::optional(asked++ < 4 ? 1.0 : 0.0); };
  Measured(SplitsOf(64, {1, 2}), again_, {}, left_s);
  EXPECT_LE(rows_.size(), 3U);
}

TEST_F(GroupRunTest, RowsOfWorkersThatLivedOnAreGoneOnFromLikeThem) {
  const std::vector<Key> keys = SplitsOf(8, {1, 2});
  Row row;
  static_cast<Key&>(row) = keys[0];
  row.wall_s = 1;
  const GroupRun run = Measured(keys, grid_, {row});
  EXPECT_TRUE(run.keeps());
  EXPECT_THAT(rows_, IsEmpty());
}

// A launch fails: that costs its split, and no other.
TEST_F(GroupRunTest, AFailureCostsItsSplit) {
  const TestFolder folder;
  RunContext context = PlainContext(SiteWith(HYBRID_WORKER));
  context.site.workers.executable = HYBRID_FAULTY_WORKER;
  context.site.workers.environment.kept.push_back(
      "HYBRID_TEST_FAULT=exit3_mid_batch");
  context.site.workers.environment.kept.push_back("HYBRID_TEST_FAULT_ONCE=" +
                                                  folder.File("once"));
  RunState state(context, CapPolicy(std::nullopt));
  const std::vector<Key> keys = SplitsOf(8, {1, 2, 3});
  GroupRun run(keys, grid_, {}, context, state);
  GroupOnlooker onlooker;
  onlooker.on_row = [this](const Row& row) { rows_.push_back(row); };
  run.Measure(onlooker, &NoLimit);
  ASSERT_FALSE(rows_.empty());
  EXPECT_EQ(rows_[0].status, Status::kError);
  EXPECT_THAT(rows_[0].error, HasSubstr("exited with status 3"));
  EXPECT_THAT(rows_, SizeIs(1 + 2 * 3));
  EXPECT_EQ(run.statement()->Count(SearchOutcome::kFailed), 1U);
  EXPECT_TRUE(run.statement()->best);
}

}  // namespace
}  // namespace hybrid
