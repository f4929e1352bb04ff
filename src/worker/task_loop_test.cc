#include "worker/task_loop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/clock.h"

namespace hybrid {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// Hands out as much as asked for, and remembers what that was.
class FakeSource : public TaskSource {
 public:
  explicit FakeSource(std::uint64_t tasks) : tasks_(tasks) {}

  TaskRange Claim(std::uint64_t max) override {
    asked_.push_back(max);
    const std::uint64_t count = std::min({max, most_at_once_, tasks_ - next_});
    next_ += count;
    return {.first = next_ - count, .count = count};
  }

  void set_most_at_once(std::uint64_t most) { most_at_once_ = most; }
  const std::vector<std::uint64_t>& asked() const { return asked_; }

 private:
  std::uint64_t tasks_;
  std::uint64_t next_ = 0;
  std::uint64_t most_at_once_ = std::numeric_limits<std::uint64_t>::max();
  std::vector<std::uint64_t> asked_;
};

void Work(std::int64_t ns) {
  const std::int64_t end_ns = NowNs() + ns;
  while (NowNs() < end_ns) {
  }
}

class FakeRunner : public TaskRunner {
 public:
  FakeRunner(bool loads, std::uint64_t max_chunk)
      : loads_(loads), max_chunk_(max_chunk) {}

  void Prepare(TaskSource&) override {}
  bool loads() const override { return loads_; }
  std::uint64_t max_chunk() const override { return max_chunk_; }
  void Load(const TaskRange& tasks) override {
    loaded_.push_back(tasks);
    Work(load_ns_);
  }
  void Operate(const TaskRange& tasks) override {
    operated_.push_back(tasks);
    Work(operate_ns_);
  }
  VerifyReport Verify() override { return {}; }
  ProductNumbers last_product() override { return {}; }

  void set_work(std::int64_t load_ns, std::int64_t operate_ns) {
    load_ns_ = load_ns;
    operate_ns_ = operate_ns;
  }
  const std::vector<TaskRange>& loaded() const { return loaded_; }
  const std::vector<TaskRange>& operated() const { return operated_; }

