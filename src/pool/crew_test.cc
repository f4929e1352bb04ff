#include "pool/crew.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "counters/process_counters.h"
#include "pool/local_group.h"
#include "pool/test_pool.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Long enough for a worker that works, and for a test not to be waited for.
constexpr double kShortHangS = 0.5;

PoolSettings FaultySettings(const Key& key, const std::string& fault) {
  PoolSettings settings = WorkersSettings(key, HYBRID_FAULTY_WORKER);
  settings.environment.kept.push_back("HYBRID_TEST_FAULT=" + fault);
  return settings;
}

void RunForEver(LocalGroup& pool) { pool.RunBatch(kNoCapS); }

using Use = std::function<void(LocalGroup&)>;

/// What the PoolError says that making a pool or `use` of it ends in; checks
/// that it is one line, and that the pool leaves nothing behind.
std::string FailureOf(const Key& key, const PoolSettings& settings,
                      const Use& use = RunForEver) {
  const std::ptrdiff_t fds = CountOpenFds();
  std::string message = "no failure";
  try {
    LocalGroup pool(key, settings);
    use(pool);
  } catch (const PoolError& error) {
    message = error.what();
  }
  EXPECT_THAT(message, Not(HasSubstr("\n")));
  EXPECT_TRUE(HasNoChildren()) << message;
  EXPECT_EQ(CountOpenFds(), fds) << message;
  return message;
}

std::string FailureWithFault(const Key& key, const std::string& fault,
                             const Use& use = RunForEver) {
  return FailureOf(key, FaultySettings(key, fault), use);
}

void KillAndAwaitEnd(pid_t pid, int signal_number) {
  kill(pid, signal_number);
  siginfo_t info{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), 0);
}

/// Blocks until the process has used more CPU time than a worker spins away
/// while it waits for a command, so that it is certainly in its batch. False if
/// told to stop before.
bool AwaitWork(pid_t pid, const std::stop_token& stop) {
  constexpr std::int64_t kWorkNs = 20'000'000;
  const std::int64_t begin_ns = ProcessCpuNs(pid).value_or(0);
  while (!stop.stop_requested()) {
    if (ProcessCpuNs(pid).value_or(0) - begin_ns > kWorkNs) return true;
    usleep(1000);
  }
  return false;
}

/// Runs a batch for ever, and sends a signal to `pids[victim]` when
/// `pids[sign_of_life]` is in it.
Use SignalInMidBatch(std::size_t victim, std::size_t sign_of_life,
                     int signal_number, pid_t* victim_pid) {
  return [=](LocalGroup& pool) {
    const std::vector<pid_t> pids = pool.pids();
    *victim_pid = pids[victim];
    // Joined before any exception leaves this scope.
    const std::jthread killer([=](const std::stop_token& stop) {
      if (AwaitWork(pids[sign_of_life], stop)) {
        kill(pids[victim], signal_number);
      }
    });
    RunForEver(pool);
  };
}

class CrewTest : public PoolTest {};

// --- Signals that no worker asked for ---

struct Death {
  int signal_number;
  std::string description;

  friend std::ostream& operator<<(std::ostream& out, const Death& death) {
    return out << death.description;
  }
};

class CrewSignalTest : public PoolTest,
                       public ::testing::WithParamInterface<Death> {};

TEST_P(CrewSignalTest, BetweenBatches) {
  const Key key = GemmKey(16, 100, 3);
  pid_t pid = 0;
  const std::string message =
      FailureOf(key, RealSettings(key), [&](LocalGroup& pool) {
        pool.RunBatch(kNoCapS);
        pid = pool.pids()[1];
        KillAndAwaitEnd(pid, GetParam().signal_number);
        pool.RunBatch(kNoCapS);
      });
  EXPECT_EQ(message, "worker 1 of 3 (pid " + std::to_string(pid) + ") " +
                         GetParam().description + " while it waited");
}

TEST_P(CrewSignalTest, InMidBatch) {
  const Key key = EndlessKey(3);
  for (const std::size_t victim : {0U, 2U}) {
    pid_t pid = 0;
    const std::string message = FailureOf(
        key, RealSettings(key),
        SignalInMidBatch(victim, victim, GetParam().signal_number, &pid));
    EXPECT_EQ(message, "worker " + std::to_string(victim) + " of 3 (pid " +
                           std::to_string(pid) + ") " + GetParam().description +
                           " in mid-batch");
  }
}

