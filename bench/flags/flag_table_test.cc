#include "flags/flag_table.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "flags/google_flags.h"

namespace hybrid {
namespace {

using ::testing::Contains;
using ::testing::Not;
using ::testing::StartsWith;

TEST(FlagTableTest, EveryRowIsFoundByItsName) {
  for (const Flag& flag : FlagTable()) {
    EXPECT_THAT(flag.name, StartsWith("--"));
    // Another row of the same name would be found instead.
    EXPECT_EQ(FindFlag(flag.name), &flag);
  }
  EXPECT_EQ(FindFlag("--nn"), nullptr);
  EXPECT_EQ(FindFlag("n"), nullptr);
}

TEST(FlagTableTest, OursAreReadAndExplainedHere) {
  for (const Flag& flag : FlagTable()) {
    const bool ours = !IsGoogleFlag(flag.name);
    EXPECT_EQ(flag.read != nullptr, ours) << flag.name;
    EXPECT_EQ(!flag.help.empty(), ours) << flag.name;
  }
}

TEST(FlagTableTest, ThePlacesInTheRecordHaveNoGaps) {
  int place = 0;
  for (const Flag* flag : RecordedFlags()) {
    EXPECT_EQ(flag->place, ++place) << flag->name;
  }
}

// If it were normalised, a value of the file could take the place of the one
// given.
TEST(FlagTableTest, WhatNoFileMayChooseIsComparedAsItStands) {
  std::set<std::string> names;
  for (const Flag& flag : FlagTable()) {
    if (flag.source != Source::kCommandLineOnly) continue;
    names.insert(flag.name);
    EXPECT_EQ(flag.meaning, Meaning::kText) << flag.name;
  }
  EXPECT_THAT(names, Contains("--worker"));
}

TEST(FlagTableTest, NamesAreOurs) {
  EXPECT_THAT(FlagNames(), Contains("--n"));
  EXPECT_THAT(FlagNames(), Contains("--dry_run"));
  EXPECT_THAT(FlagNames(), Not(Contains(StartsWith("--benchmark_"))));
}

}  // namespace
}  // namespace hybrid
