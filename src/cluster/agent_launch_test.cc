#include "cluster/agent_launch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/flag_error.h"
#include "base/parse_number.h"
#include "base/test_errors.h"
#include "base/test_folder.h"
#include "base/test_processes.h"
#include "base/text_file.h"
#include "pool/environment.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

/// Long enough for what ends by itself.
constexpr double kPatienceS = 600;
constexpr const char* kTold = "host:1234:secret";

/// Whatever a test starts, no child and no descriptor may be left. Scripts run
/// in the folder of the test, where they leave signs.
class AgentLaunchTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(HasNoChildren()); }
  void TearDown() override {
    EXPECT_TRUE(HasNoChildren());
    EXPECT_EQ(CountOpenFds(), fds_before_);
  }

  LauncherCommand Script(const std::string& script) const {
    return {.words = {"/bin/sh", "-c", "cd " + folder_.path() + "\n" + script}};
  }
  static LaunchPlan PlanOf(std::vector<LauncherCommand> commands) {
    return {.launcher = "test",
            .host_count = 2,
            .commands = std::move(commands),
            .environment = ProcessEnvironment()};
  }

  /// A program that leaves its number and what it was told in the folder, and
  /// ends when there is a file `stop`.
  std::string Agent() const {
    folder_.Lay("/agent",
                "#!/bin/sh\n"
                "cd " +
                    folder_.path() +
                    "\n"
                    "[ -n \"$HYBRID_AGENT\" ] || read -r HYBRID_AGENT\n"
                    "echo \"$HYBRID_AGENT\" >told.$$\n"
                    "echo $$ >written && mv written agent.pid\n"
                    "until [ -e stop ]; do sleep 0.01; done\n"
                    "echo ended >end.$$\n");
    fs::permissions(folder_.File("agent"), fs::perms::owner_all);
    return folder_.File("agent");
  }
  void StopAgents() const { folder_.Lay("/stop", ""); }

  std::string Sign(const std::string& name) const {
    return text_file::Read(folder_.File(name)).value_or("");
  }
  /// The number of a process that leaves it in a file.
  pid_t PidIn(const std::string& name) const {
    while (!Sign(name).ends_with("\n")) usleep(1000);
    std::string text = Sign(name);
    text.pop_back();
    return ParseNumber<pid_t>(text).value_or(-1);
  }
  /// The files whose names begin so.
  std::vector<std::string> Signs(const std::string& beginning) const {
    std::vector<std::string> contents;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(beginning)) contents.push_back(Sign(name));
    }
    return contents;
  }

  static std::string AwaitEnd(AgentLaunch& launch) {
    std::optional<std::string> end;
    while (!(end = launch.Look())) usleep(1000);
    return *end;
  }

  /// A plan for this host by a launcher that may not be installed.
  std::optional<LaunchPlan> Real(const std::string& launcher,
                                 const std::string& agent) {
    try {
      return PlanLaunch({.host_count = 1, .launcher = launcher, .agent = agent},
                        ProcessEnvironment());
    } catch (const FlagError& error) {
      why_not_ = error.what();
      return std::nullopt;
    }
  }

  const TestFolder folder_;
  std::string why_not_;

 private:
  std::ptrdiff_t fds_before_ = CountOpenFds();
};

bool IsThere(pid_t pid) { return kill(pid, 0) == 0 || errno != ESRCH; }

TEST_F(AgentLaunchTest, WhatAgentsAreToldIsNotShown) {
  AgentLaunch launch(PlanOf({Script("env | grep HYBRID_AGENT; exit 1")}),
                     kTold);
  const std::string end = AwaitEnd(launch);
  EXPECT_THAT(end, EndsWith("; it printed: HYBRID_AGENT=..."));
  EXPECT_THAT(launch.LastWords(), EndsWith(" printed: HYBRID_AGENT=..."));
}