TEST_P(CrewSignalTest, BeforeTheEnd) {
  const Key key = GemmKey(16, 100, 3);
  pid_t pid = 0;
  const std::string message =
      FailureOf(key, RealSettings(key), [&](LocalGroup& pool) {
        pid = pool.pids()[2];
        KillAndAwaitEnd(pid, GetParam().signal_number);
        pool.Shutdown();
      });
  EXPECT_EQ(message, "worker 2 of 3 (pid " + std::to_string(pid) + ") " +
                         GetParam().description + " at its end");
}

INSTANTIATE_TEST_SUITE_P(
    All, CrewSignalTest,
    ::testing::Values(Death{SIGKILL, "was killed by signal 9 (Killed)"},
                      Death{SIGSEGV,
                            "was killed by signal 11 (Segmentation fault)"},
                      Death{SIGABRT, "was killed by signal 6 (Aborted)"}),
    [](const auto& tested) {
      return "Signal" + std::to_string(tested.param.signal_number);
    });

TEST_F(CrewTest, WorkerKilledAfterItsPartOfABatchDiedWaiting) {
  // One of the two gets the only task, and spins.
  const Key key = GemmKey(8, 1, 2);
  const std::string message =
      FailureWithFault(key, "spin_mid_batch", [](LocalGroup& pool) {
        const std::vector<pid_t> pids = pool.pids();
        const std::jthread killer([=](const std::stop_token& stop) {
          std::array<std::int64_t, 2> begin_ns{};
          for (const std::size_t i : {0U, 1U}) {
            begin_ns[i] = ProcessCpuNs(pids[i]).value_or(0);
          }
          while (!stop.stop_requested()) {
            for (const std::size_t i : {0U, 1U}) {
              const std::int64_t cpu_ns = ProcessCpuNs(pids[i]).value_or(0);
              if (cpu_ns - begin_ns[i] < 20'000'000) continue;
              kill(pids[1 - i], SIGKILL);
              return;
            }
            usleep(1000);
          }
        });
        RunForEver(pool);
      });
  EXPECT_THAT(message,
              EndsWith("was killed by signal 9 (Killed) while it waited"));
}

TEST_F(CrewTest, AllKilledAtOnce) {
  const Key key = GemmKey(16, 100, 4);
  const std::string message =
      FailureOf(key, RealSettings(key), [](LocalGroup& pool) {
        for (const pid_t pid : pool.pids()) KillAndAwaitEnd(pid, SIGKILL);
        pool.RunBatch(kNoCapS);
      });
  EXPECT_THAT(message, AllOf(StartsWith("worker 0 of 4 (pid "),
                             EndsWith("signal 9 (Killed) while it waited")));
}

TEST_F(CrewTest, StoppedWorkerHangs) {
  const Key key = EndlessKey(2);
  PoolSettings settings = RealSettings(key);
  settings.hang_timeout_s = kShortHangS;
  pid_t pid = 0;
  const std::string message =
      FailureOf(key, settings, SignalInMidBatch(1, 1, SIGSTOP, &pid));
  EXPECT_THAT(message,
              AllOf(StartsWith("worker 1 of 2 (pid " + std::to_string(pid) +
                               ") hung in mid-batch: no CPU time for "),
                    EndsWith(" s, stopped by a signal")));
}

TEST_F(CrewTest, WorkerStoppedWhileOthersWorkMayWakeUp) {
  const Key key = EndlessKey(2);
  LocalGroup pool(key, RealSettings(key));
  const std::vector<pid_t> pids = pool.pids();
  {
    const std::jthread stopper([&](const std::stop_token& stop) {
      if (!AwaitWork(pids[0], stop)) return;
      kill(pids[0], SIGSTOP);
      AwaitWork(pids[1], stop);
      kill(pids[0], SIGCONT);
    });
    EXPECT_TRUE(pool.RunBatch(0.5).capped);
  }
  kill(pids[0], SIGCONT);
  pool.Verify();
  pool.Shutdown();
}

