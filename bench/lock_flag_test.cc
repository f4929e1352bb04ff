// Runs of bench on the same CPUs: --lock and --lock_timeout.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/text_file.h"
#include "machine/cpu_locks.h"
#include "machine/machine.h"
#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class LockFlagTest : public BenchTest {
 protected:
  /// What this process, as another run would, keeps from bench.
  CpuLocks LockAll() const {
    return CpuLocks(locks_.path(), LogicalCpus(ReadTopology()),
                    OwnerText("noon"), {});
  }
  BenchSettings Shared() const {
    BenchSettings settings;
    settings.environment = {"HYBRIDBENCH_LOCKS=" + locks_.path()};
    return settings;
  }
  BenchSettings SharedWithError() const {
    BenchSettings settings = Shared();
    settings.err = File("err");
    return settings;
  }
  void AwaitWaiting(BenchProcess& bench) const {
    bench.Await([this] {
      return text_file::Read(File("err")).value_or("").find("bench: waits") !=
             std::string::npos;
    });
  }
  BenchResult RunShared(const std::vector<std::string>& arguments) const {
    return Run(Quick(Override({"--csv=r.csv"}, arguments)), Shared());
  }
  void ExpectWarnings(const std::string& warning) const {
    EXPECT_THAT(
        ReadCsv(File("r.csv")),
        AllOf(SizeIs(4), Each(Field(&Row::status, Status::kOk)),
              Each(Field(&Row::warnings,
                         warning.empty() ? ::testing::Matcher<std::string>(
                                               Not(HasSubstr("another run")))
                                         : HasSubstr(warning)))));
  }

  const TestFolder locks_;
};

TEST_F(LockFlagTest, ASecondRunWaitsUntilTheFirstIsKilled) {
  BenchProcess first(folder(),
                     Quick({"--n=2000", "--batch=10000", "--csv=first.csv"}),
                     Shared());
  const pid_t worker = first.AwaitBusyWorker();
  std::size_t descriptors = 0;
  for (const auto& fd : std::filesystem::directory_iterator(
           fmt::format("/proc/{}/fd", worker))) {
    std::error_code error;
    ++descriptors;
    EXPECT_THAT(std::filesystem::read_symlink(fd, error).string(),
                Not(HasSubstr(locks_.path())));
  }
  EXPECT_GT(descriptors, 0U);
  BenchProcess second(folder(), Quick({"--csv=r.csv"}), SharedWithError());
  AwaitWaiting(second);
  EXPECT_THAT(Files(), Not(::testing::Contains("r.csv")));
  kill(first.pid(), SIGKILL);
  first.Wait();
  const BenchResult result = second.Wait();
  EXPECT_EQ(result.exit_code(), 0) << result.out;
  EXPECT_THAT(
      Lines(ReadFile(File("err"))),
      ::testing::Contains(AllOf(
          StartsWith(fmt::format("bench: waits: CPU 0 is locked by pid {} ",
                                 first.pid())),
          HasSubstr(" --benchmark_filter=Hybrid "), HasSubstr("--lock=none"))));
  ExpectWarnings("waited ");
  EXPECT_THAT(result.out, HasSubstr("warning   waited "));
  // The killed run's workers are our children now, and gone.
  while (waitpid(-1, nullptr, 0) > 0) {
  }
}

TEST_F(LockFlagTest, RunsOnOtherCpusDoNotWait) {
  const CpuList cpus = LogicalCpus(ReadTopology());
  if (cpus.size() < 2) GTEST_SKIP() << "takes two CPUs";
  const CpuLocks first(locks_.path(), {cpus.front()}, "", {});
  BenchSettings settings = Shared();
  settings.prepare = [cpu = cpus.back()] {
    cpu_set_t last;
    CPU_ZERO(&last);
    CPU_SET(static_cast<std::size_t>(cpu), &last);
    if (sched_setaffinity(0, sizeof last, &last) != 0) _exit(126);
  };
  const BenchResult result =
      Run(Quick({"--csv=r.csv", "--lock_timeout=0.01"}), settings);
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  ExpectWarnings("");
}

