#include "machine/meminfo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/test_root.h"

namespace hybrid {
namespace {

using ::testing::Optional;

class MeminfoTest : public RootTest {
 protected:
  std::optional<std::uint64_t> Available() const {
    return ReadMeminfo("MemAvailable", root());
  }
};

TEST_F(MeminfoTest, KilobytesAreKibibytes) {
  Lay("/proc/meminfo",
      "MemTotal:       16000000 kB\nMemFree:         1000000 kB\n"
      "MemAvailable:    8000000 kB\n");
  EXPECT_THAT(Available(), Optional(std::uint64_t{8000000} * 1024));
}

TEST_F(MeminfoTest, WhatCantBeReadIsNothing) {
  EXPECT_EQ(Available(), std::nullopt);
  for (const char* garbage : {"", "MemAvailable:", "MemAvailable: x kB\n",
                              "MemAvailable: 5\n", "MemAvailableX: 5 kB\n"}) {
    Lay("/proc/meminfo", garbage);
    EXPECT_EQ(Available(), std::nullopt) << garbage;
  }
}

TEST(RealMeminfoTest, HasMemory) {
  EXPECT_GT(ReadMeminfo("MemTotal").value_or(0), 0U);
}

}  // namespace
}  // namespace hybrid