TEST_F(AgentLaunchTest, OneLauncherStartsSeveralAgentsAndEndsAfterThem) {
  const std::string agent = Agent();
  AgentLaunch launch(PlanOf({Script("./agent & ./agent & wait")}), kTold);
  while (Signs("told.").size() < 2) usleep(1000);
  EXPECT_EQ(launch.Look(), std::nullopt);
  StopAgents();
  launch.End(kPatienceS);
  EXPECT_EQ(launch.Look(), std::nullopt);
  EXPECT_THAT(Signs("told."), SizeIs(2));
  for (const std::string& told : Signs("told.")) {
    EXPECT_EQ(told, std::string(kTold) + "\n");
  }
  EXPECT_THAT(Signs("end."), SizeIs(2)) << "they were not left to end";
}

TEST_F(AgentLaunchTest, WhatIsToldByStdinIsItsOnlyLine) {
  LauncherCommand command =
      Script("read -r line; echo \"$line\" >line; cat >rest; echo $? >status");
  command.is_told_by_stdin = true;
  AgentLaunch launch(PlanOf({command}), kTold);
  launch.End(kPatienceS);
  EXPECT_EQ(Sign("line"), std::string(kTold) + "\n");
  EXPECT_EQ(Sign("rest"), "");
  EXPECT_EQ(Sign("status"), "0\n");
}

TEST_F(AgentLaunchTest, EachHasAProcessGroupWhichATerminalDoesNotReach) {
  AgentLaunch launch(PlanOf({Script("echo $$ >pid; sleep 1000"),
                             Script("echo $$ >other; sleep 1000")}),
                     kTold);
  const pid_t pid = PidIn("pid");
  EXPECT_EQ(getpgid(pid), pid);
  const pid_t other = PidIn("other");
  EXPECT_EQ(getpgid(other), other);
}

TEST_F(AgentLaunchTest, OneThatFailsComesWithItsLastWords) {
  LauncherCommand fails = Script("echo no route to host >&2; exit 7");
  fails.hosts = {"b"};
  AgentLaunch launch(PlanOf({Script("sleep 1000"), fails}), kTold);
  EXPECT_EQ(AwaitEnd(launch),
            "sh for host b exited with status 7; it printed: no route to host");
  EXPECT_EQ(launch.Look(), std::nullopt) << "it was told of";
  EXPECT_EQ(launch.LastWords(), "; sh for host b printed: no route to host");
}

TEST_F(AgentLaunchTest, LongExplanationsAreCutInTheMiddle) {
  AgentLaunch launch(
      PlanOf({Script("echo no such host; for i in $(seq 60); do\n"
                     "echo; echo ------------------------- because $i; done\n"
                     "echo ------------------------------; exit 1")}),
      kTold);
  const std::string end = AwaitEnd(launch);
  EXPECT_THAT(end,
              StartsWith("sh for 2 hosts exited with status 1; it printed: no "
                         "such host because 1 because 2 "));
  EXPECT_THAT(end, HasSubstr("…"));
  EXPECT_THAT(end, EndsWith(" because 59 because 60"));
  EXPECT_LT(end.size(), 500U);
}

TEST_F(AgentLaunchTest, OneThatIsKilledSaysSo) {
  AgentLaunch launch(PlanOf({Script("echo $$ >pid; sleep 1000")}), kTold);
  kill(PidIn("pid"), SIGKILL);
  EXPECT_EQ(AwaitEnd(launch), "sh for 2 hosts was killed by signal 9 (Killed)");
}

TEST_F(AgentLaunchTest, WhatOneLeavesBehindIsEndedToo) {
  pid_t left = 0;
  {
    AgentLaunch launch(PlanOf({Script("sleep 1000 & echo $! >left")}), kTold);
    EXPECT_EQ(AwaitEnd(launch), "sh for 2 hosts exited with status 0");
    left = PidIn("left");
    EXPECT_TRUE(IsThere(left));
  }
  EXPECT_FALSE(IsThere(left));
}