// --- Faults before a worker is ready ---

TEST_F(CrewTest, ExitBeforeReadyComesWithItsLastWords) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureWithFault(key, "exit3_before_ready"),
              AllOf(StartsWith("worker "),
                    EndsWith("exited with status 3 before it was ready; it "
                             "printed: no licence")));
}

TEST_F(CrewTest, CrashBeforeReady) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureWithFault(key, "segv_before_ready"),
              EndsWith("was killed by signal 11 (Segmentation fault) before "
                       "it was ready"));
}

TEST_F(CrewTest, NeverReady) {
  const Key key = GemmKey(8, 10, 2);
  PoolSettings settings = FaultySettings(key, "sleep_before_ready");
  settings.hang_timeout_s = kShortHangS;
  EXPECT_THAT(FailureOf(key, settings),
              AllOf(HasSubstr("hung before it was ready: no CPU time for "),
                    EndsWith(" s, asleep")));
}

TEST_F(CrewTest, RubbishIsBoundedAndHarmless) {
  const Key key = GemmKey(8, 10, 2);
  const std::string message =
      FailureWithFault(key, "rubbish", [&](LocalGroup& pool) {
        EXPECT_EQ(pool.RunBatch(kNoCapS).tasks_done, key.batch);
        pool.Verify();
        const pid_t pid = pool.pids()[0];
        EXPECT_LE(std::filesystem::file_size("/proc/" + std::to_string(pid) +
                                             "/fd/2"),
                  16384U);
        KillAndAwaitEnd(pid, SIGKILL);
        pool.RunBatch(kNoCapS);
      });
  EXPECT_THAT(message, HasSubstr("while it waited; it printed: …"));
  EXPECT_THAT(message, HasSubstr("rubbish  rubbish"));
  EXPECT_LT(message.size(), 500U);
  EXPECT_TRUE(std::none_of(message.begin(), message.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ';
  })) << message;
}

TEST_F(CrewTest, WorkerWithOtherThreadsThanAskedFor) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureWithFault(key, "report_threads"),
              AllOf(StartsWith("worker 0 of 2"),
                    EndsWith("it runs 7 BLAS threads, not 1")));
}

TEST_F(CrewTest, WorkerWithAnotherThreading) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureWithFault(key, "report_threading"),
              EndsWith("its BLAS is threaded by pthread, not by openmp"));
}

TEST_F(CrewTest, WorkerWithAnotherMaskMattersOnlyIfItWasGivenOne) {
  const Key key = GemmKey(8, 10, 2);
  PoolSettings settings = FaultySettings(key, "report_mask");
  const auto run_and_end = [](LocalGroup& pool) {
    pool.RunBatch(kNoCapS);
    pool.Shutdown();
  };
  EXPECT_EQ(FailureOf(key, settings, run_and_end), "no failure");
  settings.cpus.assign(key.workers, AllowedCpus());
  EXPECT_THAT(FailureOf(key, settings, run_and_end),
              HasSubstr("CPUs) is not the one given to it"));
}

TEST_F(CrewTest, WorkersWithDifferentKernels) {
  // A worker with an even pid lies; pids that are even or odd throughout can
  // only come from somebody else's processes between ours.
  const Key key = GemmKey(8, 10, 4);
  std::string message = "no failure";
  while (message == "no failure") {
    message = FailureWithFault(key, "report_kernels", [](LocalGroup& pool) {
      const std::vector<pid_t> pids = pool.pids();
      const auto even = std::count_if(pids.begin(), pids.end(),
                                      [](pid_t p) { return p % 2 == 0; });
      EXPECT_TRUE(even == 0 || even == 4) << even << " lied unnoticed";
      pool.Shutdown();
    });
  }
  EXPECT_THAT(message,
              HasSubstr("is not what was asked for: it runs version "));
}

// --- Faults in mid-batch ---

TEST_F(CrewTest, ExitInMidBatch) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureWithFault(key, "exit3_mid_batch"),
              EndsWith("exited with status 3 in mid-batch"));
}

