// Programs that serve several threads of their worker at once.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/test_errors.h"
#include "base/test_folder.h"
#include "base/test_processes.h"
#include "worker/program.h"
#include "worker/program_lines.h"

namespace hybrid {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

/// Serves two lanes with what a range of each does.
ProgramSpec TwoLanes(const std::string& first, const std::string& second) {
  ProgramSpec spec;
  spec.words = {"sh", "-c",
                "echo noise; (while read -r word <&5; do " + second +
                    "; done) & echo ready >&4; while read -r word <&3; do " +
                    first + "; done; wait"};
  spec.environment = {"PATH=/usr/bin:/bin"};
  spec.owner_fds = {-1, -1};
  return spec;
}

TEST(ProgramLanesTest, LanesAreServedAtOnce) {
  // Neither can go on without the other, and both print a lot.
  const TestFolder folder;
  const std::string there = folder.File("there");
  const std::string back = folder.File("back");
  ASSERT_EQ(mkfifo(there.c_str(), 0600), 0);
  ASSERT_EQ(mkfifo(back.c_str(), 0600), 0);
  const std::string flood = "head -c 200000 /dev/zero >&2; ";
  Program program(
      TwoLanes(fmt::format("{}echo x >{}; read -r x <{}; echo one $word >&4",
                           flood, there, back),
               fmt::format("{}read -r x <{}; echo x >{}; echo two $word >&6",
                           flood, there, back)));
  ASSERT_TRUE(program.AwaitFirst(IsReadyLine, 60).has_value());
  constexpr int kRanges = 20;
  const auto use = [&program](std::size_t lane, const std::string& name) {
    for (int i = 0; i < kRanges; ++i) {
      program.Send(fmt::format("{}\n", i), lane);
      EXPECT_EQ(program.Receive(lane), fmt::format("{} {}", name, i));
    }
    program.Finish(lane);
  };
  std::thread other([&] { use(1, "two"); });
  use(0, "one");
  other.join();
}

/// How many of `ranges` round trips took as long as whoever waits for a line
/// sleeps at most, while another lane waits too.
int CountStalls(int ranges) {
  ProgramSpec spec;
  spec.words = {"sh", "-c",
                "(read -r word <&5; echo two >&6) & echo ready;"
                "while read -r word; do echo one; done; wait"};
  spec.environment = {"PATH=/usr/bin:/bin"};
  spec.owner_fds = {-1, -1};
  Program program(spec);
  EXPECT_TRUE(program.AwaitFirst(IsReadyLine, 60).has_value());
  std::thread other([&program] {
    EXPECT_EQ(program.Receive(1), "two");
    program.Finish(1);
  });
  int stalls = 0;
  for (int i = 0; i < ranges; ++i) {
    const std::int64_t begin_ns = NowNs();
    program.Send("x\n");
    EXPECT_EQ(program.Receive(), "one");
    if (NowNs() - begin_ns >= 1'000'000'000) ++stalls;
  }
  program.Send("x\n", 1);
  other.join();
  program.Finish();
  return stalls;
}

TEST(ProgramLanesTest, OneThatWaitsTakesNoLineFromTheStandardStreams) {
  // A machine may stand still for once.
  EXPECT_LE(CountStalls(5000), 1);
}

TEST(ProgramLanesTest, ItLivesUntilItsLastLaneIsFinished) {
  Program program(TwoLanes("echo one >&4", "echo two >&6"));
  ASSERT_TRUE(program.AwaitFirst(IsReadyLine, 60).has_value());
  program.Finish(0);
  program.Send("x\n", 1);
  EXPECT_EQ(program.Receive(1), "two");
  program.Finish(1);
}

TEST(ProgramLanesTest, TheFirstFailureIsThatOfAllLanes) {
  const auto failures = [](const std::string& second) {
    Program program(TwoLanes("exec sleep 1000", second));
    EXPECT_TRUE(program.AwaitFirst(IsReadyLine, 60).has_value());
    const auto failure_of = [&program](std::size_t lane) {
      return MessageOf<ProgramError>([&] {
        program.Send("x\n", lane);
        program.Receive(lane);
      });
    };
    std::string of_other;
    std::thread other([&] { of_other = failure_of(1); });
    const std::string of_first = failure_of(0);
    other.join();
    EXPECT_EQ(of_first, of_other);
    return of_first;
  };
  EXPECT_THAT(failures("echo log a hint >&6; echo error no data >&6; sleep 9"),
              HasSubstr(": error: no data; it printed: noise a hint"));
  EXPECT_THAT(failures("kill -9 $$"), HasSubstr("was killed by signal 9"));
  // The end comes before what was said is received.
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(failures("echo error no data >&6; kill -9 $$"),
                HasSubstr(": error: no data"));
  }
  EXPECT_TRUE(HasNoChildren());
}

TEST(ProgramLanesTest, AnswersOnOtherLanesAreNotWhatItPrinted) {
  const auto failure = [](const std::string& end) {
    return MessageOf<ProgramError>([&] {
      Program program(TwoLanes(":",
                               "echo done 7 >&6; echo verified 7 ok >&6; "
                               "echo log a hint >&6; " +
                                   end));
      EXPECT_TRUE(program.AwaitFirst(IsReadyLine, 60).has_value());
      program.Send("x\n", 1);
      program.Receive();
    });
  };
  EXPECT_THAT(failure("kill -9 $$"),
              EndsWith(" (Killed); it printed: noise a hint"));
  EXPECT_THAT(failure("echo error no data >&6; kill -9 $$"),
              EndsWith(": error: no data; it printed: noise a hint"));
}

}  // namespace
}  // namespace hybrid
