// Groups whose tasks programs of all kinds do.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/scoped_environment.h"
#include "base/test_errors.h"
#include "base/test_folder.h"
#include "base/text_file.h"
#include "blas/test_libraries.h"
#include "counters/mapped_libraries.h"
#include "key/test_keys.h"
#include "pool/local_group.h"
#include "pool/test_pool.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Speaks the lines on 3 and 4; `run` is what it does for a range.
std::string LinesProgram(const std::string& run) {
  return "sh -c 'echo ready hybridbench=1 verify=yes >&4; while read -r word "
         "first count more <&3; do case $word in run) " +
         run + ";; verify) echo verified $first ok >&4;; esac; done'";
}

class CommandGroupTest : public PoolTest {
 protected:
  static void ExpectBatches(const Key& key) {
    LocalGroup group(key, RealCommandSettings(key));
    for (int i = 0; i < 3; ++i) {
      const BatchTiming timing = group.RunBatch(1e6);
      EXPECT_EQ(timing.tasks_done, key.batch);
      EXPECT_FALSE(timing.capped);
      EXPECT_GT(timing.wall_s, 0);
    }
    group.Verify();
    group.Shutdown();
  }

  static std::string FailureOf(const std::string& command,
                               const std::string& protocol = "auto",
                               double start_timeout_s = 60) {
    Key key = CommandKey(command, 8, 2);
    key.protocol = protocol;
    PoolSettings settings = RealCommandSettings(key);
    settings.command.start_timeout_s = start_timeout_s;
    const std::string message = MessageOf<PoolError>([&] {
      LocalGroup group(key, settings);
      group.RunBatch(1e6);
      group.Verify();
      group.Shutdown();
    });
    EXPECT_THAT(message, Not(HasSubstr("\n")));
    EXPECT_TRUE(HasNoChildren()) << message;
    return message;
  }
};

TEST_F(CommandGroupTest, LinesFiltersAndProcessesDoAllTasks) {
  for (const std::uint64_t workers : {1U, 3U}) {
    ExpectBatches(
        CommandKey(LinesProgram("echo done $count >&4"), 50, workers));
    Key key =
        CommandKey("sh -c 'while read -r i; do echo $i; done'", 50, workers);
    key.protocol = "filter";
    ExpectBatches(key);
    key = CommandKey("true {task} {n}", 5, workers);
    key.protocol = "once";
    ExpectBatches(key);
    key.protocol = "whole";
    key.command = "true {workers} {batch}";
    ExpectBatches(key);
  }
}

TEST_F(CommandGroupTest, PhasesAreTheProgramsOwn) {
  const Key key = CommandKey(
      LinesProgram("echo done $count load=3000 operate=5000 max=4000 >&4"), 8);
  LocalGroup group(key, RealCommandSettings(key));
  group.TakeLatencies();
  const BatchTiming timing = group.RunBatch(1e6);
  ASSERT_EQ(timing.workers.size(), 1U);
  const double ranges = timing.workers[0].load_s / 3e-6;
  EXPECT_GE(ranges, 0.999);
  EXPECT_NEAR(timing.workers[0].operate_s, ranges * 5e-6, 1e-9);
  EXPECT_EQ(group.TakeLatencies().count(), 8U);
}

TEST_F(CommandGroupTest, EachTaskIsDoneOnce) {
  const TestFolder folder;
  Key key = CommandKey("sh -c 'echo {task} >>tasks.{worker}'", 7, 3);
  key.protocol = "once";
  PoolSettings settings = RealCommandSettings(key);
  settings.command.working_directory = folder.path();
  {
    LocalGroup group(key, settings);
    for (int worker = 0; worker < 3; ++worker) {
      unlink(folder.File(fmt::format("tasks.{}", worker)).c_str());
    }
    group.RunBatch(1e6);
  }
  std::vector<int> done(7);
  for (int worker = 0; worker < 3; ++worker) {
    const std::string text =
        text_file::Read(folder.File(fmt::format("tasks.{}", worker)))
            .value_or("");
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      ++done.at(std::stoul(text.substr(at)));
    }
  }
  EXPECT_EQ(done, std::vector<int>(7, 1));
}