TEST_F(CrewTest, ExitWhileMakingResidentData) {
  Key key = GemmKey(8, 10, 2);
  key.data = Data::kResident;
  EXPECT_THAT(FailureWithFault(key, "exit3_mid_batch"),
              EndsWith("exited with status 3 while making its data"));
}

TEST_F(CrewTest, CrashInMidBatch) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureWithFault(key, "segv_mid_batch"),
              EndsWith("was killed by signal 11 (Segmentation fault) in "
                       "mid-batch"));
}

TEST_F(CrewTest, ExceptionInMidBatch) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureWithFault(key, "throw_mid_batch"),
              EndsWith("gave up in mid-batch: std::bad_alloc"));
}

TEST_F(CrewTest, SleepInMidBatch) {
  const Key key = GemmKey(8, 10, 2);
  PoolSettings settings = FaultySettings(key, "sleep_mid_batch");
  settings.hang_timeout_s = kShortHangS;
  EXPECT_THAT(FailureOf(key, settings),
              AllOf(HasSubstr("hung in mid-batch: no CPU time for "),
                    EndsWith(" s, asleep")));
}

TEST_F(CrewTest, EndlessLoopInMidBatch) {
  const Key key = GemmKey(8, 10, 2);
  PoolSettings settings = FaultySettings(key, "spin_mid_batch");
  settings.hang_timeout_s = kShortHangS;
  EXPECT_THAT(FailureOf(key, settings, [](LocalGroup& p) { p.RunBatch(0.1); }),
              HasSubstr("hung in mid-batch: busy far beyond its time, "));
}

// Threads that wait for others without a CPU look like an endless loop.
TEST_F(CrewTest, AnOversubscribedSplitThatIsBusyForEverIsCapped) {
  const Key key = GemmKey(300, 40, 2);
  const std::string once = testing::TempDir() + "crew_test_spins_once";
  std::filesystem::remove(once);
  PoolSettings settings = FaultySettings(key, "spin_mid_batch");
  settings.hang_timeout_s = kShortHangS;
  settings.oversubscribed = true;
  settings.environment.kept.push_back("HYBRID_TEST_FAULT_ONCE=" + once);
  LocalGroup pool(key, settings);
  const BatchTiming timing = pool.RunBatch(0.1);
  EXPECT_TRUE(timing.capped);
  EXPECT_GT(timing.tasks_done, 0U) << "of the other worker";
  EXPECT_LT(timing.tasks_done, key.batch);
  EXPECT_GT(timing.wall_s, 0.1);
  EXPECT_TRUE(HasNoChildren());
  pool.Verify();
  const auto counters = pool.Counters().workers;
  ASSERT_EQ(counters.size(), 2U);
  EXPECT_FALSE(counters[0] || counters[1]);
  pool.Shutdown();
  std::filesystem::remove(once);
}

TEST_F(CrewTest, WrongProductIsNamed) {
  Key key = GemmKey(30, 10, 2);
  for (const char* operation : {"gemm", "syrk"}) {
    key.operation = operation;
    for (const Collect collect : {Collect::kNone, Collect::kShared}) {
      key.collect = collect;
      bool verified_too_late = true;
      const std::string message =
          FailureWithFault(key, "wrong_product", [&](LocalGroup& pool) {
            pool.RunBatch(kNoCapS);
            verified_too_late = false;
            pool.Verify();
          });
      EXPECT_FALSE(verified_too_late);
      EXPECT_THAT(message,
                  ::testing::ContainsRegex(
                      "worker [01] of 2 .* made a wrong result of task [0-9]: "
                      "row 0 is off by [0-9.e+]+ times the bound"));
    }
  }
}

TEST_F(CrewTest, BadStatusAtTheEnd) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureWithFault(key, "exit5_at_end",
                               [](LocalGroup& pool) {
                                 pool.RunBatch(kNoCapS);
                                 pool.Shutdown();
                               }),
              AllOf(StartsWith("worker 0 of 2 (pid "),
                    EndsWith("exited with status 5 at its end")));
}

