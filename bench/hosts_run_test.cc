// bench itself on a cluster, with each of the launchers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/find_program.h"
#include "base/shell_words.h"
#include "base/test_folder.h"
#include "base/test_hosts.h"
#include "base/text_file.h"
#include "results/csv_reader.h"
#include "results/row.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Words = std::vector<std::string>;

class HostsRunTest : public ::testing::Test {
 protected:
  /// Nothing is left on any host. It may take them a moment to notice.
  void TearDown() override {
    for (const char* const host : {"h0", "h1", "h2"}) {
      while (hosts_.In(host, {"pgrep", "^hybrid-"}).status == 0) {
      }
    }
  }

  static std::string Prefix() {
    return "--launcher=" + Quote(HYBRID_TEST_HOSTS "/hosts") + " in {host}";
  }

  /// bench on h0, behind `before`, with a short sweep of 1 and 3 hosts.
  ToolResult Bench(Words before, const Words& arguments,
                   const std::string& batch = "24") {
    before.insert(
        before.end(),
        {HYBRID_BENCH, "--benchmark_filter=Hybrid", "--quick", "--n=32",
         "--batch=" + batch, "--workers=1,2", "--blas_threads=1",
         "--host_counts=1,3", "--rerun_noisy=0", "--csv=" + csv_});
    before.insert(before.end(), arguments.begin(), arguments.end());
    return hosts_.In("h0", before);
  }

  /// How many hosts the rows that completed had.
  std::set<std::uint64_t> HostCounts() const {
    std::set<std::uint64_t> counts;
    for (const Row& row : ReadCsv(csv_)) {
      EXPECT_EQ(row.status, Status::kOk) << row.error;
      if (row.family == Family::kHosts) continue;
      EXPECT_GT(row.ranges.value_or(0), 0);
      EXPECT_GT(row.gate_s.value_or(0), 0);
      EXPECT_EQ(row.tasks_done, 24U);
      counts.insert(row.host_count);
    }
    return counts;
  }

  /// Each host has one row of its own, with what it can do.
  void ExpectHostRows() const {
    std::vector<std::string> names;
    for (const Row& row : ReadCsv(csv_)) {
      if (row.family != Family::kHosts) continue;
      names.push_back(row.variant);
      EXPECT_GT(row.peak_gflops.value_or(0), 0);
      EXPECT_GT(row.triad_bytes_per_s.value_or(0), 0);
      EXPECT_GT(row.rtt_s.value_or(0), 0);
      EXPECT_GT(row.link_bytes_per_s.value_or(0), 0);
      EXPECT_FALSE(row.kernels.empty());
      EXPECT_FALSE(row.cpus.empty());
    }
    EXPECT_EQ(names, (std::vector<std::string>{"h0", "h1", "h2"}));
  }

  void ExpectAnswer(const ToolResult& result) const {
    EXPECT_EQ(result.status, 0) << result.output;
    EXPECT_THAT(result.output, HasSubstr("3 hosts × "));
    EXPECT_THAT(result.output, HasSubstr("ANSWER"));
    EXPECT_EQ(HostCounts(), (std::set<std::uint64_t>{1, 3})) << result.output;
  }

  TestFolder folder_;
  std::string csv_ = folder_.File("results.csv");
  TestHosts hosts_{3, 1000};
};

bool IsInstalled(const char* program) {
  const char* const path = std::getenv("PATH");
  return FindInPath(path == nullptr ? "" : path, program, "/").has_value();
}

TEST_F(HostsRunTest, ByAnyPrefix) {
  ExpectAnswer(Bench({}, {"--hosts=h0,h1,h2", Prefix(), "--ceilings=auto"}));
  ExpectHostRows();
}

TEST_F(HostsRunTest, BySsh) {
  if (!IsInstalled("ssh") || !std::filesystem::exists("/usr/sbin/sshd")) {
    GTEST_SKIP() << "ssh and sshd are not installed";
  }
  hosts_.StartSshd();
  ExpectAnswer(Bench(
      {}, {"--hosts=h0,h1,h2",
           "--launcher=ssh -F " + Quote(hosts_.ssh_config()) + " {host}"}));
}

TEST_F(HostsRunTest, ByMpirun) {
  if (!IsInstalled("mpirun.openmpi")) {
    GTEST_SKIP() << "Open MPI is not installed";
  }
  ExpectAnswer(Bench({"env", "OMPI_MCA_plm_rsh_agent=" + TestHosts::rsh()},
                     {"--hosts=h0,h1,h2", "--launcher=mpirun"}));
}