TEST_F(CommandGroupTest, KnowsItsConfiguration) {
  Key key = CommandKey(
      LinesProgram("test \"$HYBRIDBENCH_WORKERS/$HYBRIDBENCH_BLAS_THREADS/"
                   "$HYBRIDBENCH_N/$HYBRIDBENCH_BATCH/$OMP_NUM_THREADS/$MINE\""
                   " = 2/3/512/8/3/yes && echo done $count >&4 || "
                   "echo error not so >&4"),
      8, 2, 3);
  key.n = 512;
  key.environment = "MINE=yes";
  ExpectBatches(key);
}

TEST_F(CommandGroupTest, WhatItIsToldIsNotTheUsersOwn) {
  const ScopedEnvironment users(
      ScopedEnvironment::Variables{{"HYBRIDBENCH_N", "256"}});
  Key key = CommandKey(
      "sh -c 'test $(env | grep -c HYBRIDBENCH_N=) = 1 && "
      "test $HYBRIDBENCH_N = 512'",
      2);
  key.protocol = "once";
  key.n = 512;
  ExpectBatches(key);
}

TEST_F(CommandGroupTest, NoTaskIsBeyondTheBatch) {
  const Key key = CommandKey(
      LinesProgram("test $((first + count)) -le 3 && echo done $count >&4 || "
                   "echo error no such task >&4"),
      3);
  LocalGroup group(key, RealCommandSettings(key));
  for (int i = 0; i < 5; ++i) group.RunBatch(1e6);
  group.ProveThreads();
  group.Shutdown();
}

TEST_F(CommandGroupTest, PrepareRunsBeforeIt) {
  const TestFolder folder;
  Key key = CommandKey("test -e prepared", 2);
  key.protocol = "once";
  PoolSettings settings = RealCommandSettings(key);
  settings.command.working_directory = folder.path();
  settings.command.prepare = "touch prepared";
  LocalGroup(key, settings).RunBatch(1e6);
  settings.command.prepare = "false";
  EXPECT_THAT(MessageOf<PoolError>([&] { LocalGroup(key, settings); }),
              HasSubstr("false: exited with status 1"));
}

constexpr std::uint64_t kMib = std::uint64_t{1} << 20;

/// dd has one buffer of this size, which it fills.
constexpr const char* kTakes40Mib =
    "dd if=/dev/zero of=/dev/null bs=40M count=1 2>/dev/null";

TEST_F(CommandGroupTest, MemoryIsOfTheLargestWorkerAndOfAllThatItStarted) {
  for (const char* protocol : {"filter", "once", "whole"}) {
    Key key = CommandKey(fmt::format("sh -c '{}'", kTakes40Mib), 4, 2);
    key.protocol = protocol;
    if (key.protocol == "filter") {
      key.command = fmt::format("sh -c 'while read -r i; do {}; echo $i; done'",
                                kTakes40Mib);
    }
    LocalGroup group(key, RealCommandSettings(key));
    EXPECT_FALSE(group.program().peak_bytes);
    group.RunBatch(1e6);
    group.ProveThreads();
    const std::uint64_t bytes = group.program().peak_bytes.value_or(0);
    // Of a filter, which lives, processes that came and went were not seen.
    if (key.protocol == "filter") {
      EXPECT_GT(bytes, 0U);
      EXPECT_LT(bytes, 40 * kMib);
    } else {
      EXPECT_GE(bytes, 40 * kMib) << protocol;
      EXPECT_LT(bytes, 60 * kMib) << protocol;
    }
    group.Shutdown();
  }
}

TEST_F(CommandGroupTest, MemoryThatAProgramGaveBackCounts) {
  if (access("/usr/bin/python3", X_OK) != 0) GTEST_SKIP() << "no Python";
  Key key = CommandKey(
      "/usr/bin/python3 -c 'import sys; "
      "[print(len(bytearray(40 << 20)), flush=True) for i in sys.stdin]'",
      4);
  key.protocol = "filter";
  LocalGroup group(key, RealCommandSettings(key));
  group.RunBatch(1e6);
  group.ProveThreads();
  const std::uint64_t bytes = group.program().peak_bytes.value_or(0);
  EXPECT_GE(bytes, 40 * kMib);
  EXPECT_LT(bytes, 90 * kMib);
  group.Shutdown();
}