TEST_F(CrewTest, MoreMemoryThanThereCanBe) {
  // A worker's own matrices: beyond any address space.
  Key key = GemmKey(5'000'000, 10, 2);
  EXPECT_THAT(
      FailureOf(key, RealSettings(key)),
      AllOf(HasSubstr("gave up while making its data: "), HasSubstr("memory")));
  // The arena that all share.
  key = GemmKey(4096, std::uint64_t{1} << 24, 2);
  key.data = Data::kResident;
  EXPECT_THAT(FailureOf(key, RealSettings(key)), HasSubstr("shared memory"));
}

// --- Executables that are no workers ---

TEST_F(CrewTest, ExecutablesThatCanNotBeStarted) {
  const Key key = GemmKey(8, 10, 2);
  const auto failure_of = [&](const std::string& executable) {
    return FailureOf(key, WorkersSettings(key, executable));
  };
  EXPECT_EQ(failure_of("/nonexistent/worker"),
            "worker 0 of 2: /nonexistent/worker can't be started: No such file "
            "or directory");
  EXPECT_EQ(failure_of("/etc/passwd"),
            "worker 0 of 2: /etc/passwd can't be started: Permission denied");
  EXPECT_EQ(failure_of("/etc"),
            "worker 0 of 2: /etc can't be started: Permission denied");
  EXPECT_THAT(failure_of(""), HasSubstr("can't be started"));
  const std::string text =
      ::testing::TempDir() + "hybrid-not-a-program-" + std::to_string(getpid());
  std::ofstream(text) << "neither a script nor a program\n";
  std::filesystem::permissions(text, std::filesystem::perms::owner_all);
  EXPECT_THAT(failure_of(text), EndsWith("Exec format error"));
  std::filesystem::remove(text);
}

TEST_F(CrewTest, ProgramsThatAreNoWorkers) {
  const Key key = GemmKey(8, 10, 2);
  EXPECT_THAT(FailureOf(key, WorkersSettings(key, "/bin/true")),
              EndsWith("exited with status 0 before it was ready"));
  EXPECT_THAT(FailureOf(key, WorkersSettings(key, "/bin/cat")),
              HasSubstr("exited with status 1 before it was ready; it "
                        "printed: "));
}

// --- The parent's own troubles ---

/// Lets this process have fewer descriptors for a while.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(std::ptrdiff_t fds) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit lowered{.rlim_cur = static_cast<rlim_t>(fds),
                         .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &lowered);
  }
  DescriptorLimit(const DescriptorLimit&) = delete;
  DescriptorLimit& operator=(const DescriptorLimit&) = delete;
  ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(CrewTest, TooFewDescriptorsAreAnErrorLikeAnyOther) {
  const Key key = GemmKey(8, 10, 3);
  const std::ptrdiff_t fds = CountOpenFds();
  int failures = 0;
  std::string message;
  // From none left to enough, so that each step gets to fail.
  for (std::ptrdiff_t limit = fds; message != "no failure"; ++limit) {
    message = "no failure";
    try {
      const DescriptorLimit lowered(limit);
      LocalGroup pool(key, RealSettings(key));
      pool.RunBatch(kNoCapS);
      pool.Shutdown();
    } catch (const PoolError& error) {
      message = error.what();
      ++failures;
    }
    ASSERT_TRUE(HasNoChildren()) << limit << ": " << message;
    ASSERT_EQ(CountOpenFds(), fds) << limit << ": " << message;
    ASSERT_THAT(message, AnyOf("no failure", HasSubstr("Too many open files")));
  }
  EXPECT_GT(failures, 5);
}

TEST_F(CrewTest, InterruptedInMidBatch) {
  const Key key = EndlessKey(3);
  PoolSettings settings = RealSettings(key);
  std::atomic<bool> interrupted = false;
  settings.interrupted = [&] { return interrupted.load(); };
  {
    LocalGroup pool(key, settings);
    const pid_t pid = pool.pids()[0];
    const std::jthread user([&](const std::stop_token& stop) {
      AwaitWork(pid, stop);
      interrupted = true;
    });
    EXPECT_THROW(pool.RunBatch(kNoCapS), PoolInterrupted);
  }
  EXPECT_TRUE(HasNoChildren());
}

