#include "worker/program.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/strays.h"
#include "base/test_errors.h"
#include "base/test_folder.h"
#include "base/test_processes.h"
#include "base/text_file.h"
#include "protocol/doorbell.h"
#include "worker/program_lines.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr double kLongS = 60;

ProgramSpec ShellProgram(const std::string& script) {
  return {{"sh", "-c", script}, {"PATH=/usr/bin:/bin"}, ""};
}

std::string FailureOf(const std::string& script,
                      const std::function<void(Program&)>& use) {
  const std::string message = MessageOf<ProgramError>([&] {
    Program program(ShellProgram(script));
    use(program);
  });
  EXPECT_THAT(message, Not(HasSubstr("\n")));
  EXPECT_TRUE(HasNoChildren());
  return message;
}

void AwaitReady(Program& program) {
  ASSERT_TRUE(program.AwaitFirst(IsReadyLine, kLongS).has_value());
}

TEST(ProgramTest, SpeaksOnDescriptorsOfItsOwn) {
  Program program(
      ShellProgram("echo noise; echo ready hybridbench=1 >&4; echo more noise;"
                   "while read -r line <&3; do echo \"got $line\" >&4; done"));
  EXPECT_EQ(program.AwaitFirst(IsReadyLine, kLongS), "ready hybridbench=1");
  program.Send("one\n");
  EXPECT_EQ(program.Receive(), "got one");
  program.Send("two\nthree\n");
  EXPECT_EQ(program.Receive(), "got two");
  EXPECT_EQ(program.Receive(), "got three");
  program.Finish();
}

TEST(ProgramTest, SpeaksOnItsStandardStreams) {
  Program program(
      ShellProgram("echo import took 3 s; echo ready now;"
                   "while read -r line; do echo \"got $line\"; done"));
  EXPECT_EQ(program.AwaitFirst(IsReadyLine, kLongS), "ready now");
  program.Send("one\n");
  EXPECT_EQ(program.Receive(), "got one");
  program.Finish();
}

TEST(ProgramTest, LogsAreKeptAndErrorsEndIt) {
  EXPECT_THAT(FailureOf("echo ready; echo log a hint; echo error no data",
                        [](Program& program) {
                          AwaitReady(program);
                          program.Receive();
                        }),
              AllOf(StartsWith("sh -c "),
                    HasSubstr(": error: no data; it printed: a hint")));
}

TEST(ProgramTest, WhatItPrintedLastIsTold) {
  EXPECT_THAT(
      FailureOf("echo Traceback >&2; echo 'ValueError: 7' >&2; exit 3",
                AwaitReady),
      EndsWith("exited with status 3; it printed: Traceback ValueError: 7"));
  EXPECT_THAT(FailureOf("echo ready; read -r x; kill -SEGV $$",
                        [](Program& program) {
                          AwaitReady(program);
                          program.Send("x\n");
                          program.Receive();
                        }),
              HasSubstr("was killed by signal 11"));
  EXPECT_THAT(FailureOf("true", AwaitReady),
              EndsWith("ended before it was told to"));
}

TEST(ProgramTest, NothingWhereItSaysNothingInTime) {
  Program program(ShellProgram("sleep 1000"));
  EXPECT_FALSE(program.AwaitFirst(IsReadyLine, 0.05).has_value());
}

TEST(ProgramTest, HalfALineIsTheLastOne) {
  Program program(ShellProgram("echo ready; printf 'don'"));
  AwaitReady(program);
  EXPECT_EQ(program.Receive(), "don");
  EXPECT_THROW(program.Receive(), ProgramError);
}

TEST(ProgramTest, FloodsTakeNoMemoryAndHoldNothingUp) {
  Program program(ShellProgram(
      "head -c 50000000 /dev/zero; echo ready >&4;"
      "head -c 50000000 /dev/zero >&2; echo done 1 >&4; read -r x <&3"));
  AwaitReady(program);
  EXPECT_EQ(program.Receive(), "done 1");
  program.Finish();
}

