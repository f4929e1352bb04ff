#include "cluster/dispatcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "base/simulated_random.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Le;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// What all hosts got, in order, checked to be every task once.
class HandedOut {
 public:
  explicit HandedOut(std::size_t hosts) : tasks_(hosts) {}

  void Add(std::size_t host, const TaskRange& range) {
    EXPECT_EQ(range.first, next_);
    next_ = range.first + range.count;
    tasks_[host] += range.count;
    ranges_ += range.count > 0 ? 1 : 0;
  }
  void ExpectAll(std::uint64_t tasks, const Dispatcher& dispatcher) const {
    EXPECT_TRUE(dispatcher.closed());
    EXPECT_EQ(next_, tasks);
    EXPECT_EQ(dispatcher.ranges(), ranges_);
  }
  const std::vector<std::uint64_t>& tasks() const { return tasks_; }

 private:
  std::uint64_t next_ = 0, ranges_ = 0;
  std::vector<std::uint64_t> tasks_;
};

/// Hosts of so many workers and tasks/s ask as soon as they have done what they
/// have. Says what each got.
std::vector<std::uint64_t> RunBatch(Dispatcher& dispatcher,
                                    const std::vector<double>& rates) {
  dispatcher.Begin();
  std::vector<double> busy_s(rates.size());
  HandedOut out(rates.size());
  const auto give = [&](std::size_t host, const TaskRange& range) {
    out.Add(host, range);
    busy_s[host] += static_cast<double>(range.count) / rates[host];
  };
  for (std::size_t i = 0; i < rates.size(); ++i) give(i, dispatcher.First(i));
  while (!dispatcher.closed()) {
    const auto host = static_cast<std::size_t>(
        std::min_element(busy_s.begin(), busy_s.end()) - busy_s.begin());
    give(host, dispatcher.Next(host, {out.tasks()[host], busy_s[host]}, 1));
  }
  for (std::size_t i = 0; i < rates.size(); ++i) {
    dispatcher.Finish(i, {out.tasks()[i], busy_s[i]});
  }
  return out.tasks();
}

TEST(DispatcherTest, OneHostGetsHalfOfWhatIsLeftAtATime) {
  Dispatcher dispatcher(101, {2});
  dispatcher.Begin();
  EXPECT_EQ(dispatcher.First(0), (TaskRange{0, 50}));
  std::vector<std::uint64_t> counts;
  counts.reserve(20);
  while (!dispatcher.closed()) {
    counts.push_back(dispatcher.Next(0, {}, 0).count);
  }
  EXPECT_THAT(counts, ElementsAre(25, 12, 6, 3, 2, 1, 1, 1));
  EXPECT_EQ(dispatcher.ranges(), 9U);
  EXPECT_EQ(dispatcher.Next(0, {}, 5), (TaskRange{101, 0}));
  EXPECT_EQ(dispatcher.ranges(), 9U);
}

TEST(DispatcherTest, EqualHostsBeginWithTheSameAndRangesShrink) {
  Dispatcher dispatcher(8004, {2, 2, 2, 2});
  dispatcher.Begin();
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(dispatcher.First(i).count, 1000U);
  }
  std::uint64_t last = 1000;
  for (std::size_t i = 0; !dispatcher.closed(); i = (i + 1) % 4) {
    const TaskRange range = dispatcher.Next(i, {}, 1);
    const std::uint64_t left = 8004 - range.first;
    // Of what is left all but half a task for each worker.
    EXPECT_EQ(range.count, left < 12 ? 1 : (left - 4) / 8);
    EXPECT_LE(range.count, last);
    last = range.count;
  }
  EXPECT_LT(dispatcher.ranges(), 80U);
}

