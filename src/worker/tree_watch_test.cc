#include "worker/tree_watch.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/launcher.h"

namespace hybrid {
namespace {

constexpr std::size_t kMuchBytes = std::size_t{128} << 20;

void StartAndAwait(const std::vector<std::string>& words) {
  LaunchSpec launch;
  launch.executable = words.front();
  launch.arguments.assign(words.begin() + 1, words.end());
  ChildProcess child = LaunchProcess(launch);
  EXPECT_EQ(child.Wait(), 0);
}

TEST(TreeWatchTest, MemoryOfWhoStartsAProcessIsNotThatOfTheProcess) {
  std::vector<char> much(kMuchBytes, 1);
  const TreeWatch watch;
  StartAndAwait({"/bin/sh", "-c", "exit 0"});
  EXPECT_LT(watch.Report().peak_bytes, kMuchBytes) << much.back();
}

}  // namespace
}  // namespace hybrid
