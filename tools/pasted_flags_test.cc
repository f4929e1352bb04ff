// The flags of bench that hybrid-answer pastes into the line that verifies are
// flags that bench has, and every flag of bench is either among them or known
// to have no place there.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "base/contains.h"
#include "flags/flag.h"
#include "flags/flag_table.h"
#include "key/key.h"
#include "prediction/verify_command.h"

namespace hybrid {
namespace {

/// Flags of what is measured, which the line has of what is asked for and not
/// of the file: axes that are no parts of the key under their own names.
constexpr std::array<std::string_view, 3> kAsked{"--n", "--batch",
                                                 "--benchmark_filter"};
/// Flags that the line does without: what writes or reads files, what only
/// shows something, what leaves splits out, what waits for others, and what
/// starts programs on other machines, which no file may say.
constexpr std::array<std::string_view, 20> kNotPasted{
    "--list_blas",     "--seed",        "--csv",          "--record",
    "--why",           "--resume",      "--verbose",      "--dry_run",
    "--search",        "--budget",      "--env",          "--help",
    "--resume_anyway", "--host_counts", "--launcher",     "--agent",
    "--unequal_hosts", "--lock",        "--lock_timeout", "--turns"};

bool IsPartOfTheKey(std::string_view flag) {
  bool is_part = false;
  const Key key;
  ForEachKey(key, [&](const KeyPart& part, const auto&) {
    is_part |= flag == "--" + std::string(part.label) ||
               flag == "--" + std::string(part.column);
  });
  return is_part;
}

TEST(PastedFlagsTest, AreFlagsOfBench) {
  for (const std::string_view flag : PastedFlags()) {
    EXPECT_NE(FindFlag(flag), nullptr) << flag;
  }
  for (const std::string_view flag : UsersFlags()) {
    EXPECT_NE(FindFlag(flag), nullptr) << flag;
  }
}

// A new flag has to be thought of.
TEST(PastedFlagsTest, EveryFlagOfBenchIsPastedOrKnownNotToBe) {
  for (const Flag& flag : FlagTable()) {
    const bool known =
        Contains(PastedFlags(), flag.name) ||
        Contains(UsersFlags(), flag.name) || Contains(kAsked, flag.name) ||
        Contains(kNotPasted, flag.name) || IsPartOfTheKey(flag.name);
    EXPECT_TRUE(known) << flag.name
                       << ": has it a place in prediction/verify_command.cc?";
  }
}

TEST(PastedFlagsTest, NoneIsAmongThoseThatMustNotBe) {
  for (const std::string_view flag : PastedFlags()) {
    EXPECT_FALSE(Contains(kNotPasted, flag)) << flag;
    const Flag* const row = FindFlag(flag);
    if (row == nullptr) continue;
    EXPECT_EQ(row->source, Source::kAnywhere) << flag;
  }
}

}  // namespace
}  // namespace hybrid
