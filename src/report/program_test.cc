#include "report/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/test_errors.h"
#include "report/report_error.h"

namespace hybrid {
namespace {

using ::testing::StartsWith;

/// Why `command` failed; `no error` if it didn't.
std::string RunProblem(const std::vector<std::string>& command) {
  return MessageOf<ReportError>(
      [&command] { RunProgram(command, "install it"); });
}

TEST(RunProgramTest, NothingToSayOfSuccess) {
  EXPECT_EQ(RunProblem({"sh", "-c", "echo fine >&2; echo fine"}), "no error");
}

TEST(RunProgramTest, SaysWhatTheProgramSaid) {
  EXPECT_EQ(RunProblem({"sh", "-c", "echo first >&2; echo last >&2; exit 3"}),
            "sh failed with status 3: last");
  EXPECT_EQ(RunProblem({"false"}), "false failed with status 1");
  EXPECT_EQ(RunProblem({"sh", "-c", "kill -9 $$"}),
            "sh was killed by signal 9");
}

TEST(RunProgramTest, MoreThanAPipeHolds) {
  EXPECT_EQ(RunProblem({"sh", "-c",
                        "head -c 1000000 /dev/zero >&2; echo >&2; "
                        "echo end >&2; exit 1"}),
            "sh failed with status 1: end");
}

TEST(RunProgramTest, AdvisesWhereThereIsNoSuchProgram) {
  EXPECT_THAT(RunProblem({"no-such-program"}),
              StartsWith("no-such-program was not found; install it"));
}

}  // namespace
}  // namespace hybrid
