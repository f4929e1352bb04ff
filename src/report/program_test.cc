#include "report/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "report/report_error.h"

namespace hybrid {
namespace {

using ::testing::StartsWith;

std::string Problem(const std::vector<std::string>& command) {
  try {
    RunProgram(command, "install it");
    return {};
  } catch (const ReportError& error) {
    return error.what();
  }
}

TEST(RunProgramTest, NothingToSayOfSuccess) {
  EXPECT_EQ(Problem({"sh", "-c", "echo fine >&2; echo fine"}), "");
}

TEST(RunProgramTest, SaysWhatTheProgramSaid) {
  EXPECT_EQ(Problem({"sh", "-c", "echo first >&2; echo last >&2; exit 3"}),
            "sh failed with status 3: last");
  EXPECT_EQ(Problem({"false"}), "false failed with status 1");
  EXPECT_EQ(Problem({"sh", "-c", "kill -9 $$"}), "sh was killed by signal 9");
}

TEST(RunProgramTest, MoreThanAPipeHolds) {
  EXPECT_EQ(Problem({"sh", "-c",
                     "head -c 1000000 /dev/zero >&2; echo >&2; "
                     "echo end >&2; exit 1"}),
            "sh failed with status 1: end");
}

TEST(RunProgramTest, AdvisesWhereThereIsNoSuchProgram) {
  EXPECT_THAT(Problem({"no-such-program"}),
              StartsWith("no-such-program was not found; install it"));
}

}  // namespace
}  // namespace hybrid
