#include "cluster/host_group.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/shell_words.h"
#include "base/test_hosts.h"
#include "cluster/host_survey.h"
#include "cluster/test_cluster.h"
#include "key/test_keys.h"
#include "machine/machine.h"
#include "pool/environment.h"
#include "pool/local_group.h"
#include "pool/worker_settings.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Three hosts, whose clocks are far apart, and bench on the first of them.
class HostGroupTest : public ClusterTest {
 protected:
  HostGroupTest() : ClusterTest(3, 1000) {
    cluster_.limits = {.beat_s = 0.1, .silence_s = 1};
  }

  static Key KeyOf(std::uint64_t n, std::uint64_t batch) {
    Key key = GemmKey(n, batch, 2);
    key.host_count = 3;
    key.pin = Pin::kNone;
    return key;
  }

  HostGroup Launch(const Key& key) const { return {key, settings_, cluster_}; }

  /// What a batch that takes long ends with, once `fault` was done to it.
  template <typename Fault>
  std::string ErrorAfter(const Fault& fault) {
    const Key key = KeyOf(64, 10'000'000);
    HostGroup group = Launch(key);
    std::thread other([&] {
      // Behind the gate, as far as anybody can tell.
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      fault();
    });
    std::string cause = "no error";
    try {
      group.RunBatch(kNoCapS);
    } catch (const PoolError& error) {
      cause = error.what();
    }
    other.join();
    return cause;
  }