TEST_F(AgentLaunchTest, WhatOneLeavesBehindMayEndByItself) {
  const std::string agent = Agent();
  AgentLaunch launch(PlanOf({Script("./agent & sleep 0")}), kTold);
  AwaitEnd(launch);
  PidIn("agent.pid");
  StopAgents();
  launch.End(kPatienceS);
  EXPECT_THAT(Signs("end."), SizeIs(1));
}

TEST_F(AgentLaunchTest, OneThatIgnoresSigtermIsKilledWithAllBelowIt) {
  pid_t pid = 0;
  pid_t apart = 0;
  {
    AgentLaunch launch(
        PlanOf({Script("trap '' TERM; setsid sleep 1000 & echo $! >apart; "
                       "echo $$ >pid; while :; do sleep 0.01; done")}),
        kTold);
    apart = PidIn("apart");
    pid = PidIn("pid");
    while (getpgid(apart) != apart) usleep(1000);
  }
  EXPECT_FALSE(IsThere(pid));
  EXPECT_FALSE(IsThere(apart));
}

TEST_F(AgentLaunchTest, WhatIsStartedBeforeAFailureIsEnded) {
  const LaunchPlan plan = PlanOf(
      {Script("sleep 1000"), LauncherCommand{.words = {"/nonexistent/run"}}});
  EXPECT_EQ(MessageOf<LaunchError>([&] { AgentLaunch launch(plan, kTold); }),
            "/nonexistent/run can't be started: No such file or directory");
}

TEST_F(AgentLaunchTest, EndlessOutputIsNotKept) {
  AgentLaunch launch(PlanOf({Script("yes 2>&1 | cat")}), kTold);
  while (launch.LastWords().size() < 300) usleep(1000);
  EXPECT_LT(launch.LastWords().size(), 500U);
}

class RealLauncherTest : public AgentLaunchTest,
                         public ::testing::WithParamInterface<const char*> {};

TEST_P(RealLauncherTest, TellsItsAgentAndEndsAfterIt) {
  const auto plan = Real(GetParam(), Agent());
  if (!plan) GTEST_SKIP() << why_not_;
  AgentLaunch launch(*plan, kTold);
  PidIn("agent.pid");
  EXPECT_EQ(launch.Look(), std::nullopt) << launch.LastWords();
  StopAgents();
  launch.End(kPatienceS);
  EXPECT_THAT(Signs("told."),
              ::testing::ElementsAre(std::string(kTold) + "\n"));
  EXPECT_THAT(Signs("end."), SizeIs(1));
}

TEST_P(RealLauncherTest, LeavesNothing) {
  const auto plan = Real(GetParam(), Agent());
  if (!plan) GTEST_SKIP() << why_not_;
  pid_t pid = 0;
  {
    AgentLaunch launch(*plan, kTold);
    pid = PidIn("agent.pid");
  }
  EXPECT_FALSE(IsThere(pid));
}

TEST_P(RealLauncherTest, SaysWhyItDoesNotStart) {
  const auto plan = Real(GetParam(), "/nonexistent/agent");
  if (!plan) GTEST_SKIP() << why_not_;
  AgentLaunch launch(*plan, kTold);
  EXPECT_THAT(AwaitEnd(launch), HasSubstr("/nonexistent/agent"));
}

TEST_P(RealLauncherTest, IsNotKeptByWhatAnAgentPrints) {
  folder_.Lay("/loud", "#!/bin/sh\nyes | head -c 1000000\n");
  fs::permissions(folder_.File("loud"), fs::perms::owner_all);
  const auto plan = Real(GetParam(), folder_.File("loud"));
  if (!plan) GTEST_SKIP() << why_not_;
  AgentLaunch launch(*plan, kTold);
  launch.End(kPatienceS);
}

INSTANTIATE_TEST_SUITE_P(All, RealLauncherTest,
                         ::testing::Values("mpirun", "mpiexec"),
                         [](const auto& launcher) {
                           return std::string(launcher.param);
                         });

}  // namespace
}  // namespace hybrid
