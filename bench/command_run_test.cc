// Sweeps of programs that are not ours.

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_marked.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
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
  if (access("/usr/bin/python3", X_OK) != 0) GTEST_SKIP() << "no Python";
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