  std::string ErrorOfLaunch(const Key& key) const {
    try {
      Launch(key);
      return "no error";
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  }
};

TEST_F(HostGroupTest, BatchesAreSpreadOverAllHosts) {
  const Key key = KeyOf(32, 500);
  HostGroup group = Launch(key);
  EXPECT_GT(group.start().start_s, 0);
  EXPECT_FALSE(group.start().kernels.empty());
  for (int i = 0; i < 3; ++i) {
    const BatchTiming timing = group.RunBatch(kNoCapS);
    EXPECT_EQ(timing.tasks_done, 500U);
    EXPECT_FALSE(timing.capped);
    EXPECT_GT(timing.gate_s, 0);
    EXPECT_GT(timing.wall_s, timing.gate_s);
    ASSERT_TRUE(timing.slowest_host.has_value());
    EXPECT_GT(timing.slowest_host->gate_s, 0);
    EXPECT_LT(timing.slowest_host->report_s, timing.wall_s);
    EXPECT_GE(timing.slowest_host->ranges, 1);
    EXPECT_GT(timing.slowest_host->agent_cpu_s, 0);
    EXPECT_LT(timing.slowest_host->clock_bound_s, 1);
    ASSERT_EQ(timing.workers.size(), 6U);
    std::uint64_t tasks = 0;
    for (const WorkerTiming& worker : timing.workers) tasks += worker.tasks;
    EXPECT_EQ(tasks, 500U);
  }
  EXPECT_TRUE(group.Verify());
  const std::optional<ThreadsSeen> threads = group.ProveThreads();
  ASSERT_TRUE(threads.has_value());
  EXPECT_EQ(threads->threads, 1U);
  EXPECT_EQ(group.Counters().workers.size(), 6U);
  EXPECT_EQ(group.TakeLatencies().count(), 1500U);
  group.Shutdown();
}

TEST_F(HostGroupTest, AWireMayBeSlow) {
  cluster_.limits = {};
  Delay(2000);
  const Key key = KeyOf(32, 500);
  HostGroup group = Launch(key);
  for (int i = 0; i < 3; ++i) {
    const BatchTiming timing = group.RunBatch(kNoCapS);
    EXPECT_EQ(timing.tasks_done, 500U);
    EXPECT_FALSE(timing.capped);
    // GATE there, and DONE back.
    EXPECT_GE(timing.wall_s, 0.004);
    EXPECT_GE(timing.gate_s, 0.002 - timing.slowest_host->clock_bound_s);
    EXPECT_GE(timing.slowest_host->clock_bound_s, 0.002);
  }
  EXPECT_TRUE(group.Verify());
  EXPECT_EQ(group.TakeLatencies().count(), 1500U);
  group.Shutdown();
}

/// The median of the wall times.
double Median(std::vector<double> walls_s) {
  const auto middle =
      walls_s.begin() + static_cast<std::ptrdiff_t>(walls_s.size() / 2);
  std::nth_element(walls_s.begin(), middle, walls_s.end());
  return *middle;
}

TEST_F(HostGroupTest, OneHostThroughAnAgentTiesWithThisOne) {
  Key key = KeyOf(64, 2000);
  key.host_count = 1;
  HostGroup far = Launch(key);
  const Machine machine = ReadMachine();
  LocalGroup near(key,
                  MakePoolSettings(
                      key, machine,
                      {.executable = HYBRID_WORKER,
                       .environment = ScrubEnvironment(ProcessEnvironment())}));
  std::vector<double> far_s;
  std::vector<double> near_s;
  for (int i = 0; i < 15; ++i) {
    far_s.push_back(far.RunBatch(kNoCapS).wall_s);
    near_s.push_back(near.RunBatch(kNoCapS).wall_s);
  }
  far.Shutdown();
  near.Shutdown();
  const double ratio = Median(far_s) / Median(near_s);
  fmt::print("Through an agent: {:.3f} times as long as a batch of {:.3g} s\n",
             ratio, Median(near_s));
  EXPECT_LT(ratio, 1.5);
}

TEST_F(HostGroupTest, FewerTasksThanHostsAndOne) {
  HostGroup group = Launch(KeyOf(16, 1));
  EXPECT_EQ(group.RunBatch(kNoCapS).tasks_done, 1U);
  EXPECT_EQ(group.RunBatch(kNoCapS).tasks_done, 1U);
  group.Shutdown();
}

TEST_F(HostGroupTest, TheCapEndsABatch) {
  HostGroup group = Launch(KeyOf(64, 10'000'000));
  const BatchTiming timing = group.RunBatch(0.2);
  EXPECT_TRUE(timing.capped);
  EXPECT_GT(timing.tasks_done, 0U);
  // What was asked for meanwhile is not taken for part of the next.
  EXPECT_TRUE(group.RunBatch(0.1).capped);
  EXPECT_TRUE(group.Verify());
  group.Shutdown();
}

TEST_F(HostGroupTest, MachinesAreSurveyed) {
  const std::vector<Machine> machines =
      SurveyHosts(cluster_, 2, [] { return false; });
  ASSERT_EQ(machines.size(), 2U);
  EXPECT_EQ(machines[0].host, "h0");
  EXPECT_EQ(machines[1].host, "h1");
  EXPECT_GE(machines[1].usable_cores, 1);
}

TEST_F(HostGroupTest, WhatHostsCanDoAndHowFarTheyAre) {
  const auto look = [this](const HostQuestions& questions) {
    return LookAtHosts(cluster_, 2, questions, [] { return false; });
  };
  const std::vector<HostFacts> hosts =
      look({.with_single = true, .blas = "blis"});
  ASSERT_EQ(hosts.size(), 2U);
  EXPECT_EQ(hosts[0].name, "h0");
  EXPECT_EQ(hosts[1].name, "h1");
  for (const HostFacts& host : hosts) {
    EXPECT_EQ(host.machine.host, host.name);
    EXPECT_FALSE(host.kind.os.empty());
    ASSERT_TRUE(host.ceilings.has_value());
    EXPECT_GT(host.ceilings->peak_gflops, 0);
    EXPECT_TRUE(host.ceilings->single.has_value());
    EXPECT_FALSE(host.kernels.empty());
    EXPECT_FALSE(host.blas_version.empty());
    EXPECT_GT(host.round_trip_s, 0);
    EXPECT_GT(host.link_bytes_per_s, 0);
  }
  EXPECT_EQ(
      WeakestCeilings(hosts)->peak_gflops,
      std::min(hosts[0].ceilings->peak_gflops, hosts[1].ceilings->peak_gflops));

  // Each way, and no more is asked than is wanted.
  network_.Outside([this] { hosts_.Delay(5000); });
  const std::vector<HostFacts> far =
      look({.with_ceilings = false, .blas = "netlib-of-nobody"});
  ASSERT_EQ(far.size(), 2U);
  EXPECT_GT(far[1].round_trip_s, 0.01);
  EXPECT_FALSE(far[1].ceilings.has_value());
  EXPECT_TRUE(far[1].kernels.empty());
  EXPECT_FALSE(WeakestCeilings(far).has_value());
}

TEST_F(HostGroupTest, AWorkerThatIsKilledIsNamedWithItsHost) {
  EXPECT_THAT(ErrorAfter([this] {
                hosts_.In("h1", {"pkill", "-9", "^hybrid-worker"});
              }),
              AllOf(HasSubstr("host h1: worker "),
                    HasSubstr("was killed by signal 9 (Killed) in mid-batch")));
}

TEST_F(HostGroupTest, AnAgentThatIsKilledIsNamed) {
  EXPECT_THAT(
      ErrorAfter([this] {
        hosts_.In("h2", {"pkill", "-9", "^hybrid-agent"});
      }),
      HasSubstr("host h2: its agent closed the connection, in mid-batch"));
}

TEST_F(HostGroupTest, AHostWithoutPowerIsNamed) {
  // Its system says nothing any more, or that it is gone.
  EXPECT_THAT(ErrorAfter([this] { Power("h2"); }),
              HasSubstr("host h2: its agent "));
  Boot("h2");
}

TEST_F(HostGroupTest, ACutWireIsKnownByItsSilence) {
  // Both sides wait equally long, and how the agent ended is seen, too.
  EXPECT_THAT(ErrorAfter([this] { Cut("h1"); }),
              AnyOf(HasSubstr("host h1: its agent has said nothing for "),
                    HasSubstr("hybrid-agent on h1: bench lost the connection: "
                              "Connection timed out")));
  Mend("h1");
}

TEST_F(HostGroupTest, AFrozenAgentIsKnownByItsSilence) {
  EXPECT_THAT(ErrorAfter([this] {
                hosts_.In("h1", {"pkill", "-STOP", "^hybrid-agent"});
              }),
              HasSubstr("host h1: its agent has said nothing for "));
  hosts_.In("h1", {"pkill", "-9", "^hybrid-agent"});
}

TEST_F(HostGroupTest, AWorkerThatHangsIsNamedWithItsHost) {
  settings_.hang_timeout_s = 1;
  EXPECT_THAT(ErrorAfter([this] {
                hosts_.In("h1", {"pkill", "-STOP", "^hybrid-worker"});
              }),
              AllOf(HasSubstr("host h1: worker "),
                    HasSubstr("hung in mid-batch: no CPU time for ")));
}

TEST_F(HostGroupTest, AnAgentThatNeverAnswersIsGivenUp) {
  cluster_.request.agent = HYBRID_MUTE_AGENT;
  settings_.hang_timeout_s = 0.5;
  HostGroup group = Launch(KeyOf(16, 8));
  try {
    group.RunBatch(0.1);
    ADD_FAILURE();
  } catch (const PoolError& error) {
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("host h0: its agent has not answered for "),
                      HasSubstr(" s, in mid-batch")));
  }
}

