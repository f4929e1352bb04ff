// How well hosts are kept at work that exist, with agents, links and messages
// as they are. Their workers sleep in place of tasks, so that four hosts fit
// one machine. What is measured depends on what else runs there: nothing of it
// is asserted, and README.md has the tables that are printed where
// HYBRID_MEASURE_HOSTS is set.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/scoped_environment.h"
#include "blas/test_libraries.h"
#include "cluster/agents.h"
#include "cluster/host_group.h"
#include "cluster/test_cluster.h"
#include "key/test_keys.h"

namespace hybrid {
namespace {

constexpr std::uint64_t kHosts = 4;
constexpr std::uint64_t kWorkers = 2;  ///< of each
constexpr double kAllWorkers = kHosts * kWorkers;
constexpr std::int64_t kWireUs = 100;  ///< a wire that is slower, each way

/// What was seen of a batch, or the medians of several.
struct Seen {
  double efficiency = 0;  ///< tasks × the sleep that was asked for
  double at_work = 0;     ///< the same, with the sleeps that workers had
  double sleep_s = 0;     ///< mean of these
  double ranges = 0;      ///< of the host that reported last
  double agent_cpu = 0;   ///< what its agent took of a core
};

class SleepingHostsTest : public ClusterTest {
 protected:
  SleepingHostsTest() : ClusterTest(kHosts) {
    // Whoever is late under load is not gone.
    cluster_.limits.silence_s = 30;
  }

  static Key KeyOf(std::uint64_t batch) {
    Key key = GemmKey(4, batch, kWorkers);
    key.host_count = kHosts;
    key.blas = FakeLibrary("sleeps");
    key.data = Data::kHot;
    key.pin = Pin::kNone;
    return key;
  }

  /// What batches of `batch` tasks that sleep so long show, one after the
  /// other, behind one that is not counted.
  std::vector<Seen> Run(std::int64_t sleep_ns, std::uint64_t batch,
                        int batches) {
    const ScopedEnvironment sleep(ScopedEnvironment::Variables{
        {"HYBRID_TEST_SLEEP_NS", std::to_string(sleep_ns)}});
    cluster_.environment = ProcessEnvironment();
    HostGroup group(KeyOf(batch), settings_, cluster_);
    std::vector<Seen> seen;
    for (int i = 0; i <= batches; ++i) {
      const BatchTiming timing = group.RunBatch(kNoCapS);
      ExpectAllDoneOnce(timing, batch);
      if (i > 0) seen.push_back(See(timing, 1e-9 * double(sleep_ns)));
    }
    EXPECT_TRUE(group.Verify());
    group.Shutdown();
    return seen;
  }

 private:
  static void ExpectAllDoneOnce(const BatchTiming& timing,
                                std::uint64_t batch) {
    EXPECT_EQ(timing.tasks_done, batch);
    EXPECT_FALSE(timing.capped);
    EXPECT_EQ(timing.workers.size(), kHosts * kWorkers);
    std::uint64_t tasks = 0;
    for (const WorkerTiming& worker : timing.workers) tasks += worker.tasks;
    EXPECT_EQ(tasks, batch);
  }

