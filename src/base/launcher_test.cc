#include "base/launcher.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <string>

#include "base/scoped_environment.h"
#include "base/strays.h"
#include "base/test_errors.h"
#include "base/test_processes.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

UniqueFd OutputFile() { return UniqueFd(memfd_create("test", MFD_CLOEXEC)); }

std::string ReadAll(int fd) {
  std::string text;
  std::array<char, 4096> chunk;
  ssize_t size = 0;
  while ((size = pread(fd, chunk.data(), chunk.size(),
                       static_cast<off_t>(text.size()))) > 0) {
    text.append(chunk.data(), static_cast<std::size_t>(size));
  }
  return text;
}

LaunchSpec Shell(const std::string& script, int output_fd = -1) {
  LaunchSpec spec;
  spec.executable = "/bin/sh";
  spec.arguments = {"-c", script};
  spec.output_fd = output_fd;
  spec.error_fd = output_fd;
  return spec;
}

std::string OutputOf(LaunchSpec spec) {
  const UniqueFd output = OutputFile();
  spec.output_fd = output.get();
  spec.error_fd = output.get();
  EXPECT_EQ(LaunchProcess(spec).Wait(), 0);
  return ReadAll(output.get());
}

std::string ErrorOf(const LaunchSpec& spec) {
  return MessageOf<LaunchError>([&] { LaunchProcess(spec); });
}

TEST(LauncherTest, TellsExitStatusFromSignal) {
  EXPECT_EQ(DescribeWaitStatus(LaunchProcess(Shell("exit 9")).Wait()),
            "exited with status 9");
  EXPECT_EQ(DescribeWaitStatus(LaunchProcess(Shell("kill -9 $$")).Wait()),
            "was killed by signal 9 (Killed)");
  EXPECT_EQ(DescribeWaitStatus(LaunchProcess(Shell("kill -SEGV $$")).Wait()),
            "was killed by signal 11 (Segmentation fault)");
}

TEST(LauncherTest, EnvironmentIsExactlyWhatIsGiven) {
  LaunchSpec spec = Shell("echo \"$HYBRID_A:$HOME:\"");
  spec.environment = {"HYBRID_A=1 2"};
  EXPECT_EQ(OutputOf(spec), "1 2::\n");
}

TEST(LauncherTest, EnvironmentIsTheParentsIfNoneIsGiven) {
  const ScopedEnvironment environment(
      ScopedEnvironment::Variables{{"HYBRID_LAUNCHER_TEST", "here"}});
  EXPECT_EQ(OutputOf(Shell("echo \"$HYBRID_LAUNCHER_TEST\"")), "here\n");
}

TEST(LauncherTest, OutputAndErrorsGoWhereTheyAreSent) {
  const UniqueFd output = OutputFile();
  const UniqueFd errors = OutputFile();
  LaunchSpec spec = Shell("echo one; echo two >&2", output.get());
  spec.error_fd = errors.get();
  EXPECT_EQ(LaunchProcess(spec).Wait(), 0);
  EXPECT_EQ(ReadAll(output.get()), "one\n");
  EXPECT_EQ(ReadAll(errors.get()), "two\n");
}

