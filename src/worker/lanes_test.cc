#include "worker/lanes.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <fstream>
#include <latch>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>

#include "operation/caller_stack.h"

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

#ifndef __SANITIZE_ADDRESS__
/// Exits with 0 if lanes that don't all fit the address space left are refused
/// before any of them calls anything.
[[noreturn]] void RunMoreThanFit() {
  constexpr std::size_t kLanes = 20;
  std::ifstream statm("/proc/self/statm");
  rlim_t pages = 0;
  statm >> pages;
  const rlim_t most = pages * static_cast<rlim_t>(getpagesize()) +
                      kLanes / 2 * kCallerStackBytes;
  const rlimit limit{most, most};
  if (setrlimit(RLIMIT_AS, &limit) != 0) _exit(1);
  std::atomic<int> calls = 0;
  try {
    RunLanes(kLanes, [&calls](std::size_t) {
      ++calls;
      pause();
    });
  } catch (const std::system_error&) {
    _exit(calls == 0 ? 0 : 2);
  }
  _exit(3);
}

TEST(LanesDeathTest, NoneCallsAnythingWhereOneCantStart) {
  EXPECT_EXIT(RunMoreThanFit(), ::testing::ExitedWithCode(0), "");
}
#endif

}  // namespace
}  // namespace hybrid