TEST_F(CommandGroupTest, ItsLibrariesAreSeenHoweverItRuns) {
  const std::optional<std::string> library = TestLibrary("openblas-openmp");
  if (!library) GTEST_SKIP() << NoTestLibrary("openblas-openmp");
  for (const char* protocol : {"auto", "once", "whole"}) {
    // Long enough to be looked at.
    Key key = CommandKey(
        "sh -c 'i=0; while test $i -lt 200000; do "
        "i=$((i+1)); done'",
        2);
    key.protocol = protocol;
    if (key.protocol == "auto") {
      key.command = LinesProgram("echo done $count >&4");
    }
    key.command = fmt::format("env LD_PRELOAD={} {}", *library, key.command);
    LocalGroup group(key, RealCommandSettings(key));
    group.RunBatch(1e6);
    group.ProveThreads();
    std::vector<std::string> families;
    for (const MappedLibrary& mapped : group.program().libraries) {
      families.emplace_back(mapped.family);
    }
    ASSERT_THAT(families, ElementsAre("openblas", "libgomp")) << protocol;
    EXPECT_EQ(group.program().libraries.front().file, *library);
    group.Shutdown();
  }
}

TEST_F(CommandGroupTest, WhoChecksSaysSo) {
  const Key key = CommandKey(LinesProgram("echo done $count >&4"), 8, 2);
  LocalGroup group(key, RealCommandSettings(key));
  group.RunBatch(1e6);
  EXPECT_TRUE(group.Verify());
  group.Shutdown();
  Key other = CommandKey("true", 2);
  other.protocol = "once";
  LocalGroup nobody(other, RealCommandSettings(other));
  nobody.RunBatch(1e6);
  EXPECT_FALSE(nobody.Verify());
  nobody.Shutdown();
}

TEST_F(CommandGroupTest, TheFlopsThatItSaysAreKnown) {
  const auto flops_of = [](const std::string& more) {
    const Key key = CommandKey(
        "sh -c 'echo ready hybridbench=1 " + more +
            " >&4; while read -r word first count more <&3; do case $word in "
            "run) echo done $count >&4;; esac; done'",
        8);
    LocalGroup group(key, RealCommandSettings(key));
    group.Shutdown();
    return group.start().program_flops;
  };
  EXPECT_EQ(flops_of("flops=2.5e9"), 2.5e9);
  EXPECT_FALSE(flops_of("threads=1"));
}

TEST_F(CommandGroupTest, WhatIsWrongIsOneLine) {
  EXPECT_THAT(
      FailureOf("sh -c 'sleep 1000'", "auto", 0.3),
      AllOf(HasSubstr("before it was ready: sh -c sleep 1000: did not "
                      "say `ready hybridbench=1` within 0.3 s"),
            HasSubstr("--protocol=filter"), HasSubstr("--protocol=once")));
  EXPECT_THAT(FailureOf("sh -c 'echo cannot import >&2; exit 1'"),
              EndsWith("exited with status 1; it printed: cannot import"));
  EXPECT_THAT(FailureOf("sh -c 'echo ready hybridbench=9'"),
              HasSubstr("said 'ready hybridbench=9' where"));
  EXPECT_THAT(FailureOf(LinesProgram("echo done 77 >&4")),
              HasSubstr("said that 77 tasks are done, where 1 were asked for"));
  EXPECT_THAT(FailureOf(LinesProgram("printf don >&4; exit 0")),
              HasSubstr("said 'don' where `done COUNT` was due"));
  EXPECT_THAT(FailureOf(LinesProgram("echo error out of licences >&4")),
              HasSubstr("error: out of licences"));
  EXPECT_THAT(FailureOf("sh -c 'sleep 1000'", "filter", 0.3),
              HasSubstr("does it flush its output after each line?"));
  EXPECT_THAT(
      FailureOf("sh -c 'while read -r i; do echo a; echo b; done'", "filter"),
      HasSubstr("printed more lines than it was given tasks"));
  EXPECT_THAT(
      FailureOf(LinesProgram("echo done $count load=9223372036854775807 >&4")),
      HasSubstr("took longer than the "));
  EXPECT_THAT(FailureOf("sh -c 'read -r i; echo $i; exit 0'", "filter"),
              HasSubstr("ended before it was told to"));
  EXPECT_THAT(FailureOf("sh -c 'echo bad {task}; exit 4'", "once"),
              HasSubstr("exited with status 4; it printed: bad 0"));
  EXPECT_THAT(FailureOf("no-such-program", "whole"),
              HasSubstr("no-such-program: there is no such program in PATH"));
}

