#include "base/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <type_traits>
#include <utility>

namespace hybrid {
namespace {

static_assert(!std::is_copy_constructible_v<UniqueFd>);
static_assert(!std::is_copy_assignable_v<UniqueFd>);

int OpenNull() { return open("/dev/null", O_RDONLY | O_CLOEXEC); }
bool IsOpen(int fd) { return fcntl(fd, F_GETFD) >= 0; }

TEST(UniqueFdTest, ClosesWithItsScope) {
  const int fd = OpenNull();
  {
    const UniqueFd owner(fd);
    EXPECT_TRUE(owner.valid());
    EXPECT_EQ(owner.get(), fd);
    EXPECT_TRUE(IsOpen(fd));
  }
  EXPECT_FALSE(IsOpen(fd));
}

TEST(UniqueFdTest, OwnsNothingUnlessGivenSomething) {
  UniqueFd nothing;
  EXPECT_FALSE(nothing.valid());
  nothing.Close();
  EXPECT_FALSE(UniqueFd(-1).valid());
}

TEST(UniqueFdTest, CloseTwiceDoesNotCloseWhoeverHasTheNumberNow) {
  UniqueFd owner(OpenNull());
  const int number = owner.get();
  owner.Close();
  EXPECT_FALSE(owner.valid());
  const UniqueFd next(OpenNull());
  ASSERT_EQ(next.get(), number);
  owner.Close();
  EXPECT_TRUE(IsOpen(number));
}

TEST(UniqueFdTest, MovingLeavesOneOwner) {
  const int fd = OpenNull();
  UniqueFd first(fd);
  {
    const UniqueFd second(std::move(first));
    EXPECT_EQ(second.get(), fd);
    // NOLINTNEXTLINE(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
    EXPECT_FALSE(first.valid());
  }
  EXPECT_FALSE(IsOpen(fd));
}

TEST(UniqueFdTest, AssigningClosesWhatWasThere) {
  const int old_fd = OpenNull();
  const int new_fd = OpenNull();
  UniqueFd owner(old_fd);
  owner = UniqueFd(new_fd);
  EXPECT_EQ(owner.get(), new_fd);
  EXPECT_FALSE(IsOpen(old_fd));
  EXPECT_TRUE(IsOpen(new_fd));
}

}  // namespace
}  // namespace hybrid
