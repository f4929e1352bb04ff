#include "base/write_fully.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <future>
#include <string>

#include "base/unique_fd.h"

namespace hybrid {
namespace {

TEST(WriteFullyTest, TellsWhyAWriteFailed) {
  const UniqueFd full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  EXPECT_EQ(WriteFully(full.get(), "text"), ENOSPC);
  EXPECT_EQ(WriteFully(full.get(), ""), 0);
  EXPECT_EQ(WriteFully(-1, "text"), EBADF);
}

/// Writes more than a pipe of these `flags` has room for.
void ExpectAllArrives(int flags) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd out(ends[0]);
  const UniqueFd in(ends[1]);
  ASSERT_EQ(fcntl(in.get(), F_SETFL, flags), 0);
  const std::string text(1 << 20, 'x');
  auto error = std::async(std::launch::async,
                          [&] { return WriteFully(in.get(), text); });
  std::string read_back(text.size(), ' ');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t count =
        read(out.get(), read_back.data() + size, text.size() - size);
    ASSERT_GT(count, 0);
    size += static_cast<std::size_t>(count);
  }
  EXPECT_EQ(error.get(), 0);
  EXPECT_EQ(read_back, text);
}

TEST(WriteFullyTest, TakesAsManyWritesAsItNeeds) { ExpectAllArrives(0); }

TEST(WriteFullyTest, WaitsWhereThePipeDoesNot) { ExpectAllArrives(O_NONBLOCK); }

}  // namespace
}  // namespace hybrid