TEST(DispatcherTest, HostsBeginWithATaskForEachWorkerWhereThereAreAsMany) {
  Dispatcher one_each(512, {128, 128, 128, 128});
  one_each.Begin();
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(one_each.First(i).count, 128U);
  EXPECT_TRUE(one_each.closed());

  // Too few are spread.
  Dispatcher few(10, {128, 128, 128, 128});
  few.Begin();
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_THAT(few.First(i).count, AllOf(Ge(2U), Le(3U)));
  }
  EXPECT_TRUE(few.closed());

  // Hosts with more workers get more.
  Dispatcher unequal(60, {10, 20, 30});
  unequal.Begin();
  EXPECT_EQ(unequal.First(0).count, 10U);
  EXPECT_EQ(unequal.First(1).count, 20U);
  EXPECT_EQ(unequal.First(2).count, 30U);
}

TEST(DispatcherTest, FewerTasksThanHostsLeaveSomeWithout) {
  Dispatcher dispatcher(3, std::vector<std::uint64_t>(7, 4));
  dispatcher.Begin();
  HandedOut out(7);
  for (std::size_t i = 0; i < 7; ++i) out.Add(i, dispatcher.First(i));
  while (!dispatcher.closed()) out.Add(0, dispatcher.Next(0, {}, 1));
  out.ExpectAll(3, dispatcher);

  Dispatcher none(0, {4, 4});
  none.Begin();
  EXPECT_TRUE(none.closed());
  EXPECT_EQ(none.First(0).count, 0U);
  EXPECT_EQ(none.ranges(), 0U);
}

TEST(DispatcherTest, NothingIsHandedOutBeforeTheBatchBegins) {
  Dispatcher dispatcher(100, {2});
  EXPECT_TRUE(dispatcher.closed());
  EXPECT_EQ(dispatcher.Next(0, {}, 1).count, 0U);
}

TEST(DispatcherTest, AHostGetsWhatItNeeds) {
  Dispatcher dispatcher(102, {2, 2});
  dispatcher.Begin();
  EXPECT_EQ(dispatcher.First(0).count, 25U);
  // 77 are left.
  EXPECT_EQ(dispatcher.Next(0, {}, 10).count, 18U);
  EXPECT_EQ(dispatcher.Next(0, {}, 20).count, 20U);
  // Not more than its share.
  EXPECT_EQ(dispatcher.Next(0, {}, 1'000'000'000'000).count, 19U);
  EXPECT_EQ(dispatcher.Next(0, {}, 1'000'000'000'000).count, 10U);
  EXPECT_EQ(dispatcher.Next(0, {}, 0).count, 2U);
  EXPECT_EQ(dispatcher.Next(1, {}, 3).count, 3U);
  EXPECT_EQ(dispatcher.Next(0, {}, 0).count, 1U);
  // But one for each worker.
  EXPECT_EQ(dispatcher.Next(1, {}, 3).count, 2U);
}

// Whoever asks, in whatever order, whatever it says of itself.
TEST(DispatcherTest, EveryTaskOnceWhateverTheOrder) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SimulatedRandom random({seed});
    const auto hosts = static_cast<std::size_t>(random.LogUniform(1, 1001));
    const auto tasks = static_cast<std::uint64_t>(random.LogUniform(1, 1e6));
    std::vector<std::uint64_t> workers(hosts);
    for (std::uint64_t& count : workers) count = random.Between(1, 128);
    Dispatcher dispatcher(tasks, workers);
    for (int batch = 0; batch < 3; ++batch) {
      dispatcher.Begin();
      HandedOut out(hosts);
      std::vector<std::size_t> order(hosts);
      std::iota(order.begin(), order.end(), std::size_t{0});
      for (std::size_t i = hosts; i > 1; --i) {
        std::swap(order[i - 1], order[random.Between(0, i - 1)]);
      }
      for (const std::size_t i : order) out.Add(i, dispatcher.First(i));
      // Some never ask.
      const std::size_t asking = random.Between(1, hosts);
      while (!dispatcher.closed()) {
        const std::size_t host = order[random.Between(0, asking - 1)];
        const HostProgress progress{
            random.Chance(0.8) ? random.Between(0, out.tasks()[host])
                               : random.Between(0, 2 * tasks),
            random.Chance(0.9) ? random.Exponential(1) : kNan};
        const TaskRange range =
            dispatcher.Next(host, progress, random.Between(0, 2));
        EXPECT_GE(range.count, 1U);
        out.Add(host, range);
      }
      out.ExpectAll(tasks, dispatcher);
      if (HasFailure()) FAIL() << "seed " << seed;
    }
  }
}