  static Seen See(const BatchTiming& timing, double sleep_s) {
    double slept_s = 0;
    for (const WorkerTiming& worker : timing.workers) {
      slept_s += worker.operate_s;
    }
    const auto tasks = static_cast<double>(timing.tasks_done);
    const double workers_s = kAllWorkers * timing.wall_s;
    const HostTiming host = timing.slowest_host.value_or(HostTiming{});
    return {.efficiency = tasks * sleep_s / workers_s,
            .at_work = slept_s / workers_s,
            .sleep_s = slept_s / tasks,
            .ranges = host.ranges,
            .agent_cpu = host.agent_cpu_s / timing.wall_s};
  }
};

double MedianOf(const std::vector<Seen>& seen, double Seen::*figure) {
  std::vector<double> figures;
  for (const Seen& one : seen) figures.push_back(one.*figure);
  std::sort(figures.begin(), figures.end());
  const std::size_t half = figures.size() / 2;
  return figures.size() % 2 == 1 ? figures[half]
                                 : (figures[half - 1] + figures[half]) / 2;
}

std::string RowOf(std::int64_t sleep_ns, std::uint64_t batch,
                  std::string_view wire, const std::vector<Seen>& seen) {
  return fmt::format(
      "| {:g} | {} | {} | {:.3f} | {:.3f} | {:.4g} | {:.0f} | {:.1f} % |\n",
      1e-6 * double(sleep_ns), wire, batch, MedianOf(seen, &Seen::efficiency),
      MedianOf(seen, &Seen::at_work), 1e3 * MedianOf(seen, &Seen::sleep_s),
      MedianOf(seen, &Seen::ranges), 100 * MedianOf(seen, &Seen::agent_cpu));
}

/// Tasks that keep all workers at work for half a second, and each for 100;
/// of tiny ones, with which the machine itself is slow, fewer.
std::uint64_t BatchOf(std::int64_t sleep_ns) {
  constexpr std::int64_t kWorkersNs = 4'000'000'000;
  return std::clamp<std::uint64_t>(
      static_cast<std::uint64_t>(kWorkersNs / sleep_ns), 800, 40'000);
}

TEST_F(SleepingHostsTest, AllTasksAreDoneOnceHoweverSlowTheWire) {
  constexpr std::int64_t kSleepNs = 1'000'000;
  for (const std::int64_t delay_us : {std::int64_t{0}, kWireUs}) {
    Delay(delay_us);
    for (const Seen& seen : Run(kSleepNs, 800, 2)) {
      // Nobody wakes early, or does another's tasks.
      EXPECT_GE(seen.sleep_s, 1e-9 * kSleepNs);
      EXPECT_LE(seen.at_work, 1);
      // Half of what is left, and no more, at a time.
      EXPECT_GE(seen.ranges, 3);
    }
  }
}

/// CPU time of this thread.
double OwnCpuS() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

TEST_F(SleepingHostsTest, MessageCosts) {
  if (std::getenv("HYBRID_MEASURE_HOSTS") == nullptr) {
    GTEST_SKIP() << "measured where HYBRID_MEASURE_HOSTS is set";
  }
  constexpr int kTrials = 21;
  constexpr std::size_t kMessages = 200;  ///< to each host, at a time
  Agents agents(cluster_, kHosts, 60, [] { return false; });
  const auto echo = [&agents](std::size_t hosts, std::size_t times) {
    std::vector<std::size_t> left(kHosts, 0);
    for (std::size_t i = 0; i < times; ++i) {
      for (std::size_t host = 0; host < hosts; ++host) {
        agents.Send(host, Message::kEcho, {}, "while measured");
        ++left[host];
      }
    }
    agents.Serve(
        "while measured",
        [&left](std::size_t host, const Frame&) { --left[host]; },
        [&left](std::size_t host) { return left[host] > 0; });
  };
  std::vector<double> trips_s;
  std::vector<double> costs_s;
  for (int i = 0; i < kTrials; ++i) {
    for (std::size_t trip = 0; trip < kMessages; ++trip) {
      const std::int64_t begin_ns = NowNs();
      echo(1, 1);
      trips_s.push_back(NsToSeconds(NowNs() - begin_ns));
    }
    const double begin_s = OwnCpuS();
    echo(kHosts, kMessages);
    costs_s.push_back((OwnCpuS() - begin_s) / (2 * kHosts * kMessages));
  }
  agents.Release();
  const auto median_us = [](std::vector<double>& seconds) {
    std::sort(seconds.begin(), seconds.end());
    return 1e6 * seconds[seconds.size() / 2];
  };
  fmt::print("one way {:.1f} µs, CPU time of a message {:.1f} µs\n",
             median_us(trips_s) / 2, median_us(costs_s));
}

TEST_F(SleepingHostsTest, Efficiency) {
  if (std::getenv("HYBRID_MEASURE_HOSTS") == nullptr) {
    GTEST_SKIP() << "measured where HYBRID_MEASURE_HOSTS is set";
  }
  constexpr int kBatches = 20;
  fmt::print(
      "| task, ms | wire | tasks | efficiency | at work | slept, ms | ranges | "
      "agent |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (const std::int64_t delay_us : {std::int64_t{0}, kWireUs}) {
    Delay(delay_us);
    const std::string wire =
        delay_us == 0 ? "as it is" : fmt::format("+ {} µs", delay_us);
    for (const std::int64_t sleep_ns : {5'000, 10'000, 20'000, 50'000, 100'000,
                                        1'000'000, 5'000'000, 20'000'000}) {
      const std::uint64_t batch = BatchOf(sleep_ns);
      fmt::print("{}",
                 RowOf(sleep_ns, batch, wire, Run(sleep_ns, batch, kBatches)));
      std::fflush(stdout);
    }
  }
}

}  // namespace
}  // namespace hybrid
