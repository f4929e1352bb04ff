// Groups whose workers are threads, and whose tasks one program does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/test_errors.h"
#include "base/test_folder.h"
#include "key/test_keys.h"
#include "pool/local_group.h"
#include "pool/test_pool.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Serves two workers; `run` is what it does for a range, answers are to go to
/// descriptor $out.
std::string TwoLanesProgram(const std::string& run,
                            const std::string& ready = "lanes=2 verify=yes") {
  return "sh -c 'serve() {{ while read -r word first count more; do case $word "
         "in config) config=\"$first $count $more\";; run) " +
         run +
         ";; verify) echo verified $first ok >&$out;; esac; done; }}; "
         "out=6; serve <&5 & echo ready hybridbench=1 " +
         ready + " >&4; out=4; serve <&3; wait'";
}

class CommandLanesTest : public PoolTest {
 protected:
  static Key LanesKey(const std::string& command, std::uint64_t batch = 8) {
    Key key = CommandKey(command, batch, 2);
    key.engine = Engine::kThreads;
    return key;
  }
  static std::string LanesFailure(const Key& key,
                                  const std::function<void(LocalGroup&)>& use) {
    const std::string message = MessageOf<PoolError>([&] {
      LocalGroup group(key, RealCommandSettings(key));
      use(group);
    });
    EXPECT_THAT(message, Not(HasSubstr("\n")));
    EXPECT_TRUE(HasNoChildren()) << message;
    return message;
  }
  static void RunAndVerify(LocalGroup& group) {
    group.RunBatch(1e6);
    group.Verify();
    group.Shutdown();
  }
};

TEST_F(CommandLanesTest, AllWorkersShareOneProgram) {
  const TestFolder folder;
  const Key key = LanesKey(TwoLanesProgram(
      "echo $$ $first $count >>tasks; sleep 0.01; echo done $count >&$out"));
  PoolSettings settings = RealCommandSettings(key);
  settings.command.working_directory = folder.path();
  LocalGroup group(key, settings);
  EXPECT_EQ(group.pids().size(), 1U);
  unlink(folder.File("tasks").c_str());
  std::array<std::uint64_t, 2> done{};
  for (int i = 0; i < 3; ++i) {
    const BatchTiming timing = group.RunBatch(1e6);
    EXPECT_EQ(timing.tasks_done, key.batch);
    ASSERT_EQ(timing.workers.size(), done.size());
    for (std::size_t worker = 0; worker < done.size(); ++worker) {
      done[worker] += timing.workers[worker].tasks;
    }
    group.Verify();
  }
  EXPECT_THAT(done, Each(Gt(0U)));
  EXPECT_EQ(group.Counters().workers.size(), 1U);
  group.Shutdown();
  std::ifstream lines(folder.File("tasks"));
  std::uint64_t tasks = 0, pid = 0, first = 0, count = 0, sole = 0;
  while (lines >> pid >> first >> count) {
    if (sole == 0) sole = pid;
    EXPECT_EQ(pid, sole);
    tasks += count;
  }
  EXPECT_EQ(tasks, 3 * key.batch);
}

TEST_F(CommandLanesTest, EachIsToldWhichItIs) {
  const Key key = LanesKey(TwoLanesProgram(
      "case \"$out $config\" in \"4 workers=2 index=0 \"*|\"6 workers=2 "
      "index=1 \"*) echo done $count >&$out;; *) echo error $config >&$out;; "
      "esac"));
  LocalGroup group(key, RealCommandSettings(key));
  RunAndVerify(group);
}

TEST_F(CommandLanesTest, EachBindsItselfWhereWorkersAreBound) {
  const std::vector<int> cpus = AllowedCpus();
  if (cpus.size() < 2) GTEST_SKIP() << "one CPU";
  const std::string bind =
      "taskset -pc ${{config##*cpus=}} $(sh -c \"echo \\$PPID\") >&2; ";
  const std::string run = "echo done $count >&$out";
  Key key = LanesKey(TwoLanesProgram(bind + run));
  PoolSettings settings = RealCommandSettings(key);
  settings.cpus = {{cpus[0]}, {cpus[1]}};
  LocalGroup(key, settings).RunBatch(1e6);
  key.command = TwoLanesProgram(run);
  EXPECT_THAT(MessageOf<PoolError>([&] { LocalGroup(key, settings); }),
              HasSubstr("none of its threads bound itself to CPUs "));
  EXPECT_TRUE(HasNoChildren());
}