TEST(DispatcherTest, AHostTwiceAsFastGetsTwiceAsMuch) {
  Dispatcher dispatcher(30000, {8, 8});
  const std::vector<double> rates{2000, 1000};
  const std::vector<std::uint64_t> first = RunBatch(dispatcher, rates);
  EXPECT_NEAR(static_cast<double>(first[0]), 20000, 20);
  // The next batch knows from the beginning.
  const std::uint64_t ranges = dispatcher.ranges();
  const std::vector<std::uint64_t> second = RunBatch(dispatcher, rates);
  EXPECT_NEAR(static_cast<double>(second[0]), 20000, 20);
  EXPECT_LE(dispatcher.ranges(), ranges);
  dispatcher.Begin();
  const auto fast = static_cast<double>(dispatcher.First(0).count);
  const auto slow = static_cast<double>(dispatcher.First(1).count);
  EXPECT_NEAR(fast / slow, 2, 0.01);
}

TEST(DispatcherTest, RatesOfLongAgoAreForgotten) {
  Dispatcher dispatcher(30000, {8, 8});
  RunBatch(dispatcher, {2000, 1000});
  for (int batch = 0; batch < 12; ++batch) RunBatch(dispatcher, {1000, 2000});
  dispatcher.Begin();
  const auto slow = static_cast<double>(dispatcher.First(0).count);
  const auto fast = static_cast<double>(dispatcher.First(1).count);
  EXPECT_NEAR(fast / slow, 2, 0.01);
}

TEST(DispatcherTest, AHostThatNeverAsksAgainKeepsItsFirstRangeAlone) {
  Dispatcher dispatcher(4008, {4, 4, 4, 4});
  dispatcher.Begin();
  HandedOut out(4);
  for (std::size_t i = 0; i < 4; ++i) out.Add(i, dispatcher.First(i));
  for (std::size_t i = 1; !dispatcher.closed(); i = i % 3 + 1) {
    out.Add(i, dispatcher.Next(i, {out.tasks()[i], 1}, 1));
  }
  out.ExpectAll(4008, dispatcher);
  EXPECT_EQ(out.tasks()[0], 500U);
}

// What a host says can't take tasks from others for long, nor stop anything.
TEST(DispatcherTest, ImpossibleProgressIsDisregarded) {
  Dispatcher dispatcher(8000, {2, 2, 2, 2});
  dispatcher.Begin();
  for (std::size_t i = 0; i < 4; ++i) dispatcher.First(i);
  dispatcher.Next(0, {.done = 800, .busy_s = 1}, 1);
  const auto left = [&] { return 8000 - dispatcher.Next(3, {}, 1).first; };
  for (const HostProgress& progress :
       {HostProgress{1'000'000, 2}, HostProgress{900, kNan},
        HostProgress{900, -1}, HostProgress{700, 2},
        HostProgress{900, std::numeric_limits<double>::infinity()}}) {
    const std::uint64_t now_left = left();
    EXPECT_LE(dispatcher.Next(0, progress, 1).count, now_left / 8);
  }
}

// After a first wave both have done a task with each worker, whether it just
// ended or the next is nearly done: that is no rate.
TEST(DispatcherTest, FewTasksDoneMoveSharesLittle) {
  Dispatcher dispatcher(8008, {8, 8});
  dispatcher.Begin();
  dispatcher.First(0);
  dispatcher.First(1);
  dispatcher.Next(0, {.done = 8, .busy_s = 1.0}, 1);
  const TaskRange slow = dispatcher.Next(1, {.done = 8, .busy_s = 1.9}, 1);
  EXPECT_GE(static_cast<double>(slow.count),
            0.9 * static_cast<double>(8000 - slow.first) / 4);
}

}  // namespace
}  // namespace hybrid
