// Signals to bench itself in mid-sweep.

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_google_json.h"
#include "test_terminal.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class InterruptTest : public BenchTest {
 protected:
  /// Two configurations finish, a third is in mid-batch when `target` (a pid
  /// or a group) gets `number`.
  BenchResult Interrupt(int number, bool whole_group) {
    BenchProcess bench(folder(),
                       Quick({"--n=16,2000", "--batch=10000", "--workers=1,2",
                              "--csv=r.csv", "--benchmark_out=r.json"}));
    bench.Await([&] { return CountRows(File("r.csv")) == 4; });
    bench.AwaitBusyWorker();
    kill(whole_group ? -bench.pid() : bench.pid(), number);
    return bench.Wait();
  }

  void ExpectFinishedConfigurations(const BenchResult& result) {
    const std::vector<Row> rows = ReadCsv(File("r.csv"));
    ASSERT_THAT(rows, SizeIs(4));
    for (const Row& row : rows) {
      EXPECT_EQ(row.n, 16U);
      EXPECT_EQ(row.status, Status::kOk);
    }
    EXPECT_THAT(result.out, HasSubstr("TRUST"));
    EXPECT_THAT(result.out, HasSubstr("ANSWER"));
    for (const GoogleRun& run :
         ParseGoogleJson(ReadFile(File("r.json"))).Repetitions()) {
      EXPECT_EQ(run.error_occurred,
                run.name.find("n:2000/") != std::string::npos);
    }
  }
};

TEST_F(InterruptTest, ControlCGoesToTheWholeGroup) {
  const BenchResult result = Interrupt(SIGINT, true);
  EXPECT_EQ(result.exit_code(), 130) << result.err;
  ExpectFinishedConfigurations(result);
}

TEST_F(InterruptTest, TerminationOfBenchAlone) {
  const BenchResult result = Interrupt(SIGTERM, false);
  EXPECT_EQ(result.exit_code(), 143) << result.err;
  ExpectFinishedConfigurations(result);
}

TEST_F(InterruptTest, AHangUpIsATermination) {
  const BenchResult result = Interrupt(SIGHUP, true);
  EXPECT_EQ(result.exit_code(), 129) << result.err;
  ExpectFinishedConfigurations(result);
}

TEST_F(InterruptTest, UnderNohupAHangUpIsNothing) {
  BenchSettings settings;
  settings.ignores_hang_up = true;
  BenchProcess bench(folder(),
                     Quick({"--n=16,400", "--workers=1,2", "--csv=r.csv"}),
                     settings);
  bench.Await([&] { return CountRows(File("r.csv")) >= 2; });
  kill(-bench.pid(), SIGHUP);
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(8));
  EXPECT_THAT(result.out, HasSubstr("\nANSWER  "));
}

// The terminal can't be written any more, and sends SIGHUP to all.
TEST_F(InterruptTest, AConnectionThatIsGoneLosesNoRows) {
  Terminal terminal;
  BenchSettings settings;
  settings.terminal_fd = terminal.slave();
  BenchProcess bench(folder(),
                     Quick({"--n=16,2000", "--batch=10000", "--workers=1,2",
                            "--csv=r.csv", "--benchmark_out=r.json"}),
                     settings);
  bench.Await([&] { return CountRows(File("r.csv")) == 4; });
  bench.AwaitBusyWorker();
  terminal.HangUp();
  EXPECT_EQ(bench.Wait().exit_code(), 129);
  EXPECT_THAT(ReadCsv(File("r.csv")), SizeIs(4));
  EXPECT_NO_THROW(ParseGoogleJson(ReadFile(File("r.json"))));
}

// `timeout` sends a signal to its child, and then to its whole group.
TEST_F(InterruptTest, TheSameSignalTwiceAtOnceIsOne) {
  BenchProcess bench(folder(),
                     Quick({"--n=16,2000", "--batch=10000", "--workers=1,2",
                            "--csv=r.csv", "--benchmark_out=r.json"}));
  bench.Await([&] { return CountRows(File("r.csv")) == 4; });
  bench.AwaitBusyWorker();
  kill(bench.pid(), SIGTERM);
  kill(-bench.pid(), SIGTERM);
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 143) << result.err;
  ExpectFinishedConfigurations(result);
}

TEST_F(InterruptTest, BeforeAnythingIsFinished) {
  BenchProcess bench(folder(), Quick({"--n=2000", "--batch=10000",
                                      "--workers=2", "--csv=r.csv"}));
  bench.AwaitBusyWorker();
  kill(-bench.pid(), SIGINT);
  EXPECT_EQ(bench.Wait().exit_code(), 130);
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(InterruptTest, WorkersDoNotOutliveAKilledBench) {
  BenchProcess bench(folder(), Quick({"--n=2000", "--batch=10000",
                                      "--workers=2", "--csv=r.csv"}));
  bench.AwaitBusyWorker();
  kill(bench.pid(), SIGKILL);
  bench.Wait();
  // They are our children now; this waits for ever if one lives on.
  int status = 0;
  while (waitpid(-1, &status, 0) > 0) {
  }
  // The header at most, and no torn line.
  EXPECT_THAT(ReadCsv(File("r.csv")), IsEmpty());
}

}  // namespace
}  // namespace hybrid
