// What is on the screen while bench measures.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "base/text.h"
#include "test_bench.h"
#include "test_terminal.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ProgressRunTest : public BenchTest {
 protected:
  static std::vector<std::string> SomeKernels() {
    return Quick({"--csv=none", "--kernels=best,library", "--ceilings=auto",
                  "--data=fresh,resident", "--collect=none,shared"});
  }
};

TEST_F(ProgressRunTest, EachStepIsTold) {
  const BenchResult result = Run(SomeKernels());
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("machine "));
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("\nusable "),
                    HasSubstr("\nmeasuring the machine's ceilings …\n"),
                    HasSubstr("\nprobing kernels 1/1 …\n"),
                    HasSubstr("\nplan      16 configurations")));
  EXPECT_LT(result.out.find("probing kernels"), result.out.find("\nplan "));
}

TEST_F(ProgressRunTest, NoLineBeforeTheAnswerIsWiderThanAScreen) {
  const BenchResult result = Run(SomeKernels());
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  std::size_t configurations = 0;
  for (const std::string& line : Lines(result.out)) {
    if (line.empty() && configurations > 0) break;
    EXPECT_LE(DisplayWidth(line), kScreenColumns) << line;
    if (line.starts_with("[")) ++configurations;
  }
  EXPECT_EQ(configurations, 16U) << result.out;
  EXPECT_THAT(result.out, Not(HasSubstr("operate")));
}

TEST_F(ProgressRunTest, VerboseTellsPhases) {
  const BenchResult result = Run(Quick({"--csv=none", "--verbose"}));
  ASSERT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Lines(result.out),
              Contains(AnyOf(HasSubstr("      load "), HasSubstr("noisy: "))));
}

TEST_F(ProgressRunTest, TheStatusLineOfATerminalIsNoWiderThanThat) {
  constexpr unsigned short kNarrow = 30;
  Terminal terminal(kNarrow);
  BenchSettings settings;
  settings.terminal_fd = terminal.slave();
  BenchProcess bench(folder(), SomeKernels(), settings);
  const std::string text = terminal.ReadToEnd();
  EXPECT_EQ(bench.Wait().exit_code(), 0) << text;
  // A status line begins behind a line end or another one, and is wiped out.
  const std::string wiped = "\r\033[K";
  std::size_t count = 0;
  for (std::size_t end = text.find(wiped); end != std::string::npos;
       end = text.find(wiped, end + 1)) {
    const std::size_t begin = text.find_last_of("\nK", end - 1) + 1;
    const std::string line = text.substr(begin, end - begin);
    EXPECT_LT(DisplayWidth(line), kNarrow) << line;
    ++count;
  }
  EXPECT_GT(count, 16U);
  EXPECT_THAT(text, HasSubstr("probing kernels 1/1 …" + wiped));
}

}  // namespace
}  // namespace hybrid