TEST_F(CommandGroupTest, AWrongResultIsAnError) {
  const std::string program =
      "sh -c 'echo ready hybridbench=1 verify=yes >&4; while read -r word "
      "first count more <&3; do case $word in run) echo done $count >&4;; "
      "verify) echo verified $first wrong off by 3 >&4;; esac; done'";
  EXPECT_THAT(FailureOf(program), HasSubstr("is wrong: off by 3"));
}

TEST_F(CommandGroupTest, AProgramKilledInMidBatchIsTold) {
  EXPECT_THAT(FailureOf(LinesProgram(
                  "test $first = 0 && echo done $count >&4 || kill -9 $$")),
              HasSubstr("was killed by signal 9 (Killed)"));
}

TEST_F(CommandGroupTest, WhoWorksIsNoHangAndWhoTakesTooLongIsCapped) {
  // All but its first task, the warm-up.
  const Key slow = CommandKey(
      LinesProgram(
          "if [ -z \"$warm\" ]; then warm=1; else while :; do :; done; "
          "fi; echo done $count >&4"),
      8);
  PoolSettings settings = RealCommandSettings(slow);
  settings.hang_timeout_s = 2.5;
  LocalGroup group(slow, settings);
  const BatchTiming timing = group.RunBatch(0.1);
  EXPECT_TRUE(timing.capped);
  EXPECT_EQ(timing.tasks_done, 0U);
  EXPECT_TRUE(HasNoChildren());
}

TEST_F(CommandGroupTest, AWholeProgramIsToldOfItsHosts) {
  Key key = CommandKey(
      "sh -c 'test $0 = a,b:2:6 && test $HYBRIDBENCH_HOST_COUNT = 2 && "
      "test $HYBRIDBENCH_ALL_WORKERS = 6' {hosts}:{host_count}:{all_workers}",
      8, 3);
  key.protocol = "whole";
  key.host_count = 2;
  PoolSettings settings = RealCommandSettings(key);
  settings.command.hosts = {"a", "b"};
  LocalGroup group(key, settings);
  EXPECT_EQ(group.RunBatch(1e6).tasks_done, 8U);
}

// It waits here for what its ranks do there.
TEST_F(CommandGroupTest, AWholeProgramOnOtherHostsIsStartedHereAndNeverHangs) {
  Key key = CommandKey("sleep 1.5", 8, 2);
  key.protocol = "whole";
  PoolSettings settings = RealCommandSettings(key);
  settings.hang_timeout_s = 0.3;
  EXPECT_THAT(
      MessageOf<PoolError>([&] { LaunchGroup(key, settings)->RunBatch(1e6); }),
      HasSubstr("hung in mid-batch"));
  settings.elsewhere = [](const Key&, const PoolSettings&) {
    return std::unique_ptr<WorkerGroup>();
  };
  const std::unique_ptr<WorkerGroup> group = LaunchGroup(key, settings);
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->RunBatch(1e6).tasks_done, 8U);
  const GroupCounters counters = group->Counters();
  ASSERT_EQ(counters.workers.size(), 1U);
  EXPECT_FALSE(counters.workers[0]);
  EXPECT_EQ(counters.system.busy_s, std::nullopt);
  group->ProveThreads();
  EXPECT_EQ(group->program().peak_bytes, std::nullopt);
  // What does not end is cut off all the same.
  EXPECT_TRUE(group->RunBatch(0.1).capped);
}

// Longer than the worker's own looks at its program are apart.
TEST_F(CommandGroupTest, AHangIsFoundOverTheWholeTree) {
  Key key = CommandKey(
      LinesProgram("if [ -z \"$warm\" ]; then warm=1; else sleep 1000; fi; "
                   "echo done $count >&4"),
      8);
  PoolSettings settings = RealCommandSettings(key);
  settings.hang_timeout_s = 2.5;
  EXPECT_THAT(MessageOf<PoolError>([&] {
                LocalGroup group(key, settings);
                group.RunBatch(1e6);
              }),
              HasSubstr("hung in mid-batch: no CPU time for "));
  EXPECT_TRUE(HasNoChildren());
}

