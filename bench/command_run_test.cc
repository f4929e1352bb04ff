// Sweeps of programs that are not ours.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "blas/test_libraries.h"
#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_marked.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CommandRunTest : public BenchTest {
 protected:
  BenchResult RunCommand(const std::string& command,
                         const std::vector<std::string>& arguments) const {
    std::vector<std::string> all = Quick(Override(
        {"--command=" + command, "--csv=r.csv", "--batch=6"}, arguments));
    // A command chooses its own.
    std::erase(all, "--kernels=library");
    return Run(all);
  }
  std::vector<Row> Rows() const { return ReadCsv(File("r.csv")); }

  static constexpr const char* kLines =
      "sh -c 'echo ready hybridbench=1 >&4; while read -r w first count <&3; "
      "do test $w = run && echo done $count load=1000 operate=2000 >&4; done'";
};

TEST_F(CommandRunTest, EachProtocolHasItsAnswer) {
  const std::vector<std::pair<std::string, std::string>> programs{
      {"auto", kLines},
      {"filter", "sh -c 'while read -r i; do echo $i; done'"},
      {"once", "sh -c 'exit 0' {task}"},
      {"whole", "sh -c 'test $0 = {workers}' {workers}"}};
  for (const auto& [protocol, command] : programs) {
    const BenchResult result = RunCommand(command, {"--protocol=" + protocol});
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    EXPECT_THAT(result.out,
                AllOf(HasSubstr(" tasks/s\n"), HasSubstr("\nANSWER  "),
                      Not(HasSubstr("GFLOP/s"))));
    ASSERT_EQ(Rows().size(), 4U) << protocol;
    for (const Row& row : Rows()) {
      EXPECT_EQ(row.operation, "command");
      EXPECT_EQ(row.command, command);
      EXPECT_EQ(row.protocol, protocol);
      EXPECT_EQ(row.status, Status::kOk);
      EXPECT_EQ(row.tasks_done, 6U);
      EXPECT_EQ(row.n, 16U);
      EXPECT_FALSE(row.gflops.has_value());
    }
    unlink(File("r.csv").c_str());
  }
}

TEST_F(CommandRunTest, AVariableIsAnAxisAndReachesIt) {
  const BenchResult result =
      RunCommand("sh -c 'test $MODE = a -o $MODE = b'",
                 {"--protocol=once", "--env=MODE=a,b", "--workers=1"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_EQ(Rows().size(), 4U);
  EXPECT_EQ(Rows().back().environment, "MODE=b");
}

TEST_F(CommandRunTest, OneSplitThatFailsCostsTheOthersNothing) {
  const BenchResult result = RunCommand(
      "sh -c 'test $HYBRIDBENCH_WORKERS = 1 || {{ echo no licence; "
      "exit 7; }}'",
      {"--protocol=once"});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(result.out + result.err,
              HasSubstr("exited with status 7; it printed: no licence"));
  int failed = 0;
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.status == Status::kError, row.workers == 2);
    if (row.status == Status::kError) ++failed;
  }
  EXPECT_EQ(failed, 1);
}

TEST_F(CommandRunTest, GoesOnWhereItWasWithTheSameCommandAlone) {
  ASSERT_EQ(RunCommand(kLines, {}).exit_code(), 0);
  const std::string whole = ReadFile(File("r.csv"));
  WriteFile(File("r.csv"), whole.substr(0, whole.size() - 10));
  EXPECT_THAT(Run({"--resume=r.csv"}).err, HasSubstr("give --command="));
  const BenchResult result =
      Run({"--resume=r.csv", std::string("--command=") + kLines});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("resumed   1 of 2"));
  EXPECT_EQ(Rows().size(), 4U);
}

/// For a bench: this file in the place of /proc/meminfo.
std::function<void()> WithMeminfo(const std::string& file) {
  return [file] {
    if (unshare(CLONE_NEWNS) != 0 ||
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount(file.c_str(), "/proc/meminfo", nullptr, MS_BIND, nullptr) != 0) {
      _exit(77);
    }
  };
}