TEST(LauncherTest, OnlyListedDescriptorsReachTheChild) {
  const UniqueFd listed = OutputFile();
  // As a careless library opens its file: without close-on-exec.
  const UniqueFd careless(open("/dev/null", O_RDONLY));
  LaunchSpec spec =
      Shell("for fd in /proc/self/fd/*; do readlink $fd; done; echo kept >&" +
            std::to_string(listed.get()));
  spec.inherited_fds = {listed.get()};
  const std::string output = OutputOf(spec);
  EXPECT_EQ(ReadAll(listed.get()), "kept\n");
  // /dev/null is there once, as stdin.
  EXPECT_EQ(output.find("/dev/null"), output.rfind("/dev/null")) << output;
  EXPECT_NE(fcntl(listed.get(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST(LauncherTest, MaskIsSetBeforeTheProgramStarts) {
  cpu_set_t allowed;
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  int last = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<size_t>(cpu), &allowed)) last = cpu;
  }
  LaunchSpec spec = Shell(
      "while read -r a b; do [ \"$a\" = "
      "Cpus_allowed_list: ] && echo $b; done "
      "</proc/self/status; true");
  spec.cpus = {last};
  EXPECT_EQ(OutputOf(spec), std::to_string(last) + "\n");
  cpu_set_t after;
  ASSERT_EQ(sched_getaffinity(0, sizeof(after), &after), 0);
  EXPECT_TRUE(CPU_EQUAL(&allowed, &after)) << "the parent was pinned too";
}

TEST(LauncherTest, AMaskOfAbsentCpusIsAnErrorNotASilentChild) {
  LaunchSpec spec = Shell("true");
  spec.cpus = {100000};
  EXPECT_EQ(ErrorOf(spec),
            "/bin/sh can't be started: the system refuses sched_setaffinity: "
            "Invalid argument");
  EXPECT_TRUE(HasNoChildren());
}

TEST(LauncherTest, MissingAndNotExecutableFilesAreNamed) {
  LaunchSpec spec;
  spec.executable = "/nonexistent/worker";
  EXPECT_EQ(ErrorOf(spec),
            "/nonexistent/worker can't be started: No such file or directory");
  spec.executable = "/etc/passwd";
  EXPECT_EQ(ErrorOf(spec), "/etc/passwd can't be started: Permission denied");
  EXPECT_TRUE(HasNoChildren()) << "a failed exec left a zombie";
}

TEST(LauncherTest, FailedExecDoesNotRunTheParentsExitHandlers) {
  const UniqueFd output = OutputFile();
  static int fd = output.get();
  // In a process of its own, whose exit handler shows in the file.
  const pid_t pid = fork();
  if (pid == 0) {
    std::atexit([] {
      if (write(fd, "x", 1) != 1) abort();
    });
    LaunchSpec spec;
    spec.executable = "/nonexistent/worker";
    ErrorOf(spec);
    std::exit(0);
  }
  ASSERT_EQ(waitpid(pid, nullptr, 0), pid);
  EXPECT_EQ(ReadAll(output.get()), "x");
}

TEST(LauncherTest, DestructionKillsAndReaps) {
  pid_t pid = 0;
  {
    ChildProcess child = LaunchProcess(Shell("exec sleep 1000"));
    pid = child.pid();
    EXPECT_TRUE(child.Running());
  }
  EXPECT_EQ(kill(pid, 0), -1);
  EXPECT_TRUE(HasNoChildren());
}

TEST(LauncherTest, StoppedChildIsKilledToo) {
  ChildProcess child = LaunchProcess(Shell("kill -STOP $$"));
  siginfo_t info{};
  ASSERT_EQ(
      waitid(P_PID, static_cast<id_t>(child.pid()), &info, WSTOPPED | WNOWAIT),
      0);
  child.Kill();
  EXPECT_EQ(DescribeWaitStatus(child.Wait()),
            "was killed by signal 9 (Killed)");
}

TEST(LauncherTest, LaunchesLeakNoDescriptors) {
  const std::ptrdiff_t before = CountOpenFds();
  for (int i = 0; i < 50; ++i) {
    LaunchProcess(Shell("true")).Wait();
    LaunchSpec missing;
    missing.executable = "/nonexistent/worker";
    ErrorOf(missing);
  }
  EXPECT_EQ(CountOpenFds(), before);
}

TEST(LauncherTest, WhatATerminalSendsIsForTheParent) {
  EXPECT_EQ(OutputOf(Shell("kill -HUP $$; kill -INT $$; echo alive")),
            "alive\n");
}

TEST(LauncherTest, AParentWithoutReadersHandsNothingOn) {
  const auto before = signal(SIGPIPE, SIG_IGN);
  const std::string end =
      DescribeWaitStatus(LaunchProcess(Shell("kill -PIPE $$")).Wait());
  signal(SIGPIPE, before);
  EXPECT_EQ(end, "was killed by signal 13 (Broken pipe)");
}

TEST(LauncherTest, AChildThatOutlivesItsParentIsContinuedAtItsEnd) {
  const UniqueFd output = OutputFile();
  ASSERT_TRUE(AdoptOrphans());
  const pid_t parent = fork();
  if (parent == 0) {
    LaunchSpec spec = Shell("kill -STOP $$; echo went on", output.get());
    spec.parent_death_signal = SIGCONT;
    const ChildProcess child = LaunchProcess(spec);
    waitpid(child.pid(), nullptr, WUNTRACED);
    kill(getpid(), SIGKILL);
  }
  // Both: the parent, and who is an orphan then.
  EXPECT_EQ(waitpid(parent, nullptr, 0), parent);
  EXPECT_GT(waitpid(-1, nullptr, 0), 0);
  DisownOrphans();
  EXPECT_EQ(ReadAll(output.get()), "went on\n");
}

TEST(LauncherTest, AChildGetsTheSignalOfItsChoiceAtItsParentsEnd) {
  const UniqueFd output = OutputFile();
  ASSERT_TRUE(AdoptOrphans());
  const pid_t parent = fork();
  if (parent == 0) {
    LaunchSpec spec = Shell(
        "trap 'echo told; exit' TERM; echo here; "
        "while :; do sleep 0.01; done",
        output.get());
    spec.parent_death_signal = SIGTERM;
    ChildProcess child = LaunchProcess(spec);
    while (child.Running() && ReadAll(output.get()).empty()) usleep(1000);
    kill(getpid(), SIGKILL);
  }
  EXPECT_EQ(waitpid(parent, nullptr, 0), parent);
  while (waitpid(-1, nullptr, 0) > 0) {
  }
  DisownOrphans();
  EXPECT_EQ(ReadAll(output.get()), "here\ntold\n");
}

TEST(LauncherTest, ChildDiesWithItsParent) {
  std::array<int, 2> pipe_fds{};
  ASSERT_EQ(pipe2(pipe_fds.data(), O_CLOEXEC), 0);
  const UniqueFd reader(pipe_fds[0]);
  UniqueFd writer(pipe_fds[1]);
  const pid_t pid = fork();
  if (pid == 0) {
    LaunchSpec spec = Shell("echo started; exec sleep 1000", writer.get());
    const ChildProcess child = LaunchProcess(spec);
    pause();
    _exit(0);
  }
  writer.Close();
  char first = 0;
  ASSERT_EQ(read(reader.get(), &first, 1), 1);
  kill(pid, SIGKILL);
  ASSERT_EQ(waitpid(pid, nullptr, 0), pid);
  // End of file comes when the last holder of the pipe, the child, is gone;
  // if it lived on, this would wait for its 1000 seconds.
  std::array<char, 64> rest;
  while (read(reader.get(), rest.data(), rest.size()) > 0) {
  }
}

}  // namespace
}  // namespace hybrid
