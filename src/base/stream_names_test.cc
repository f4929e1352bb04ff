#include "base/stream_names.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(StreamNamesTest, ADashAndThePathsThatLeadThere) {
  for (const char* path : {"-", "/dev/stdin", "/dev/fd/0"}) {
    EXPECT_TRUE(NamesStandardInput(path)) << path;
  }
  for (const char* path : {"-", "/dev/stdout", "/dev/fd/1"}) {
    EXPECT_TRUE(NamesStandardOutput(path)) << path;
  }
  for (const char* path : {"", "./-", "--", "/dev/fd/63", "/dev/stderr", "a"}) {
    EXPECT_FALSE(NamesStandardInput(path)) << path;
    EXPECT_FALSE(NamesStandardOutput(path)) << path;
  }
}

}  // namespace
}  // namespace hybrid