TEST_F(CommandRunTest, WhatOneWorkerNeedsKeepsOutMoreThanFit) {
  if (access(kPython, X_OK) != 0) GTEST_SKIP() << "no Python";
  WriteFile(File("meminfo"),
            "MemTotal: 8000000 kB\nMemFree: 300000 kB\n"
            "MemAvailable: 300000 kB\n");
  const BenchSettings world{.prepare = WithMeminfo(File("meminfo"))};
  const std::string command =
      "/usr/bin/python3 -c 'import hybridbench; "
      "hybridbench.run(lambda task: bytearray(150 << 20), len)'";
  std::vector<std::string> arguments =
      Quick({"--command=" + command, "--csv=r.csv", "--workers=1,2,3",
             "--benchmark_filter=Hybrid", "--benchmark_out=r.json"});
  std::erase(arguments, "--kernels=library");
  const BenchResult result = Run(arguments, world);
  if (result.exit_code() == 77) GTEST_SKIP() << "no mounts of our own";
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_EQ(result.err, "");
  // In the table and in the answer.
  EXPECT_THAT(result.out, HasSubstr("2×1    not run\n  2 workers would need "));
  EXPECT_THAT(result.out, HasSubstr("of 293 MiB (measured on 1×1)\n"));
  EXPECT_THAT(result.out,
              HasSubstr("\nSKIPPED 2×1 at n=16, 3×1 at n=16 not run: 2 workers "
                        "would need "));
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.workers, 1U);
    // Once is enough, and takes a look at all of its processes.
    if (row.round > 1) continue;
    EXPECT_GE(row.peak_memory_bytes.value_or(0), std::uint64_t{150} << 20);
  }
  EXPECT_EQ(Rows().size(), 2U);
  EXPECT_THAT(ReadFile(File("r.json")), HasSubstr("not run: 2 workers would"));

  const std::string file = ReadFile(File("r.csv"));
  const std::vector<std::string> resume{"--resume=r.csv",
                                        "--command=" + command};
  const BenchResult resumed = Run(resume, world);
  EXPECT_EQ(resumed.exit_code(), 0) << resumed.err;
  EXPECT_THAT(resumed.out, HasSubstr("\nSKIPPED 2×1 at n=16, 3×1 at n=16 not"));
  EXPECT_EQ(ReadFile(File("r.csv")), file);
  // Where there is more, it is measured.
  WriteFile(File("meminfo"),
            "MemTotal: 8000000 kB\nMemFree: 500000 kB\n"
            "MemAvailable: 500000 kB\n");
  const BenchResult more = Run(resume, world);
  EXPECT_EQ(more.exit_code(), 0) << more.err;
  EXPECT_THAT(more.out, HasSubstr("\nSKIPPED 3×1 at n=16 not run: 3 workers"));
  EXPECT_EQ(Rows().size(), 4U);
}

TEST_F(CommandRunTest, AnotherBlasThanTheOneAskedForIsTold) {
  const std::optional<std::string> library = TestLibrary("openblas-serial");
  if (!library) GTEST_SKIP() << NoTestLibrary("openblas-serial");
  const std::optional<std::string> asked = TestLibrary("blis-serial");
  if (!asked) GTEST_SKIP() << NoTestLibrary("blis-serial");
  const BenchResult result =
      RunCommand(fmt::format("env LD_PRELOAD={} {}", *library, kLines),
                 {"--blas=" + *asked, "--workers=1"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  const std::string warning =
      fmt::format("--blas={}: the program has mapped openblas", *asked);
  EXPECT_THAT(Lines(result.err), ElementsAre(HasSubstr(warning)));
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.blas_file, *library);
    EXPECT_THAT(row.libraries, HasSubstr(*library));
    EXPECT_THAT(row.warnings, HasSubstr(warning));
  }
}

