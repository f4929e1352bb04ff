// --engine=threads beside --command: one program serves all workers.

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "key/key_text.h"
#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_marked.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class CommandThreadsTest : public BenchTest {
 protected:
  void SetUp() override {
    if (access(kPython, X_OK) != 0) GTEST_SKIP() << "no Python";
  }

  static std::vector<std::string> Arguments(
      const std::string& command, const std::vector<std::string>& arguments) {
    std::vector<std::string> all =
        Quick(Override({"--command=" + command, "--engine=processes,threads",
                        "--csv=r.csv", "--batch=12"},
                       arguments));
    // A command chooses its own.
    std::erase(all, "--kernels=library");
    return all;
  }
  BenchResult RunCommand(const std::string& command,
                         const std::vector<std::string>& arguments) const {
    return Run(Arguments(command, arguments));
  }

  /// Whose operate is `body`, a function of `task`, and which is_main tells
  /// whether the first thread runs it.
  void WriteJob(const std::string& body) const {
    WriteFile(File("job.py"),
              "import hashlib, os, threading, hybridbench\n"
              "data = bytes(4000000)\n"
              "def is_main():\n"
              "    return threading.current_thread() is "
              "threading.main_thread()\n"
              "def operate(task):\n"
              "    hashlib.sha1(data)  # lets go of the GIL\n"
              "    " +
                  body +
                  "\n"
                  "def verify(task, operands, result): return result is not "
                  "False\n"
                  "hybridbench.run(None, operate, verify)\n");
  }
  BenchResult RunPython(const std::string& body,
                        const std::vector<std::string>& arguments = {}) const {
    WriteJob(body);
    return RunCommand(std::string(kPython) + " job.py", arguments);
  }

  std::vector<Row> Rows() const { return ReadCsv(File("r.csv")); }

  /// All but `2×1 threads` were measured, and that says why not.
  void ExpectOnlyTwoThreadsFailed(const BenchResult& result,
                                  const std::string& why) const {
    EXPECT_EQ(result.exit_code(), 1) << result.out;
    const std::vector<std::string> lines = Lines(result.err);
    ASSERT_EQ(lines.size(), 2U) << result.err;
    EXPECT_EQ(lines[1], "bench: 1 failure, named above");
    EXPECT_THAT(lines[0], AllOf(StartsWith("bench: "),
                                HasSubstr(" 2×1 threads: the process of 2 "
                                          "threads (pid "),
                                HasSubstr(why)));
    EXPECT_THAT(result.out, HasSubstr("\nANSWER  "));
    for (const Row& row : Rows()) {
      const bool is_of_two = row.workers == 2 && row.engine == Engine::kThreads;
      EXPECT_EQ(row.status, is_of_two ? Status::kError : Status::kOk);
    }
  }
};

TEST_F(CommandThreadsTest, OneAnswerHoldsBoth) {
  const BenchResult result =
      RunPython("with open('pids', 'a') as f: print(os.getpid(), file=f)");
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_THAT(result.out,
              AllOf(HasSubstr(" 2×1 threads "), HasSubstr("\nANSWER  ")));
  std::vector<std::string> splits;
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.status, Status::kOk);
    EXPECT_EQ(row.tasks_done, 12U);
    splits.push_back(SplitText(row.split()));
  }
  EXPECT_THAT(splits, AllOf(Contains("1×1"), Contains("1×1 threads"),
                            Contains("2×1"), Contains("2×1 threads")));
  // 1 + 1 + 2 + 1 programs.
  std::vector<std::string> pids = Lines(ReadFile(File("pids")));
  std::sort(pids.begin(), pids.end());
  pids.erase(std::unique(pids.begin(), pids.end()), pids.end());
  EXPECT_EQ(pids.size(), 5U);
}

TEST_F(CommandThreadsTest, WhatCanNotBeIsOneLine) {
  const auto error_of = [this](const std::vector<std::string>& arguments) {
    const BenchResult result = RunCommand("sh", arguments);
    EXPECT_EQ(result.exit_code(), 2) << result.out;
    return result.err;
  };
  EXPECT_EQ(error_of({"--engine=batched"}),
            "bench: --engine=batched: not beside --command, which has no "
            "batched call\n");
  for (const std::string protocol : {"filter", "once", "whole"}) {
    EXPECT_EQ(error_of({"--protocol=" + protocol}),
              "bench: --engine=threads: takes --protocol=lines or auto beside "
              "--command, not " +
                  protocol +
                  ": its threads are those of one program that lives\n");
  }
}

TEST_F(CommandThreadsTest, AProgramOfOneChannelIsToldSo) {
  const BenchResult result = RunCommand(
      "sh -c 'echo ready hybridbench=1 >&4; while read -r w first count <&3; "
      "do i=0; while test $i -lt 5000; do i=$((i + 1)); done; "
      "test $w = run && echo done $count >&4; done'",
      {});
  ExpectOnlyTwoThreadsFailed(
      result,
      "serves 1 channel, not 2: --engine=threads takes hybridbench.run of this "
      "build's hybridbench.py, or a program that says lanes=2 in `ready`");
}

TEST_F(CommandThreadsTest, AThreadThatRaisesCostsItsConfiguration) {
  ExpectOnlyTwoThreadsFailed(
      RunPython("if not is_main(): raise ValueError('no good')"),
      "error: task 0: ValueError: no good (operate, job.py:7); it printed: ");
}

TEST_F(CommandThreadsTest, AWrongResultInOneThreadIsFound) {
  ExpectOnlyTwoThreadsFailed(RunPython("return is_main()"),
                             " is wrong: verify returned False");
}

TEST_F(CommandThreadsTest, AProgramThatDiesCostsItsConfiguration) {
  ExpectOnlyTwoThreadsFailed(
      RunPython("if not is_main() and task > 0: os.kill(os.getpid(), 9)"),
      "was killed by signal 9 (Killed)");
}

TEST_F(CommandThreadsTest, NobodyOutlivesAKilledBench) {
  // One thread at work for long, or both.
  for (const std::string body :
       {"if task > 0 and not is_main(): open('here', 'a').write('x'); "
        "os.system('setsid sleep 1000')",
        "if task > 0: open('here', 'a').write('x'); "
        "os.system('setsid sleep 1000')"}) {
    SCOPED_TRACE(body);
    const Marked marked;
    BenchSettings settings;
    settings.environment = {marked.variable()};
    WriteJob(body);
    BenchProcess bench(folder(),
                       Arguments(std::string(kPython) + " job.py",
                                 {"--engine=threads", "--workers=2"}),
                       settings);
    bench.Await([&] { return !ReadFile(File("here")).empty(); });
    kill(bench.pid(), SIGKILL);
    bench.Wait();
    EXPECT_THAT(marked.AwaitEnd(), IsEmpty());
    unlink(File("here").c_str());
    unlink(File("r.csv").c_str());
  }
}

TEST_F(CommandThreadsTest, ResumeGoesOnWithThem) {
  const std::vector<std::string> arguments{"--workers=2"};
  ASSERT_EQ(RunPython("return True", arguments).exit_code(), 0);
  const std::string whole = ReadFile(File("r.csv"));
  WriteFile(File("r.csv"), whole.substr(0, whole.size() - 10));
  const BenchResult result =
      Run({"--resume=r.csv", std::string("--command=") + kPython + " job.py"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("resumed   1 of 2"));
  EXPECT_EQ(Rows().size(), 4U);
}

}  // namespace
}  // namespace hybrid
