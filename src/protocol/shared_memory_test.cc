#include "protocol/shared_memory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <system_error>

namespace hybrid {
namespace {

TEST(SharedMemoryTest, TwoMappingsOfOneDescriptorAreTheSameMemory) {
  const SharedMemory first("test", 5000);
  const SharedMemory second = SharedMemory::Map(UniqueFd(dup(first.fd())));
  EXPECT_EQ(second.size(), 5000U);
  std::strcpy(static_cast<char*>(first.data()) + 4000, "seen");
  EXPECT_STREQ(static_cast<char*>(second.data()) + 4000, "seen");
}

TEST(SharedMemoryTest, DescriptorIsCloseOnExecAndItsSizeSealed) {
  const SharedMemory memory("test", 4096);
  EXPECT_NE(fcntl(memory.fd(), F_GETFD) & FD_CLOEXEC, 0);
  EXPECT_NE(ftruncate(memory.fd(), 0), 0);
  EXPECT_NE(ftruncate(memory.fd(), 8192), 0);
}

TEST(SharedMemoryTest, PopulateKeepsContents) {
  const SharedMemory memory("test", 100000);
  static_cast<char*>(memory.data())[70000] = 7;
  Populate(static_cast<char*>(memory.data()) + 5, 99000);
  EXPECT_EQ(static_cast<char*>(memory.data())[70000], 7);
}

TEST(SharedMemoryTest, BadDescriptorThrows) {
  EXPECT_THROW(SharedMemory::Map(UniqueFd(-1)), std::system_error);
}

}  // namespace
}  // namespace hybrid
