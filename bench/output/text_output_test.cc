#include "output/text_output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/unique_fd.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

TEST(TextOutputTest, PrintsAtOnce) {
  const TestFolder folder;
  const UniqueFd file(
      open(folder.File("a").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  TextOutput output(file.get());
  output.Print("one ");
  output.Print("two");
  EXPECT_EQ(ReadFile(folder.File("a")), "one two");
  EXPECT_EQ(output.Failure(), "");
  EXPECT_FALSE(output.IsTerminal());
}

TEST(TextOutputTest, WhatCantBeWrittenIsRememberedAndNoMore) {
  const UniqueFd full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  TextOutput output(full.get());
  output.Print("one");
  output.Print("two");
  EXPECT_EQ(output.Failure(), "standard output: No space left on device");
}

}  // namespace
}  // namespace hybrid
