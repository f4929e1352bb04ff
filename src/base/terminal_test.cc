#include "base/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <optional>

#include "base/scoped_environment.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

/// A terminal of its own, as `script` or ssh makes one.
UniqueFd OpenTerminal() {
  const int main = posix_openpt(O_RDWR | O_NOCTTY);
  if (main < 0 || grantpt(main) != 0 || unlockpt(main) != 0) return {};
  return UniqueFd(main);
}

TEST(TerminalTest, StyleIsForTerminalsThatHaveIt) {
  const UniqueFd terminal = OpenTerminal();
  if (!terminal.valid()) GTEST_SKIP() << "no terminal can be made here";
  const ScopedEnvironment term({{"TERM", "xterm"}, {"NO_COLOR", std::nullopt}});
  EXPECT_TRUE(TakesStyle(terminal.get()));
  {
    const ScopedEnvironment none(
        ScopedEnvironment::Variables{{"NO_COLOR", "1"}});
    EXPECT_FALSE(TakesStyle(terminal.get()));
  }
  {
    const ScopedEnvironment dumb(
        ScopedEnvironment::Variables{{"TERM", "dumb"}});
    EXPECT_FALSE(TakesStyle(terminal.get()));
  }
  const UniqueFd file(open("/dev/null", O_WRONLY));
  EXPECT_FALSE(TakesStyle(file.get()));
}

}  // namespace
}  // namespace hybrid
