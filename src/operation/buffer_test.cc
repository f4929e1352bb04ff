#include "operation/buffer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <system_error>

namespace hybrid {
namespace {

TEST(BufferTest, IsZeroedAlignedAndWritable) {
  const Buffer buffer(1000);
  EXPECT_EQ(buffer.span().size(), 1000U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64, 0U);
  EXPECT_TRUE(std::all_of(buffer.span().begin(), buffer.span().end(),
                          [](double value) { return value == 0; }));
  buffer.span().back() = 1;
}

TEST(BufferTest, ImpossibleSizeIsAnErrorNotACrash) {
  EXPECT_THROW(Buffer(std::size_t{1} << 58), std::system_error);
}

}  // namespace
}  // namespace hybrid
