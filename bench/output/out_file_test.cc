#include "output/out_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "base/test_errors.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

TEST(OutFileTest, WhatWasThereStaysUntilThereIsSomethingToWrite) {
  const TestFolder folder;
  WriteFile(folder.File("a.json"), "what was there before");
  {
    OutFile file(folder.File("a.json"));
    EXPECT_EQ(ReadFile(folder.File("a.json")), "what was there before");
  }
  EXPECT_EQ(ReadFile(folder.File("a.json")), "what was there before");
  OutFile file(folder.File("a.json"));
  EXPECT_TRUE(file.Write("one "));
  EXPECT_TRUE(file.Write("two"));
  EXPECT_EQ(ReadFile(folder.File("a.json")), "one two");
  EXPECT_FALSE(file.failed());
}

TEST(OutFileTest, ANewFileWithNothingInItGoes) {
  const TestFolder folder;
  { const OutFile file(folder.File("a.json")); }
  EXPECT_FALSE(std::filesystem::exists(folder.File("a.json")));
}

TEST(OutFileTest, NamesTheFlagTheFileAndTheCause) {
  const TestFolder folder;
  const auto error_of = [](const std::string& path) {
    return MessageOf<std::runtime_error>([&] { OutFile{path}; });
  };
  EXPECT_EQ(error_of("/no/dir/x"),
            "--benchmark_out: /no/dir/x: No such file or directory");
  EXPECT_THAT(error_of(folder.File("")), EndsWith("Is a directory"));
  const OutFile file(folder.File("a.json"));
  EXPECT_THAT(error_of(folder.File("a.json")), HasSubstr("another bench"));
}

TEST(OutFileTest, AFullDiskIsAFailureForGood) {
  OutFile file("/dev/full");
  EXPECT_FALSE(file.Write("one"));
  EXPECT_FALSE(file.Write("two"));
  EXPECT_TRUE(file.failed());
}

}  // namespace
}  // namespace hybrid