TEST(ProgramTest, WhoeverWaitsHearsThatItsOwnerIsGone) {
  using Use = std::function<void(Program&)>;
  const std::string ready = "echo ready; echo go; ";
  const Use receive = [](Program& program) {
    AwaitReady(program);
    program.Receive();
    program.Receive();
  };
  const Use send = [](Program& program) {
    AwaitReady(program);
    program.Receive();
    program.Send(std::string(10'000'000, 'x'));
  };
  const Use succeed = [](Program& program) { program.AwaitSuccess(); };
  const std::vector<std::pair<std::string, Use>> waits{
      {"", AwaitReady}, {ready, receive}, {ready, send}, {"", succeed}};
  for (const auto& [begin, use] : waits) {
    auto [theirs, ours] = Doorbell::Pair();
    // A command that came meanwhile is for later.
    theirs.Ring();
    ProgramSpec spec = ShellProgram(begin + "sleep 1000 & sleep 1000");
    spec.owner_fds = {ours.fd()};
    std::thread owner([doorbell = std::move(theirs)]() mutable {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      doorbell.Close();
    });
    EXPECT_THAT(MessageOf<ProgramError>([&] {
                  Program program(spec);
                  use(program);
                }),
                HasSubstr(": bench is gone"));
    owner.join();
  }
}

TEST(ProgramTest, AnEndlessLineIsRefused) {
  EXPECT_THAT(FailureOf("echo ready; head -c 1000000 /dev/zero; sleep 1000",
                        [](Program& program) {
                          AwaitReady(program);
                          program.Receive();
                        }),
              HasSubstr("said a line of more than 4096 bytes"));
}

TEST(ProgramTest, AChildThatKeepsThePipeHoldsNothingUp) {
  EXPECT_THAT(FailureOf("sleep 1000 & echo ready; exit 3",
                        [](Program& program) {
                          AwaitReady(program);
                          program.Receive();
                        }),
              HasSubstr("exited with status 3"));
}

TEST(ProgramTest, ItsChildrenEndWithIt) {
  const TestFolder folder;
  const std::string file = folder.File("pid");
  ASSERT_TRUE(AdoptOrphans());
  {
    Program program(ShellProgram(fmt::format(
        "sleep 1000 & echo $! >{}; echo ready; exec sleep 1000", file)));
    AwaitReady(program);
  }
  // Adopted by this process: whoever else might be may not reap it.
  const pid_t child = std::stoi(text_file::Read(file).value());
  EXPECT_EQ(waitpid(child, nullptr, 0), child);
  DisownOrphans();
}

TEST(ProgramTest, SuccessIsStatusZero) {
  Program(ShellProgram("echo out; echo err >&2; cat; exit 0")).AwaitSuccess();
  EXPECT_THAT(FailureOf("echo what; exit 5",
                        [](Program& program) { program.AwaitSuccess(); }),
              EndsWith("exited with status 5; it printed: what"));
}

TEST(ProgramTest, IsLookedAtWhileItRunsAndEverMoreSeldom) {
  int looks = 0;
  const auto look = [&looks] {
    ++looks;
    return std::int64_t{0};
  };
  Program(ShellProgram("sleep 0.2")).AwaitSuccess(look, 1'000'000);
  EXPECT_GE(looks, 2);
  const std::int64_t begin_ns = NowNs();
  int first = 0;
  Program(ShellProgram("sleep 0.2"))
      .AwaitSuccess(
          [&first] {
            ++first;
            return std::int64_t{0};
          },
          100'000'000);
  // Each 1.25 times as late as the one before.
  const double late = static_cast<double>(NowNs() - begin_ns) / 1e8;
  EXPECT_GE(first, 1);
  EXPECT_LE(first, 1 + std::log(late) / std::log(1.25));
  looks = 0;
  Program(ShellProgram("sleep 0.1")).AwaitSuccess(look, 1'000'000'000'000);
  EXPECT_EQ(looks, 0);
}

TEST(ProgramTest, IsNotLookedAtBeforeALookThatCostMuchIsMadeUpFor) {
  int looks = 0;
  Program(ShellProgram("sleep 0.3"))
      .AwaitSuccess(
          [&looks] {
            ++looks;
            return std::int64_t{1'000'000'000'000};
          },
          1'000'000);
  EXPECT_EQ(looks, 1);
}

TEST(ProgramTest, RunsInItsFolderWithItsEnvironmentAlone) {
  const TestFolder folder;
  Program program({{"sh", "-c", "echo \"ready $(pwd) $A ${HOME-none}\""},
                   {"PATH=/usr/bin:/bin", "A=b"},
                   folder.path()});
  EXPECT_EQ(program.AwaitFirst(IsReadyLine, kLongS),
            fmt::format("ready {} b none", folder.path()));
}

TEST(ProgramTest, WhatIsNoProgramIsNamed) {
  for (const char* const name :
       {"no-such-program", "/no/such/program", "/tmp"}) {
    EXPECT_THAT(MessageOf<ProgramError>([&] {
                  Program({{name}, {"PATH=/usr/bin:/bin"}, ""});
                }),
                StartsWith(std::string(name) + ": "));
  }
  EXPECT_TRUE(HasNoChildren());
}

}  // namespace
}  // namespace hybrid