TEST_F(CrewTest, InterruptedWhileStarting) {
  const Key key = GemmKey(8, 10, 2);
  PoolSettings settings = FaultySettings(key, "sleep_before_ready");
  settings.interrupted = [] { return true; };
  EXPECT_THROW(LocalGroup(key, settings), PoolInterrupted);
  EXPECT_TRUE(HasNoChildren());
}

TEST_F(CrewTest, WorkersEndWithTheirParent) {
  // Orphans come to this process, which can then tell that they have ended: if
  // one did not, this would wait for it.
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  const Key key = EndlessKey(3);
  std::array<int, 2> pipe_fds{};
  ASSERT_EQ(pipe2(pipe_fds.data(), O_CLOEXEC), 0);
  const UniqueFd reader(pipe_fds[0]);
  UniqueFd writer(pipe_fds[1]);
  std::array<pid_t, 3> workers{};
  const pid_t parent = fork();
  if (parent == 0) {
    LocalGroup pool(key, RealSettings(key));
    std::ranges::copy(pool.pids(), workers.begin());
    const bool told = write(writer.get(), workers.data(), sizeof(workers)) > 0;
    if (told) pool.RunBatch(kNoCapS);
    _exit(1);
  }
  writer.Close();
  ASSERT_EQ(read(reader.get(), workers.data(), sizeof(workers)),
            static_cast<ssize_t>(sizeof(workers)));
  ASSERT_EQ(kill(parent, SIGKILL), 0);
  std::set<pid_t> ended;
  for (pid_t pid = 0; (pid = waitpid(-1, nullptr, 0)) > 0;) ended.insert(pid);
  EXPECT_THAT(ended, ::testing::Contains(parent));
  // Maybe more: LeakSanitizer forks in a worker that ends by itself.
  for (const pid_t worker : workers) {
    EXPECT_THAT(ended, ::testing::Contains(worker));
  }
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
}

// --- Any worker, at any moment ---

std::vector<pid_t> Children() {
  std::ifstream file("/proc/self/task/" + std::to_string(getpid()) +
                     "/children");
  std::vector<pid_t> pids;
  for (pid_t pid = 0; file >> pid;) pids.push_back(pid);
  return pids;
}

/// Starts a pool and uses it while a thread kills one of its workers after
/// `delay`; true if the pool noticed.
bool FailsWithAKilledWorker(std::chrono::microseconds delay, unsigned victim,
                            int batches) {
  // A few milliseconds a batch.
  const Key key = GemmKey(32, 1000, 4);
  const std::jthread killer([=](const std::stop_token& stop) {
    std::this_thread::sleep_for(delay);
    std::vector<pid_t> pids;
    while (pids.empty() && !stop.stop_requested()) pids = Children();
    if (!pids.empty()) kill(pids[victim % pids.size()], SIGKILL);
  });
  try {
    LocalGroup pool(key, RealSettings(key));
    for (int batch = 0; batch < batches; ++batch) {
      pool.RunBatch(kNoCapS);
      pool.Verify();
    }
    pool.Shutdown();
  } catch (const PoolError& error) {
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("killed by signal 9"), Not(HasSubstr("\n"))));
    return true;
  }
  return false;
}

TEST_F(CrewTest, RandomWorkerKilledAtARandomMoment) {
  constexpr int kStarts = 200;
  const unsigned seed = std::random_device()();
  std::cout << "seed " << seed << std::endl;
  std::mt19937 generator(seed);
  std::uniform_int_distribution<int> delay_us(0, 10000);
  int noticed = 0;
  for (int start = 0; start < kStarts; ++start) {
    // Every other pool runs until it fails, so that its victim must be noticed.
    const bool ends_by_itself = start % 2 != 0;
    const int batches =
        ends_by_itself ? start % 5 : std::numeric_limits<int>::max();
    const bool failed =
        FailsWithAKilledWorker(std::chrono::microseconds(delay_us(generator)),
                               static_cast<unsigned>(generator()), batches);
    ASSERT_TRUE(failed || ends_by_itself);
    ASSERT_TRUE(HasNoChildren()) << "start " << start;
    if (failed) ++noticed;
  }
  std::cout << noticed << " of " << kStarts << " noticed" << std::endl;
}

}  // namespace
}  // namespace hybrid