TEST_F(HostGroupTest, AgentsEndWhereBenchIsGoneWithoutAWord) {
  HostGroup group = Launch(KeyOf(32, 8));
  for (const char* const host : {"h0", "h1", "h2"}) Cut(host);
  // TearDown waits for their end.
  while (hosts_.In("h2", {"pgrep", "^hybrid-"}).status == 0) {
  }
  for (const char* const host : {"h0", "h1", "h2"}) Mend(host);
}

TEST_F(HostGroupTest, BenchMayPauseBetweenBatches) {
  HostGroup group = Launch(KeyOf(16, 8));
  EXPECT_EQ(group.RunBatch(kNoCapS).tasks_done, 8U);
  // Longer than anybody may be silent who is waited for.
  std::this_thread::sleep_for(std::chrono::seconds(3));
  EXPECT_EQ(group.RunBatch(kNoCapS).tasks_done, 8U);
  group.Shutdown();
}

TEST_F(HostGroupTest, AnInterruptEndsIt) {
  bool interrupted = false;
  settings_.interrupted = [&interrupted] { return interrupted; };
  HostGroup group = Launch(KeyOf(64, 10'000'000));
  interrupted = true;
  EXPECT_THROW(group.RunBatch(kNoCapS), PoolInterrupted);
}

TEST_F(HostGroupTest, LaunchersMayEndWhileOthersSayFarewell) {
  cluster_.limits = {.beat_s = 0.5, .silence_s = 10};
  HostGroup group = Launch(KeyOf(16, 2));
  Cut("h2");
  std::thread other([this] {
    // Time enough for the others' launchers to end and be looked at.
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    Mend("h2");
  });
  EXPECT_NO_THROW(group.Shutdown());
  other.join();
}

TEST_F(HostGroupTest, AnAgentThatIsNotThereIsNamed) {
  cluster_.request.agent = "/nowhere/hybrid-agent";
  EXPECT_THAT(ErrorOfLaunch(KeyOf(16, 2)),
              AllOf(HasSubstr("0 of 3 agents came"),
                    HasSubstr("/nowhere/hybrid-agent")));
}

