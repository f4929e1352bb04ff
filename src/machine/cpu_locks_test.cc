#include "machine/cpu_locks.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/test_child.h"
#include "base/test_folder.h"
#include "base/test_shell.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class CpuLocksTest : public ::testing::Test {
 protected:
  /// Two sets in one process keep each other off as those of two do.
  CpuLocks Lock(CpuList cpus, const LockWait& wait = {}) const {
    return CpuLocks(folder_.path(), std::move(cpus), OwnerText("noon"), wait);
  }
  /// The same, but nobody is waited for.
  CpuLocks TryLock(CpuList cpus) const {
    return Lock(std::move(cpus), {.interrupted = [] { return true; }});
  }
  std::string PathOf(int cpu) const {
    return folder_.File(fmt::format("hybridbench-cpu{}.lock", cpu));
  }
  /// Who is in the way where the file has that content and is locked.
  std::string Named(const std::string& content) const {
    const CpuLocks holder = Lock({0});
    folder_.Lay("/hybridbench-cpu0.lock", content);
    return TryLock({0}).in_the_way();
  }

  const TestFolder folder_;
};

TEST_F(CpuLocksTest, WhoComesSecondWaitsUntilTheFirstIsKilled) {
  auto first = std::make_unique<TestChild>([this] {
    const CpuLocks locks = Lock({0, 1});
    for (;;) raise(SIGSTOP);
  });
  first->AwaitStop();
  const std::string pid = fmt::format("pid {} since noon: ", first->pid());
  int told = 0;
  const CpuLocks second =
      Lock({0, 1}, {.on_wait = [&](const std::string& in_the_way) {
             ++told;
             EXPECT_THAT(in_the_way, StartsWith("CPU 0 is locked by " + pid));
             first.reset();
           }});
  EXPECT_EQ(told, 1);
  EXPECT_GT(second.waited_s(), 0);
  EXPECT_FALSE(second.gave_up());
  EXPECT_TRUE(TryLock({1}).gave_up());
}

TEST_F(CpuLocksTest, EachCpuIsWaitedForAndOneIsTold) {
  std::optional<CpuLocks> zero = Lock({0});
  std::optional<CpuLocks> one = Lock({1});
  int told = 0;
  int asked = 0;
  const CpuLocks both =
      Lock({0, 1}, {.interrupted =
                        [&] {
                          // The first is given up, then the other.
                          (++asked == 1 ? zero : one).reset();
                          return false;
                        },
                    .on_wait = [&](const std::string&) { ++told; }});
  EXPECT_EQ(told, 1);
  EXPECT_EQ(asked, 2);
  EXPECT_THAT(both.in_the_way(), StartsWith("CPU 1 "));
  EXPECT_TRUE(TryLock({0}).gave_up());
  EXPECT_TRUE(TryLock({1}).gave_up());
}

TEST_F(CpuLocksTest, OtherCpusAreNotWaitedFor) {
  const CpuLocks one = Lock({0, 2});
  const CpuLocks other = Lock({1, 3});
  EXPECT_EQ(other.waited_s(), 0);
  EXPECT_FALSE(other.gave_up());
  EXPECT_THAT(other.refused(), IsEmpty());
}

TEST_F(CpuLocksTest, TheHigherOnesAreFreeWhileALowerIsWaitedFor) {
  const CpuLocks holder = Lock({1});
  const CpuLocks waiting =
      Lock({2, 1, 0}, {.interrupted = [] { return true; },
                       .on_wait =
                           [this](const std::string&) {
                             EXPECT_FALSE(TryLock({2}).gave_up());
                             EXPECT_TRUE(TryLock({0}).gave_up());
                           }});
  EXPECT_TRUE(waiting.gave_up());
}

TEST_F(CpuLocksTest, TheWaitHasALimit) {
  const CpuLocks holder = Lock({0});
  const CpuLocks late = Lock({0}, {.limit_s = 0.12});
  EXPECT_TRUE(late.gave_up());
  EXPECT_GE(late.waited_s(), 0.12);
  EXPECT_THAT(late.in_the_way(), HasSubstr(fmt::format("pid {}", getpid())));
}

TEST_F(CpuLocksTest, TheLastOwnerTakesItsNameAlong) {
  { const CpuLocks locks = Lock({0}); }
  EXPECT_EQ(text_file::Read(PathOf(0)), "");
}

TEST_F(CpuLocksTest, AllUsersMayLockWhateverTheUmask) {
  const mode_t mask = umask(077);
  { const CpuLocks locks = Lock({0}); }
  EXPECT_EQ(umask(mask), mode_t{077});
  EXPECT_EQ(fs::status(PathOf(0)).permissions(), fs::perms(0666));
}

