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

// A pipe that does not wait takes at most as much as it has room for.
TEST(WriteFullyTest, GoesOnUntilAWriteFails) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
  const UniqueFd out(ends[0]);
  const UniqueFd in(ends[1]);
  EXPECT_EQ(WriteFully(in.get(), "text"), 0);
  const std::string too_much(1 << 24, 'x');
  EXPECT_EQ(WriteFully(in.get(), too_much), EAGAIN);
  std::array<char, 5> start{};
  EXPECT_EQ(read(out.get(), start.data(), start.size()), 5);
  EXPECT_EQ(std::string(start.data(), start.size()), "textx");
}

TEST(WriteFullyTest, TakesAsManyWritesAsItNeeds) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd out(ends[0]);
  UniqueFd in(ends[1]);
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

}  // namespace
}  // namespace hybrid
