#ifndef HYBRID_CLUSTER_TEST_CLUSTER_H_
#define HYBRID_CLUSTER_TEST_CLUSTER_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "base/shell_words.h"
#include "base/test_hosts.h"
#include "base/unique_fd.h"
#include "cluster/agents.h"
#include "pool/environment.h"
#include "pool/pool_settings.h"

namespace hybrid {

/// A cap that never comes.
inline constexpr double kNoCapS = 1e6;

/// While it lives this thread's network, and that of what it starts, is h0's.
class NetworkOfFirst {
 public:
  explicit NetworkOfFirst(const TestHosts& hosts)
      : before_(Open("/proc/self/ns/net")) {
    std::ifstream file(hosts.folder() + "/h0.pid");
    int pid = 0;
    file >> pid;
    network_ = Open("/proc/" + std::to_string(pid) + "/ns/net");
    EXPECT_EQ(setns(network_.get(), CLONE_NEWNET), 0);
  }
  ~NetworkOfFirst() { EXPECT_EQ(setns(before_.get(), CLONE_NEWNET), 0); }
  NetworkOfFirst(const NetworkOfFirst&) = delete;
  NetworkOfFirst& operator=(const NetworkOfFirst&) = delete;

  /// Calls `change` where the wires end, from any thread that is in it.
  template <typename Change>
  void Outside(const Change& change) const {
    EXPECT_EQ(setns(before_.get(), CLONE_NEWNET), 0);
    change();
    EXPECT_EQ(setns(network_.get(), CLONE_NEWNET), 0);
  }

 private:
  static UniqueFd Open(const std::string& path) {
    return UniqueFd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }
  UniqueFd before_;
  UniqueFd network_;
};

/// For tests that hybrid_hosts_tests runs, with HYBRID_AGENT_PROGRAM: some
/// hosts of which all are to be agents', and bench on the first of them.
class ClusterTest : public ::testing::Test {
 protected:
  /// See TestHosts.
  explicit ClusterTest(int hosts, int skew_s = 0) : hosts_(hosts, skew_s) {
    for (int i = 0; i < hosts; ++i) {
      cluster_.request.hosts.push_back("h" + std::to_string(i));
    }
    cluster_.request.agent = HYBRID_AGENT_PROGRAM;
    cluster_.request.launcher =
        Quote(HYBRID_TEST_HOSTS "/hosts") + " in {host}";
    cluster_.environment = ProcessEnvironment();
    names_ = cluster_.request.hosts;
  }

  /// Nothing is left on any host. It may take them a moment to notice.
  void TearDown() override {
    for (const std::string& host : names_) {
      while (hosts_.In(host, {"pgrep", "^hybrid-"}).status == 0) {
      }
    }
  }

  void Cut(const std::string& host) {
    network_.Outside([&] { hosts_.Cut(host); });
  }
  void Mend(const std::string& host) {
    network_.Outside([&] { hosts_.Mend(host); });
  }
  void Power(const std::string& host) {
    network_.Outside([&] { hosts_.Power(host); });
  }
  void Boot(const std::string& host) {
    network_.Outside([&] { hosts_.Boot(host); });
  }
  void Delay(std::int64_t delay_us) {
    network_.Outside([&] { hosts_.Delay(delay_us); });
  }

  TestHosts hosts_;
  NetworkOfFirst network_{hosts_};
  ClusterSettings cluster_;
  PoolSettings settings_;

 private:
  std::vector<std::string> names_;
};

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_TEST_CLUSTER_H_
