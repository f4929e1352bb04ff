#include "measure/turns.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace hybrid {
namespace {

class TurnsTest : public ::testing::Test {
 protected:
  TurnsTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()),
              0);
    first_ = Turns(UniqueFd(ends[0]), true);
    second_ = Turns(UniqueFd(ends[1]), false);
  }

  /// So many batches of that length; never beside one of the other side.
  void Measure(Turns& turns, int batches, int milliseconds, char name) {
    for (int i = 0; i < batches; ++i) {
      turns.Begin();
      EXPECT_EQ(at_work_.fetch_add(1), 0);
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      order_ += name;
      at_work_.fetch_sub(1);
      turns.End(false);
    }
    turns.Finish();
  }

  Turns first_;
  Turns second_;
  std::atomic<int> at_work_{0};
  std::string order_;
};

TEST_F(TurnsTest, LongBatchesAlternate) {
  std::thread other([&] { Measure(second_, 3, 6, 'b'); });
  Measure(first_, 3, 6, 'a');
  other.join();
  EXPECT_EQ(order_, "ababab");
}

TEST_F(TurnsTest, ShortBatchesShareATurn) {
  std::thread other([&] { Measure(second_, 8, 2, 'b'); });
  Measure(first_, 8, 2, 'a');
  other.join();
  EXPECT_EQ(order_.find("aaabbb"), 0U) << order_;
}

TEST_F(TurnsTest, WhoHasMoreToMeasureGoesOnAlone) {
  std::thread other([&] { Measure(second_, 5, 6, 'b'); });
  Measure(first_, 1, 6, 'a');
  other.join();
  EXPECT_EQ(order_, "abbbbb");
}

TEST_F(TurnsTest, WhoseOtherEndsGoesOnAlone) {
  { const Turns gone = std::move(second_); }
  Measure(first_, 3, 6, 'a');
  EXPECT_EQ(order_, "aaa");
}

TEST(TurnsAloneTest, TakesAllTurns) {
  Turns turns;
  EXPECT_FALSE(turns.taken());
  turns.Begin();
  turns.End(false);
  turns.Finish();
}

}  // namespace
}  // namespace hybrid
