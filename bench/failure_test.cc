// Workers that something outside kills or stops in mid-sweep, or that can't be
// started at all.

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_google_json.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class FailureTest : public BenchTest {
 protected:
  /// Sends `number` to a worker of the second of three configurations.
  void SignalMidBatch(int number, const std::string& hang_timeout) {
    BenchProcess bench(folder(),
                       Quick({"--n=16,2000,32", "--batch=10000", "--workers=2",
                              "--hang_timeout=" + hang_timeout, "--csv=r.csv",
                              "--benchmark_out=r.json"}));
    bench.Await([&] { return CountRows(File("r.csv")) == 2; });
    kill(bench.AwaitBusyWorker(), number);
    result_ = bench.Wait();
    EXPECT_EQ(result_.exit_code(), 1) << result_.out << result_.err;
  }

  /// The three configurations' rows, of which the second failed.
  void ExpectOnlySecondFailed() {
    const std::vector<Row> rows = ReadCsv(File("r.csv"));
    ASSERT_THAT(rows, SizeIs(2 + 1 + 2));
    for (const std::size_t good : {0U, 1U, 3U, 4U}) {
      EXPECT_EQ(rows[good].status, Status::kOk);
      EXPECT_EQ(rows[good].n, good < 2 ? 16U : 32U);
    }
    const Row& failed = rows[2];
    EXPECT_EQ(failed.n, 2000U);
    EXPECT_EQ(failed.status, Status::kError);
    EXPECT_THAT(failed.error, HasSubstr("worker"));
    EXPECT_FALSE(HasMeasurement(failed));
    EXPECT_EQ(failed.iterations, 0U);
    for (const GoogleRun& run :
         ParseGoogleJson(ReadFile(File("r.json"))).Repetitions()) {
      const bool second = run.name.find("n:2000/") != std::string::npos;
      EXPECT_EQ(run.error_occurred, second) << run.name;
      EXPECT_EQ(run.error_message, second ? failed.error : "");
    }
  }

  BenchResult result_;
};

TEST_F(FailureTest, KilledWorkerFailsItsConfigurationOnly) {
  SignalMidBatch(SIGKILL, "10");
  ExpectOnlySecondFailed();
  EXPECT_THAT(Lines(result_.err),
              Contains(AllOf(HasSubstr("n=2000"), HasSubstr("worker"),
                             HasSubstr("signal 9"))));
}

TEST_F(FailureTest, TerminatedWorkerFailsItsConfigurationOnly) {
  SignalMidBatch(SIGTERM, "10");
  ExpectOnlySecondFailed();
}

TEST_F(FailureTest, StoppedWorkerFailsItsConfigurationOnly) {
  SignalMidBatch(SIGSTOP, "1");
  ExpectOnlySecondFailed();
  EXPECT_THAT(Lines(result_.err),
              Contains(AllOf(HasSubstr("n=2000"), HasSubstr("worker"),
                             HasSubstr("hung"), HasSubstr("stopped"))));
}

TEST_F(FailureTest, AWorkerThatCanNotBeRunIsRefusedAtOnce) {
  WriteFile(File("worker"), "#!/bin/sh\n");
  chmod(File("worker").c_str(), 0644);
  for (const auto& [worker, reason] :
       {std::pair("no-such-worker", "No such file"),
        std::pair("./worker", "Permission denied"),
        std::pair(".", "Is a directory")}) {
    for (const bool dry_run : {false, true}) {
      result_ = Run(Quick({std::string("--worker=") + worker, "--csv=r.csv",
                           dry_run ? "--dry_run" : "--why"}));
      EXPECT_EQ(result_.exit_code(), 2);
      EXPECT_THAT(
          Lines(result_.err),
          ElementsAre(AllOf(HasSubstr(std::string("--worker=") + worker),
                            HasSubstr(reason))));
      EXPECT_EQ(result_.out, "");
    }
  }
  EXPECT_THAT(Files(), ElementsAre("worker"));
}

TEST_F(FailureTest, WorkerThatIsSomeOtherProgram) {
  result_ = Run(Quick({"--workers=2", "--worker=/bin/true", "--csv=r.csv"}));
  EXPECT_EQ(result_.exit_code(), 1);
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].status, Status::kError);
}

}  // namespace
}  // namespace hybrid