TEST_F(HostsRunTest, ByMpiexec) {
  if (!IsInstalled("mpiexec.mpich")) GTEST_SKIP() << "MPICH is not installed";
  ExpectAnswer(Bench(
      {"env", "HYDRA_LAUNCHER=ssh", "HYDRA_LAUNCHER_EXEC=" + TestHosts::rsh()},
      {"--hosts=h0,h1,h2", "--launcher=mpiexec"}));
}

TEST_F(HostsRunTest, BySrunInAnAllocation) {
  if (!IsInstalled("salloc")) GTEST_SKIP() << "Slurm is not installed";
  hosts_.StartSlurm();
  ExpectAnswer(Bench({"salloc", "--nodes=3"}, {}));
  // The allocation ends with its command.
  EXPECT_EQ(hosts_.In("h0", {"squeue", "--noheader"}).output, "");
}

TEST_F(HostsRunTest, RanksAreRefused) {
  const ToolResult result = Bench({"env", "OMPI_COMM_WORLD_SIZE=4"}, {});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, AllOf(HasSubstr("bench: "), HasSubstr("mpirun")));
}

TEST_F(HostsRunTest, AHostThatIsNotThereIsOneLine) {
  const ToolResult result = Bench({}, {"--hosts=h0,h1,h7", Prefix()});
  EXPECT_NE(result.status, 0);
  EXPECT_THAT(result.output, HasSubstr("h7"));
  EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1)
      << result.output;
  EXPECT_FALSE(std::filesystem::exists(csv_));
}

TEST_F(HostsRunTest, AFailureCostsItsConfigurationAndNotTheSweep) {
  std::thread killer([this] {
    // Of a batch over three hosts, which this is not before.
    while (text_file::Read(csv_).value_or("").find(",Hybrid,") ==
               std::string::npos ||
           hosts_.In("h1", {"pkill", "-9", "^hybrid-worker"}).status != 0) {
    }
  });
  const ToolResult result = Bench({}, {"--hosts=h0,h1,h2", Prefix()});
  killer.join();
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.output, HasSubstr("host h1: worker "));
  std::size_t failed = 0;
  std::size_t ok = 0;
  for (const Row& row : ReadCsv(csv_)) {
    if (row.family == Family::kHosts) continue;
    row.status == Status::kError ? ++failed : ++ok;
  }
  EXPECT_EQ(failed, 1U);
  EXPECT_GT(ok, 3U);
}

TEST_F(HostsRunTest, AnInterruptLeavesNothingBehind) {
  std::thread interrupter([this] {
    while (hosts_.In("h2", {"pgrep", "^hybrid-worker"}).status != 0) {
    }
    hosts_.In("h0", {"pkill", "-INT", "-x", "bench"});
  });
  const ToolResult result =
      Bench({}, {"--hosts=h0,h1,h2", Prefix(), "--benchmark_repetitions=200"},
            "2400");
  interrupter.join();
  EXPECT_THAT(result.output, HasSubstr("interrupted by signal 2"));
}

TEST_F(HostsRunTest, AnInterruptWhileHostsAreSurveyedIsOneAsWell) {
  // Agents that never come are awaited for a minute.
  std::thread interrupter([this] {
    while (hosts_.In("h2", {"pgrep", "-x", "sleep"}).status != 0) {
    }
    hosts_.In("h0", {"pkill", "-INT", "-x", "bench"});
  });
  const ToolResult result = Bench(
      {},
      {"--hosts=h0,h1,h2", "--launcher=" + Quote(HYBRID_TEST_HOSTS "/hosts") +
                               " in {host} sh -c 'exec sleep 1000'"});
  interrupter.join();
  EXPECT_EQ(result.status, 130);
  EXPECT_THAT(result.output, HasSubstr("bench: interrupted by signal 2"));
}

TEST_F(HostsRunTest, BenchThatIsKilledLeavesNothingBehind) {
  std::thread killer([this] {
    while (hosts_.In("h2", {"pgrep", "^hybrid-worker"}).status != 0) {
    }
    hosts_.In("h0", {"pkill", "-KILL", "-x", "bench"});
  });
  Bench({}, {"--hosts=h0,h1,h2", Prefix(), "--benchmark_repetitions=200"},
        "2400");
  // TearDown awaits the end of all.
  killer.join();
}

}  // namespace
}  // namespace hybrid