TEST_F(LockFlagTest, TheEndOfTheWaitNamesTheFlagAndTheHolder) {
  const CpuLocks first = LockAll();
  const BenchResult result = RunShared({"--lock_timeout=0.1s"});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(
      Lines(result.err),
      ElementsAre(StartsWith("bench: waits: "),
                  AllOf(StartsWith("bench: --lock_timeout=0.1s: CPU 0 is "
                                   "locked by pid "),
                        HasSubstr(std::to_string(getpid())))));
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(LockFlagTest, ASignalEndsTheWait) {
  const CpuLocks first = LockAll();
  for (const auto& [number, status] :
       {std::pair(SIGINT, 130), std::pair(SIGTERM, 143)}) {
    BenchProcess bench(folder(), Quick({"--csv=r.csv"}), SharedWithError());
    AwaitWaiting(bench);
    kill(-bench.pid(), number);
    EXPECT_EQ(bench.Wait().exit_code(), status);
    EXPECT_THAT(Files(), ElementsAre("err"));
    std::filesystem::remove(File("err"));
  }
}

TEST_F(LockFlagTest, WhoDoesNotWantToWaitMeasuresAndSaysSo) {
  const CpuLocks first = LockAll();
  const BenchResult result = RunShared({"--lock=none"});
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(result.err, Not(HasSubstr("lock")));
  EXPECT_THAT(result.out, HasSubstr("warning   --lock=none: another run"));
  ExpectWarnings("--lock=none: another run of bench may measure");
}

TEST_F(LockFlagTest, WithoutAFolderItMeasuresAndSaysSoOnce) {
  BenchSettings settings;
  settings.environment = {"HYBRIDBENCH_LOCKS=" + File("nothing")};
  const BenchResult result = Run(Quick({"--csv=r.csv"}), settings);
  EXPECT_EQ(result.exit_code(), 0);
  EXPECT_THAT(
      Lines(result.err),
      ::testing::Contains(HasSubstr("CPUs can't be locked, ")).Times(1));
  ExpectWarnings("nothing/hybridbench-cpu0.lock: No such file or directory");
}

TEST_F(LockFlagTest, WhatIsRefusedAndWhatMeasuresNothingDoesNotWait) {
  const CpuLocks first = LockAll();
  WriteFile(File("kept.csv"), "kept");
  for (const char* refused :
       {"--csv=kept.csv", "--worker=nothing", "--benchmark_filter=NoSuch"}) {
    const BenchResult result = RunShared({refused});
    EXPECT_THAT(result.exit_code(), ::testing::AnyOf(1, 2));
    EXPECT_THAT(Lines(result.err), SizeIs(1)) << result.err;
    EXPECT_THAT(result.err, Not(HasSubstr("waits")));
  }
  for (const char* look : {"--dry_run", "--benchmark_list_tests", "--list_blas",
                           "--help", "--version"}) {
    EXPECT_EQ(RunShared({look}).exit_code(), 0) << look;
  }
  EXPECT_THAT(Files(), ElementsAre("kept.csv"));
}

// Who was waited for may have had the memory, or the file.
TEST_F(LockFlagTest, ARunThatWaitedGoesOnWithTheFileAsItIsNow) {
  ASSERT_EQ(RunOneSplit({"--csv=r.csv", "--lock_timeout=5m"}).exit_code(), 0);
  const std::string whole = ReadFile(File("r.csv"));
  const std::string half = whole.substr(0, whole.rfind('\n', whole.size() - 2));
  WriteFile(File("r.csv"), half + "\n");
  {
    CpuLocks first = LockAll();
    BenchProcess bench(folder(), {"--resume=r.csv"}, SharedWithError());
    AwaitWaiting(bench);
    WriteFile(File("r.csv"), whole);
    first = CpuLocks();
    const BenchResult result = bench.Wait();
    EXPECT_EQ(result.exit_code(), 0) << ReadFile(File("err"));
    EXPECT_THAT(result.out, HasSubstr("ANSWER"));
  }
  EXPECT_EQ(ReadFile(File("r.csv")), whole);
  // How somebody waited is nothing that a file says.
  EXPECT_THAT(whole, Not(HasSubstr("--lock")));
}

}  // namespace
}  // namespace hybrid
