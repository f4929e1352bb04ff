#include "worker/lanes.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <cstddef>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

namespace hybrid {
namespace {

TEST(LanesTest, AllRunAtOnceEachOnAThreadOfItsOwn) {
  constexpr std::size_t kLanes = 5;
  std::latch all_there(kLanes);
  std::mutex mutex;
  std::set<std::size_t> lanes;
  std::set<std::thread::id> threads;
  RunLanes(kLanes, [&](std::size_t lane) {
    all_there.arrive_and_wait();
    const std::scoped_lock lock(mutex);
    lanes.insert(lane);
    threads.insert(std::this_thread::get_id());
  });
  EXPECT_EQ(lanes, (std::set<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(threads.size(), kLanes);
  EXPECT_TRUE(threads.contains(std::this_thread::get_id()));
}

TEST(LanesTest, StacksAreDeepWhateverThreadsUsuallyHave) {
  pthread_attr_t usual;
  pthread_attr_init(&usual);
  pthread_attr_setstacksize(&usual, 1 << 20);
  ASSERT_EQ(pthread_setattr_default_np(&usual), 0);
  RunLanes(3, [](std::size_t lane) {
    if (lane == 0) return;
    pthread_attr_t attributes;
    ASSERT_EQ(pthread_getattr_np(pthread_self(), &attributes), 0);
    std::size_t bytes = 0;
    EXPECT_EQ(pthread_attr_getstacksize(&attributes, &bytes), 0);
    pthread_attr_destroy(&attributes);
    EXPECT_GE(bytes, std::size_t{8} << 20);
  });
  pthread_attr_setstacksize(&usual, std::size_t{8} << 20);
  pthread_setattr_default_np(&usual);
  pthread_attr_destroy(&usual);
}

}  // namespace
}  // namespace hybrid