TEST_F(CommandRunTest, WhoVerifiedAndTheFlopsThatItSaysAreTold) {
  const std::string verifies =
      "sh -c 'echo ready hybridbench=1 verify=yes flops=1e6 >&4; "
      "while read -r w first count <&3; do case $w in run) "
      "echo done $count >&4;; verify) echo verified $first ok >&4;; esac; "
      "done'";
  const BenchResult result = RunCommand(verifies, {});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.out, Not(HasSubstr("nobody verified")));
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.verified_by, kVerifiedByProgram);
    EXPECT_DOUBLE_EQ(row.gflops.value_or(0),
                     1e6 * row.tasks_per_s.value_or(0) / 1e9);
    EXPECT_FALSE(row.peak_fraction);
  }
  unlink(File("r.csv").c_str());
  RunCommand(kLines, {});
  for (const Row& row : Rows()) EXPECT_EQ(row.verified_by, kVerifiedByNobody);
}

TEST_F(CommandRunTest, NobodyOutlivesAKilledBench) {
  // Each at a moment that it stays in, with children in sessions of their own
  // and in its own group.
  const std::string stay =
      "setsid sleep 1000 & sleep 1000 & echo >>here; "
      "sleep 1000";
  const std::string say_ready =
      "echo ready hybridbench=1; read -r config; "
      "read -r run; echo done 1; read -r run; ";
  const std::vector<std::vector<std::string>> runs{
      {"--command=true", "--protocol=once", "--prepare=sh -c '" + stay + "'"},
      {"--command=sh -c '" + stay + "'"},
      {"--command=sh -c '" + say_ready + stay + "'"},
      {"--command=sh -c '" + stay + "'", "--protocol=filter"},
      {"--command=sh -c 'read i; echo $i; read i; " + stay + "'",
       "--protocol=filter"},
      {"--command=sh -c '" + stay + "'", "--protocol=once"},
      {"--command=sh -c '" + stay + "'", "--protocol=whole"}};
  for (const std::vector<std::string>& run : runs) {
    SCOPED_TRACE(run[0]);
    const Marked marked;
    std::vector<std::string> arguments = Quick(
        Override(run, {"--csv=none", "--workers=2", "--start_timeout=600"}));
    std::erase(arguments, "--kernels=library");
    // A whole program is one, however many workers it makes.
    const std::size_t programs = run.back() == "--protocol=whole" ? 1 : 2;
    BenchSettings settings;
    settings.environment = {marked.variable()};
    BenchProcess bench(folder(), arguments, settings);
    bench.Await([&] { return ReadFile(File("here")).size() == programs; });
    kill(bench.pid(), SIGKILL);
    bench.Wait();
    EXPECT_THAT(marked.AwaitEnd(), IsEmpty());
    unlink(File("here").c_str());
  }
}

TEST_F(CommandRunTest, PythonFindsTheHelper) {
  if (access(kPython, X_OK) != 0) GTEST_SKIP() << "no Python";
  WriteFile(File("job.py"),
            "import hybridbench\n"
            "def load(task): return list(range(1000))\n"
            "def operate(x): print('noise'); return sum(x)\n"
            "def verify(task, x, result): return result == 499500\n"
            "hybridbench.run(load, operate, verify)\n");
  const BenchResult result = RunCommand("/usr/bin/python3 job.py", {});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  for (const Row& row : Rows()) {
    EXPECT_EQ(row.status, Status::kOk);
    EXPECT_GT(row.load_s, 0);
    EXPECT_GT(row.operate_s, 0);
  }
  WriteFile(File("job.py"),
            "import hybridbench\n"
            "hybridbench.run(None, lambda x: 1 / (3 - x))\n");
  unlink(File("r.csv").c_str());
  const BenchResult failed = RunCommand("/usr/bin/python3 job.py", {});
  EXPECT_EQ(failed.exit_code(), 1);
  EXPECT_THAT(failed.out + failed.err,
              HasSubstr("ZeroDivisionError: division by zero"));
}

}  // namespace
}  // namespace hybrid
