// Sweeps of programs that are not ours.

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "base/text_file.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
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

TEST_F(CommandRunTest, NoProgramOutlivesAKilledBench) {
  std::vector<std::string> arguments = Quick(
      {"--command=sh -c 'echo $$ >pid; echo ready hybridbench=1; while :; do "
       "sleep 1; done'",
       "--csv=none", "--workers=1"});
  std::erase(arguments, "--kernels=library");
  pid_t program = 0;
  {
    BenchProcess bench(folder(), arguments);
    bench.Await([&] {
      const std::string text = text_file::Read(File("pid")).value_or("");
      if (text.ends_with('\n')) program = std::stoi(text);
      return program != 0;
    });
    kill(bench.pid(), SIGKILL);
    bench.Wait();
  }
  // This process adopts what loses its parent.
  while (waitpid(-1, nullptr, 0) > 0) {
  }
  EXPECT_EQ(kill(program, 0), -1);
  EXPECT_EQ(errno, ESRCH);
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