/// Programs that find out something of their worker, $PPID to them.
class CommandWorkerTest : public CommandGroupTest {
 protected:
  void RunBatches(Key key, int batches = 1) const {
    PoolSettings settings = RealCommandSettings(key);
    settings.command.working_directory = folder_.path();
    LocalGroup group(key, settings);
    for (int i = 0; i < batches; ++i) group.RunBatch(1e6);
    group.Shutdown();
  }
  /// The last number in the file `found`.
  long Found() const {
    const std::string text =
        text_file::Read(folder_.File("found")).value_or("");
    return std::stol(std::string(text_file::Words(text).back()));
  }

 private:
  TestFolder folder_;
};

TEST_F(CommandWorkerTest, AGigabyteOfPrintsIsNotKept) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer keeps what was freed";
#endif
  // On the channel that is not spoken on, and on standard error.
  RunBatches(CommandKey(
      LinesProgram("head -c 512M /dev/zero; head -c 512M /dev/zero >&2; "
                   "grep VmHWM /proc/$PPID/status | tr -d [:alpha:] >found; "
                   "echo done $count >&4"),
      1));
  constexpr long kWorkersOwnKib = 100'000;
  EXPECT_LT(Found(), kWorkersOwnKib);
}

TEST_F(CommandWorkerTest, WhatEndsFarBelowIsNoZombieForLong) {
  const std::string daemonize = "(sleep 0.01 & sleep 0.01 & sleep 0.01 &)";
  const std::string count = "cat /proc/$PPID/task/*/children | wc -w >found";
  constexpr int kTasks = 15;
  Key key = CommandKey(LinesProgram(daemonize + "; " + count +
                                    "; sleep 0.02; echo done $count >&4"),
                       kTasks);
  RunBatches(key);
  // Who lives, and of whom nobody has looked after since.
  EXPECT_LT(Found(), 20);
  key.batch = 1;
  RunBatches(key, kTasks);
  EXPECT_LT(Found(), 20);
  key = CommandKey(fmt::format("sh -c '{}; {}; sleep 0.02'", daemonize, count),
                   kTasks);
  key.protocol = "once";
  RunBatches(key);
  EXPECT_LT(Found(), 20);
}

TEST_F(CommandGroupTest, MoreAtWorkThanAskedForIsAnError) {
  const std::string burn = "while :; do :; done & ";
  const Key key =
      CommandKey(LinesProgram("if [ -z \"$warm\" ]; then warm=1; " + burn +
                              burn + "fi; sleep 0.01; echo done $count >&4"),
                 2);
  LocalGroup group(key, RealCommandSettings(key));
  group.RunBatch(1e6);
  EXPECT_THAT(MessageOf<PoolError>([&] { group.ProveThreads(); }),
              EndsWith("the program ran 2 threads, by their CPU time, where 1 "
                       "was asked for"));
}

TEST_F(CommandGroupTest, ATaskMayBeAProcess) {
  const Key key =
      CommandKey(LinesProgram("sh -c \"i=0; while test \\$i -lt 9999; do "
                              "i=\\$((i + 1)); done\"; echo done $count >&4"),
                 2);
  LocalGroup group(key, RealCommandSettings(key));
  group.RunBatch(1e6);
  EXPECT_NO_THROW(group.ProveThreads());
}

TEST_F(CommandGroupTest, NobodyIsLeftBehind) {
  const TestFolder folder;
  const std::string file = folder.File("pid");
  // In a session of its own, where no signal to a group reaches it.
  const std::string script = folder.File("stray.sh");
  std::ofstream(script) << "echo $$ >" << file << "\nexec sleep 1000\n";
  const Key key =
      CommandKey(LinesProgram("if [ -z \"$warm\" ]; then warm=1; setsid sh " +
                              script + " & fi; echo done $count >&4"),
                 4);
  for (const bool killed : {false, true}) {
    auto group = std::make_unique<LocalGroup>(key, RealCommandSettings(key));
    group->RunBatch(1e6);
    std::string text;
    while (text.empty()) text = text_file::Read(file).value_or("");
    const pid_t stray = std::stoi(text);
    EXPECT_EQ(kill(stray, 0), 0);
    if (killed) {
      kill(group->pids()[0], SIGKILL);
      EXPECT_THROW(group->RunBatch(1e6), PoolError);
    } else {
      group->Shutdown();
    }
    group.reset();
    EXPECT_NE(kill(stray, 0), 0);
    unlink(file.c_str());
  }
}

}  // namespace
}  // namespace hybrid