TEST_F(CpuLocksTest, WhatIsExecutedDoesNotInheritThem) {
  std::optional<CpuLocks> locks = Lock({0});
  EXPECT_THAT(RunTool("ls -l /proc/self/fd/").output,
              AllOf(HasSubstr("/dev/"), Not(HasSubstr("hybridbench"))));
  // A process that outlives us would hold it.
  RunTool("sleep 1000 >/dev/null 2>&1 & echo $! >'" + folder_.File("pid") +
          "'");
  locks.reset();
  EXPECT_FALSE(TryLock({0}).gave_up());
  RunTool("kill $(cat '" + folder_.File("pid") + "')");
}

TEST_F(CpuLocksTest, WhatTheFileSaysIsNotBelieved) {
  for (const std::string& garbage :
       {std::string(), std::string("\n"), std::string(5000, 'x'),
        std::string("pid x since ever"), std::string("pid -1 since ever"),
        std::string("pid 99999999999999999999"), std::string("\0\0pid 1", 7)}) {
    EXPECT_EQ(Named(garbage),
              "CPU 0 is locked by a process that left no name "
              "in " +
                  PathOf(0));
  }
  const std::string long_name =
      Named(fmt::format("pid {} since \x1b]0;\xff\t", getpid()) +
            std::string(5000, 'x') + "\nmore");
  EXPECT_THAT(long_name, HasSubstr("since ?]0;??xxx"));
  EXPECT_THAT(long_name, Not(HasSubstr("more")));
  EXPECT_LT(long_name.size(), 250U);
  // A pid that no process has.
  EXPECT_THAT(Named("pid 2147483647 since noon: bench"),
              HasSubstr("not seen from here, by its file pid 2147483647"));
}

TEST_F(CpuLocksTest, AFolderThatIsNotThereKeepsNobodyFromWorking) {
  const std::string folder = folder_.File("nothing");
  const CpuLocks locks(folder, {0, 1}, "", {});
  EXPECT_FALSE(locks.gave_up());
  EXPECT_EQ(locks.refused(), folder +
                                 "/hybridbench-cpu0.lock: No such file or "
                                 "directory");
}

TEST_F(CpuLocksTest, WhatIsNoLockFileIsLeftAlone) {
  folder_.Lay("/mine", "kept");
  for (const auto& [cpu, make] :
       {std::pair(0, "ln -s mine "), std::pair(1, "ln mine "),
        std::pair(2, "mkfifo "), std::pair(3, "mkdir ")}) {
    ASSERT_EQ(RunTool("cd '" + folder_.path() + "' && " + make + "'" +
                      fs::path(PathOf(cpu)).filename().string() + "'")
                  .status,
              0);
    EXPECT_THAT(Lock({cpu}).refused(), StartsWith(PathOf(cpu) + ": "));
  }
  EXPECT_EQ(text_file::Read(folder_.File("mine")), "kept");
  // The others are locked all the same.
  const CpuLocks rest = Lock({0, 4});
  EXPECT_TRUE(TryLock({4}).gave_up());
}

TEST_F(CpuLocksTest, FilesOfOtherUsersAreLockedAsFarAsTheyLet) {
  if (getuid() != 0) GTEST_SKIP() << "takes root to be others";
  constexpr uid_t kNobody = 65534;
  { const CpuLocks roots = Lock({0, 1, 2}); }
  chmod(PathOf(1).c_str(), 0644);
  chmod(PathOf(2).c_str(), 0600);
  chmod(folder_.path().c_str(), 01777);
  // The exit status has a bit for each promise that is broken.
  const auto as_nobody = [&] {
    if (setuid(kNobody) != 0) _exit(100);
    const CpuLocks all = Lock({0, 1, 3});
    const CpuLocks none = Lock({2});
    const int broken = (all.refused().empty() ? 0 : 1) |
                       (TryLock({1}).gave_up() ? 0 : 2) |
                       (none.refused().ends_with("Permission denied") ? 0 : 4);
    _exit(broken);
  };
  const pid_t child = fork();
  if (child == 0) as_nobody();
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  // Root takes those of nobody's.
  EXPECT_THAT(Lock({3}).refused(), IsEmpty());
}

TEST(OwnerTextTest, IsOneShortLine) {
  const std::string text = OwnerText("2026-11-28T07:00:00Z");
  EXPECT_THAT(text, StartsWith(fmt::format(
                        "pid {} since 2026-11-28T07:00:00Z: ", getpid())));
  EXPECT_THAT(text, HasSubstr("machine_test"));
  for (const char c : text) {
    EXPECT_TRUE(std::isprint(static_cast<unsigned char>(c)) != 0) << text;
  }
}

}  // namespace
}  // namespace hybrid