TEST_F(CommandLanesTest, ThreadsOfTheFirstAndTheLastAreCounted) {
  const Key key = LanesKey(
      TwoLanesProgram("i=0; while test $i -lt 20000; do i=$((i + 1)); done; "
                      "echo done $count >&$out"));
  LocalGroup group(key, RealCommandSettings(key));
  group.RunBatch(1e6);
  const std::optional<ThreadsSeen> seen = group.ProveThreads();
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->threads, 1U);
  group.Shutdown();
  // Beside the second one's a process works, but only while that does.
  const Key two = LanesKey(TwoLanesProgram(
      "if test $out = 6 -a -z \"$beside\"; then while :; do :; done & "
      "beside=$!; fi; test $out = 4 || kill -CONT $beside; "
      "i=0; while test $i -lt 20000; do i=$((i + 1)); done; "
      "test $out = 4 || kill -STOP $beside; echo done $count >&$out"));
  EXPECT_THAT(LanesFailure(two,
                           [](LocalGroup& failing) {
                             failing.RunBatch(1e6);
                             failing.ProveThreads();
                           }),
              AllOf(StartsWith("thread 1 of 2 (pid "),
                    HasSubstr("where 1 was asked for")));
}

TEST_F(CommandLanesTest, WhoServesOneChannelIsToldSo) {
  for (const char* const ready : {"", "lanes=1"}) {
    EXPECT_THAT(LanesFailure(
                    LanesKey(TwoLanesProgram("echo done $count >&$out", ready)),
                    RunAndVerify),
                AllOf(StartsWith("the process of 2 threads (pid "),
                      HasSubstr("serves 1 channel, not 2: --engine=threads "
                                "takes hybridbench.run of this build's "
                                "hybridbench.py, or a program that says "
                                "lanes=2 in `ready`")));
  }
}

TEST_F(CommandLanesTest, WhatOneOfThemDoesWrongEndsAll) {
  const std::string warm = "if test $first = 0; then echo done $count >&$out; ";
  const auto failure = [&](const std::string& otherwise) {
    return LanesFailure(LanesKey(TwoLanesProgram(warm + otherwise + "; fi")),
                        RunAndVerify);
  };
  EXPECT_THAT(failure("else echo error out of licences >&$out; exit 3"),
              AllOf(StartsWith("the process of 2 threads (pid "),
                    HasSubstr(") gave up in mid-batch: sh -c "),
                    HasSubstr(": error: out of licences")));
  EXPECT_THAT(failure("else kill -9 $$"),
              HasSubstr("was killed by signal 9 (Killed)"));
  EXPECT_THAT(failure("else echo done 77 >&$out"),
              HasSubstr("said that 77 tasks are done"));
  const std::string wrong =
      "sh -c 'serve() {{ while read -r word first more; do case $word in run) "
      "sleep 0.01; echo done $more >&$out;; verify) echo verified $first "
      "$verdict >&$out;; esac; done; }}; out=6 verdict=\"wrong by 3\"; serve "
      "<&5 & echo ready hybridbench=1 lanes=2 verify=yes >&4; out=4 "
      "verdict=ok; serve <&3; wait'";
  EXPECT_THAT(LanesFailure(LanesKey(wrong), RunAndVerify),
              AllOf(HasSubstr("while verifying"), HasSubstr("is wrong: by 3")));
}

TEST_F(CommandLanesTest, WhatAFailureBringsDownIsNoReason) {
  // The first is at work when the second fails by itself, which kills the
  // program.
  const Key key =
      LanesKey(TwoLanesProgram("test $out = 6 -o $first = 0 || sleep 1000; "
                               "echo done $count >&$out"));
  PoolSettings settings = RealCommandSettings(key);
  settings.worker_executable = HYBRID_FAULTY_WORKER;
  settings.environment.kept.emplace_back(
      "HYBRID_TEST_FAULT=throw_in_second_thread");
  // Both have failed by the time that anybody looks.
  settings.interrupted = [] {
    usleep(300'000);
    return false;
  };
  EXPECT_THAT(
      MessageOf<PoolError>([&] { LocalGroup(key, settings).RunBatch(1e6); }),
      HasSubstr(" gave up in mid-batch: std::bad_alloc"));
  EXPECT_TRUE(HasNoChildren());
}

TEST_F(CommandLanesTest, AKilledWorkerLeavesNobodyBehind) {
  const Key key = LanesKey(TwoLanesProgram("echo done $count >&$out"));
  EXPECT_THAT(LanesFailure(key,
                           [](LocalGroup& group) {
                             group.RunBatch(1e6);
                             kill(group.pids()[0], SIGKILL);
                             group.RunBatch(1e6);
                           }),
              HasSubstr("the process of 2 threads (pid "));
}

TEST_F(CommandLanesTest, OneThatNeverEndsIsCapped) {
  const Key key =
      LanesKey(TwoLanesProgram("while test $first != 0; do :; done; "
                               "echo done $count >&$out"));
  PoolSettings settings = RealCommandSettings(key);
  settings.hang_timeout_s = 2.5;
  LocalGroup group(key, settings);
  const BatchTiming timing = group.RunBatch(0.1);
  EXPECT_TRUE(timing.capped);
  EXPECT_TRUE(HasNoChildren());
}

}  // namespace
}  // namespace hybrid
