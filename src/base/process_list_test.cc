#include "base/process_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/types.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "base/test_child.h"
#include "base/test_root.h"

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class ProcessListTest : public RootTest {
 protected:
  void LayChildren(const std::string& thread, const std::string& text) const {
    Lay("/proc/" + thread + "/children", text);
  }
  void LayParent(const std::string& pid, const std::string& parent) const {
    Lay("/proc/" + pid + "/stat", pid + " (a b) S " + parent + " 1 1 0\n");
  }
};

TEST_F(ProcessListTest, ChildrenOfEachThreadAreFoundAndTheirs) {
  LayChildren("10/task/10", "20 21 ");
  LayChildren("10/task/11", "22 ");
  LayChildren("20/task/20", "");
  LayChildren("21/task/21", "30 x ");
  // 22 and 30 are gone by now, 40 is nobody's.
  LayChildren("40/task/40", "41 ");
  EXPECT_THAT(ThreadsOf(10, root()), UnorderedElementsAre(10, 11));
  const std::vector<pid_t> found = Descendants(10, root());
  EXPECT_THAT(found, UnorderedElementsAre(20, 21, 22, 30));
  EXPECT_EQ(found.back(), 30);
}

TEST_F(ProcessListTest, ParentsTellWhereTheKernelListsNoChildren) {
  Lay("/proc/10/task/10/stat", "");
  LayParent("10", "1");
  LayParent("20", "10");
  LayParent("30", "20");
  LayParent("40", "1");
  Lay("/proc/50/stat", "garbage");
  Lay("/proc/uptime", "1 2");
  EXPECT_THAT(Descendants(10, root()), ElementsAre(20, 30));
}

TEST_F(ProcessListTest, NumbersGivenAnewMakeNoCircle) {
  LayChildren("10/task/10", "20 ");
  LayChildren("20/task/20", "10 20 ");
  EXPECT_THAT(Descendants(10, root()), ElementsAre(20));
}

TEST_F(ProcessListTest, NothingOfAProcessThatIsGone) {
  EXPECT_THAT(Descendants(10, root()), IsEmpty());
  EXPECT_THAT(ThreadsOf(10, root()), IsEmpty());
}

TEST(RealProcessListTest, GrandchildrenAndEndedChildrenAreFound) {
  const TestChild child([] {
    ForkBelow([] { pause(); });
    ForkBelow([] { _exit(0); });
    pause();
  });
  while (Descendants(child.pid()).size() < 2) usleep(1000);
  EXPECT_THAT(Descendants(child.pid()), SizeIs(2));
  EXPECT_THAT(Descendants(getpid()), Contains(child.pid()));
  EXPECT_THAT(Descendants(getpid()), Contains(Descendants(child.pid())[0]));
}

TEST(RealProcessListTest, ChildOfASecondThreadIsFound) {
  const TestChild child([] {
    std::thread([] {
      ForkBelow([] { pause(); });
      pause();
    }).join();
  });
  while (Descendants(child.pid()).empty()) usleep(1000);
  EXPECT_THAT(ThreadsOf(child.pid()), SizeIs(2));
}

}  // namespace
}  // namespace hybrid