 private:
  bool loads_;
  std::uint64_t max_chunk_;
  std::int64_t load_ns_ = 0;
  std::int64_t operate_ns_ = 0;
  std::vector<TaskRange> loaded_;
  std::vector<TaskRange> operated_;
};

TEST(TaskLoopTest, OperatesOnEveryTaskInItsOrder) {
  LatencyHistogram latencies;
  FakeSource source(1000);
  FakeRunner runner(false, 7);
  const BatchReport report = RunTasks(source, runner, kNever, latencies);
  EXPECT_EQ(report.tasks, 1000U);
  EXPECT_TRUE(runner.loaded().empty());
  std::uint64_t next = 0;
  for (const TaskRange& tasks : runner.operated()) {
    ASSERT_EQ(tasks.first, next);
    next += tasks.count;
  }
  EXPECT_EQ(next, 1000U);
}

TEST(TaskLoopTest, LoadsEachChunkBeforeItOperatesOnIt) {
  LatencyHistogram latencies;
  FakeSource source(1000);
  FakeRunner runner(true, 7);
  const BatchReport report = RunTasks(source, runner, kNever, latencies);
  EXPECT_EQ(report.tasks, 1000U);
  EXPECT_EQ(runner.loaded(), runner.operated());
}

TEST(TaskLoopTest, ChunksGrowForShortTasksUpToTheMost) {
  LatencyHistogram latencies;
  FakeSource source(1'000'000);
  FakeRunner runner(false, 64);
  RunTasks(source, runner, kNever, latencies);
  std::uint64_t last = 1;
  EXPECT_EQ(source.asked().front(), 1U);
  for (const std::uint64_t max : source.asked()) {
    // It may stay: another process came between.
    ASSERT_TRUE(max == last || max == std::min<std::uint64_t>(2 * last, 64));
    last = max;
  }
  EXPECT_EQ(last, 64U);
}

TEST(TaskLoopTest, LongTasksAreClaimedOneByOne) {
  LatencyHistogram latencies;
  FakeSource source(20);
  FakeRunner runner(false, 64);
  runner.set_work(0, 25000);
  RunTasks(source, runner, kNever, latencies);
  for (const std::uint64_t max : source.asked()) EXPECT_EQ(max, 1U);
}

TEST(TaskLoopTest, ChunksDoNotGrowWhereTheSourceGivesLess) {
  LatencyHistogram latencies;
  FakeSource source(1000);
  source.set_most_at_once(4);
  FakeRunner runner(false, 64);
  RunTasks(source, runner, kNever, latencies);
  // Growth needs a full chunk: 8 were asked for, and 4 came.
  EXPECT_LE(*std::max_element(source.asked().begin(), source.asked().end()),
            8U);
}

TEST(TaskLoopTest, TasksThatLoadComeInChunksOfTheMemoryThereIs) {
  LatencyHistogram latencies;
  FakeSource source(100);
  FakeRunner runner(true, 6);
  RunTasks(source, runner, kNever, latencies);
  for (const std::uint64_t max : source.asked()) EXPECT_EQ(max, 6U);
  for (const TaskRange& tasks : runner.loaded()) EXPECT_LE(tasks.count, 6U);
}

TEST(TaskLoopTest, PhasesSumUpToTheWholeTime) {
  LatencyHistogram latencies;
  for (const bool loads : {false, true}) {
    FakeSource source(50);
    FakeRunner runner(loads, 3);
    runner.set_work(2000, 3000);
    const std::int64_t before_ns = NowNs();
    const BatchReport report = RunTasks(source, runner, kNever, latencies);
    EXPECT_LE(before_ns, report.begin_ns);
    EXPECT_LE(report.finish_ns, NowNs());
    EXPECT_EQ(report.load_ns + report.operate_ns,
              report.finish_ns - report.begin_ns);
    const auto chunks = static_cast<std::int64_t>(runner.operated().size());
    EXPECT_GE(report.load_ns, loads ? 2000 * chunks : 0);
    EXPECT_EQ(report.load_ns > 0, loads);
    EXPECT_GE(report.operate_ns, 3000 * chunks);
  }
}

TEST(TaskLoopTest, PassedDeadlineAllowsOneClaim) {
  LatencyHistogram latencies;
  for (const bool loads : {false, true}) {
    FakeSource source(100);
    FakeRunner runner(loads, 5);
    const BatchReport report = RunTasks(source, runner, 0, latencies);
    EXPECT_EQ(source.asked().size(), 1U);
    EXPECT_EQ(report.tasks, loads ? 5U : 1U);
  }
}

TEST(TaskLoopTest, DeadlineEndsWhatHasNoEnd) {
  LatencyHistogram latencies;
  FakeSource source(std::numeric_limits<std::uint64_t>::max());
  FakeRunner runner(false, 64);
  runner.set_work(0, 10000);
  const std::int64_t deadline_ns = NowNs() + 2'000'000;
  const BatchReport report = RunTasks(source, runner, deadline_ns, latencies);
  EXPECT_GE(report.finish_ns, deadline_ns);
  EXPECT_GT(report.tasks, 0U);
  EXPECT_EQ(runner.operated().back().first + runner.operated().back().count,
            report.tasks);
}

TEST(TaskLoopTest, NothingToDoIsNoTask) {
  LatencyHistogram latencies;
  FakeSource source(0);
  FakeRunner runner(true, 5);
  const BatchReport report = RunTasks(source, runner, kNever, latencies);
  EXPECT_EQ(report.tasks, 0U);
  EXPECT_EQ(report.load_ns, 0);
  EXPECT_EQ(report.operate_ns, 0);
  EXPECT_EQ(report.begin_ns, report.finish_ns);
}

}  // namespace
}  // namespace hybrid
