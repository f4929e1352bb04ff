#include "protocol/doorbell.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <thread>

namespace hybrid {
namespace {

TEST(DoorbellTest, RingsAreTakenTogether) {
  const auto [parent, worker] = Doorbell::Pair();
  EXPECT_TRUE(worker.Drain());  // nothing there: not an end
  parent.Ring();
  parent.Ring();
  EXPECT_TRUE(worker.Wait());
  EXPECT_TRUE(worker.Drain());
}

TEST(DoorbellTest, WaitSleepsUntilRung) {
  const auto [parent, worker] = Doorbell::Pair();
  std::thread waker([&end = parent] { end.Ring(); });
  EXPECT_TRUE(worker.Wait());
  waker.join();
}

TEST(DoorbellTest, EndOfTheOtherSideIsSeenAfterItsLastRing) {
  auto [parent, worker] = Doorbell::Pair();
  parent.Ring();
  parent.Close();
  EXPECT_FALSE(worker.Drain());
  EXPECT_FALSE(worker.Wait());
  worker.Ring();  // no SIGPIPE
}

TEST(DoorbellTest, RingingAFullSocketDoesNotBlock) {
  const auto [parent, worker] = Doorbell::Pair();
  for (int i = 0; i < 1000000; ++i) parent.Ring();
  EXPECT_TRUE(worker.Drain());
}

TEST(DoorbellTest, BothEndsAreCloseOnExec) {
  const auto [parent, worker] = Doorbell::Pair();
  EXPECT_NE(fcntl(parent.fd(), F_GETFD) & FD_CLOEXEC, 0);
  EXPECT_NE(fcntl(worker.fd(), F_GETFD) & FD_CLOEXEC, 0);
}

}  // namespace
}  // namespace hybrid