/// On each host: runs `before` with the agent's port in $port, then the agent.
std::string After(const std::string& before) {
  return Quote(HYBRID_TEST_HOSTS "/hosts") + " in {host} bash -c " +
         Quote("port=$(echo $HYBRID_AGENT | cut -d/ -f2); " + before +
               "; exec \"$@\"") +
         " -";
}

TEST_F(HostGroupTest, StrangersDontKeepAgentsOut) {
  // More than there are descriptors for, all of them silent and patient.
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit few{.rlim_cur = 200, .rlim_max = limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  cluster_.limits = {.beat_s = 0.5, .silence_s = 1000};
  cluster_.request.hosts = {"h1"};
  cluster_.request.launcher = After(
      "ulimit -n 1000; for i in $(seq 20 320); do "
      "eval \"exec $i<>/dev/tcp/10.77.0.1/$port\"; done");
  settings_.start_allowance_s = 20;
  Key key = KeyOf(16, 8);
  key.host_count = 1;
  HostGroup group = Launch(key);
  EXPECT_EQ(group.RunBatch(kNoCapS).tasks_done, 8U);
  group.Shutdown();
  setrlimit(RLIMIT_NOFILE, &limit);
}

TEST_F(HostGroupTest, WithoutDescriptorsThereIsAPoolError) {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit none{.rlim_cur = 3, .rlim_max = limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  EXPECT_THROW(Launch(KeyOf(16, 8)), PoolError);
  setrlimit(RLIMIT_NOFILE, &limit);
}

TEST_F(HostGroupTest, AnotherProgramAtThePortOfALoopbackIsNotBench) {
  // It takes connections, earlier than bench, and says nothing.
  network_.Outside([&] { hosts_.Delay(20'000); });
  cluster_.request.hosts = {"h1"};
  cluster_.request.launcher = After(
      "python3 -c 'import socket, sys, time; "
      "s = socket.create_server((\"127.0.0.1\", int(sys.argv[1]))); "
      "time.sleep(60)' $port & "
      "until (exec 9<>/dev/tcp/127.0.0.1/$port) 2>/dev/null; do sleep 0.05; "
      "done");
  Key key = KeyOf(16, 8);
  key.host_count = 1;
  HostGroup group = Launch(key);
  EXPECT_EQ(group.RunBatch(kNoCapS).tasks_done, 8U);
  group.Shutdown();
}

TEST_F(HostGroupTest, AHostThatCantReachBenchIsNamedAndNobodyElse) {
  Cut("h1");
  EXPECT_THAT(ErrorOfLaunch(KeyOf(16, 2)),
              AllOf(HasSubstr("hybrid-agent on h1: bench can't be reached"),
                    Not(HasSubstr("one that came"))));
  Mend("h1");
}

TEST_F(HostGroupTest, AHostThatIsNamedTwiceIsRefused) {
  cluster_.request.hosts = {"h1", "h2", "h1"};
  EXPECT_THAT(ErrorOfLaunch(KeyOf(16, 2)), HasSubstr("h1"));
}

TEST_F(HostGroupTest, WhatAWorkerCantDoIsSaidWithItsHost) {
  Key key = KeyOf(16, 2);
  key.blas = "/nowhere/libblas.so";
  EXPECT_THAT(ErrorOfLaunch(key),
              AllOf(HasSubstr("host h"), HasSubstr("/nowhere/libblas.so")));
}

TEST_F(HostGroupTest, KillsAtAnyMomentLeaveNothing) {
  // Whoever is late under load is no victim.
  cluster_.limits = {.beat_s = 0.5, .silence_s = 10};
  std::mt19937 random(7);
  for (int i = 0; i < 40; ++i) {
    // What runs on h0 sees the processes of the others, too.
    const std::string host = "h" + std::to_string(random() % 3);
    const char* const victim =
        random() % 2 == 0 ? "^hybrid-agent" : "^hybrid-worker";
    const std::chrono::milliseconds moment(random() % 600);
    std::thread other([&] {
      std::this_thread::sleep_for(moment);
      hosts_.In(host, {"pkill", "-9", victim});
    });
    try {
      HostGroup group = Launch(KeyOf(32, 2000));
      for (int batch = 0; batch < 10; ++batch) group.RunBatch(kNoCapS);
      group.Shutdown();
    } catch (const PoolError& error) {
      EXPECT_THAT(error.what(),
                  AnyOf(HasSubstr(host == "h0" ? "host h" : "host " + host),
                        HasSubstr("agents came")));
    }
    other.join();
    TearDown();
  }
}

}  // namespace
}  // namespace hybrid
