// That the hosts on one machine are what they are taken for: apart, each with
// its clock, on wires that can be cut and delay; that the real launchers reach
// them; and that nothing is left of them.

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/launcher.h"
#include "base/strays.h"
#include "base/test_folder.h"
#include "base/test_hosts.h"
#include "base/test_processes.h"
#include "base/test_shell.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::HasSubstr;

using Command = TestHosts::Command;

/// Waits until `condition` is true. There is no limit: on a busy machine
/// everything takes longer.
template <typename Condition>
void Await(const Condition& condition) {
  while (!condition()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

/// The processes that this one sees and that run, but for itself.
std::set<std::string> Processes() {
  std::set<std::string> processes;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "stat");
    std::string text;
    std::getline(file, text);
    const std::size_t state = text.rfind(") ");  // names may have blanks
    if (state == std::string::npos || text[state + 2] == 'Z') continue;
    processes.insert(name);
  }
  return processes;
}

/// The number of a host's first process.
std::string FirstProcess(const TestHosts& hosts, const std::string& host) {
  std::ifstream file(hosts.folder() + "/" + host + ".pid");
  std::string pid;
  file >> pid;
  return pid;
}

/// How many processes use a host's network.
std::size_t CountOn(const fs::path& network) {
  std::size_t count = 0;
  for (const std::string& pid : Processes()) {
    std::error_code gone;
    count += fs::read_symlink("/proc/" + pid + "/ns/net", gone) == network;
  }
  return count;
}

/// What tells a host from others.
fs::path NetworkOf(const TestHosts& hosts, const std::string& host) {
  return fs::read_symlink("/proc/" + FirstProcess(hosts, host) + "/ns/net");
}

/// Moves this process into a namespace of a host's.
void Enter(const TestHosts& hosts, const std::string& host,
           const std::string& kind) {
  const UniqueFd there(
      open(("/proc/" + FirstProcess(hosts, host) + "/ns/" + kind).c_str(),
           O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(setns(there.get(), 0), 0);
}

/// A TCP socket of a host's, which it stays wherever it is used.
UniqueFd SocketOf(const TestHosts& hosts, const std::string& host) {
  const UniqueFd own(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
  Enter(hosts, host, "net");
  UniqueFd made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(setns(own.get(), 0), 0);
  return made;
}

constexpr std::uint16_t kPort = 5000;

sockaddr_in AddressOf(const std::string& host) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(kPort);
  const std::string text = "10.77.0." + std::to_string(host[1] - '0' + 1);
  inet_pton(AF_INET, text.c_str(), &address.sin_addr);
  return address;
}

/// A TCP connection between two hosts, whose both ends are here.
class Connection {
 public:
  Connection(const TestHosts& hosts, const std::string& from,
             const std::string& to) {
    const sockaddr_in address = AddressOf(to);
    const auto* const any = reinterpret_cast<const sockaddr*>(&address);
    const UniqueFd listener = SocketOf(hosts, to);
    const int one = 1;
    setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    EXPECT_EQ(bind(listener.get(), any, sizeof address), 0);
    EXPECT_EQ(listen(listener.get(), 1), 0);
    from_ = SocketOf(hosts, from);
    EXPECT_EQ(connect(from_.get(), any, sizeof address), 0) << from << to;
    to_ = UniqueFd(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    SendAtOnce(from_);
    SendAtOnce(to_);
  }

  int from() const { return from_.get(); }
  int to() const { return to_.get(); }

  static void Send(int end) { EXPECT_EQ(send(end, "x", 1, MSG_NOSIGNAL), 1); }
  static void Receive(int end) {
    char byte = 0;
    EXPECT_EQ(recv(end, &byte, 1, 0), 1);
    EXPECT_EQ(byte, 'x');
  }
  /// Whether something arrives before long.
  static bool Arrives(int end) {
    pollfd polled{.fd = end, .events = POLLIN, .revents = 0};
    return poll(&polled, 1, 300) == 1;
  }

  /// A byte there and one back: how long it took.
  std::int64_t RoundTripNs() const {
    const std::int64_t start = NowNs();
    Send(from());
    Receive(to());
    Send(to());
    Receive(from());
    return NowNs() - start;
  }

 private:
  static void SendAtOnce(const UniqueFd& end) {
    const int one = 1;
    setsockopt(end.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  }

  UniqueFd from_;
  UniqueFd to_;
};

/// CLOCK_MONOTONIC of a host.
std::int64_t ClockOf(const TestHosts& hosts, const std::string& host) {
  std::array<int, 2> ends{};
  EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd out(ends[0]);
  const UniqueFd in(ends[1]);
  const pid_t child = fork();
  if (child == 0) {
    Enter(hosts, host, "time");
    const std::int64_t now = NowNs();
    _exit(write(in.get(), &now, sizeof now) == sizeof now ? 0 : 1);
  }
  std::int64_t now = 0;
  EXPECT_EQ(read(out.get(), &now, sizeof now), ssize_t{sizeof now});
  waitpid(child, nullptr, 0);
  return now;
}

ChildProcess Start(const Command& command) {
  LaunchSpec spec;
  spec.executable = command.front();
  spec.arguments.assign(command.begin() + 1, command.end());
  return LaunchProcess(spec);
}

TEST(HostsTest, ReachEachOther) {
  const TestHosts hosts(3);
  for (const std::string from : {"h0", "h1", "h2"}) {
    for (const std::string to : {"h0", "h1", "h2"}) {
      EXPECT_GT(Connection(hosts, from, to).RoundTripNs(), 0);
    }
    EXPECT_EQ(hosts.In(from, {"hostname"}).output, from + "\n");
    EXPECT_THAT(hosts.In(from, {"getent", "hosts", "h2"}).output,
                HasSubstr("10.77.0.3"));
  }
}

TEST(HostsTest, AreApart) {
  const TestHosts hosts(2);
  EXPECT_EQ(hosts.In("h1", {"touch", "/dev/shm/a b", "/dev/shm/c"}).status, 0);
  EXPECT_EQ(hosts.In("h0", {"ls", "/dev/shm"}).output, "");
  EXPECT_EQ(hosts.In("h1", {"ls", "/dev/shm"}).output, "a b\nc\n");
  EXPECT_EQ(hosts.In("h1", {"sh", "-c", "echo $#", "0", "", "'"}).output,
            "2\n");
  EXPECT_EQ(hosts.In("h1", {"cat", "/proc/1/comm"}).output, "sleep\n");
  // Nor is there, after a while, what has ended on it.
  hosts.In("h1", {"sh", "-c", "sleep 0 & exec sleep 0"});
  Await([&] {
    return hosts.In("h1", {"sh", "-c", "ls -d /proc/[0-9]*/exe | wc -l"})
               .output == "3\n";
  });
  EXPECT_EQ(hosts.In("h1", {"sh", "-c", "exit 3"}).status, 3);
  EXPECT_EQ(hosts.In("h2", {"true"}).output,
            "tools/test_hosts/hosts: h2: no such host, see --help\n");
}

// A reading of one host's clock lies between two of the other's.
TEST(HostsTest, ClocksDifferByTheSkew) {
  constexpr std::int64_t kSkewNs = 1000 * std::int64_t{1'000'000'000};
  const TestHosts hosts(3, 1000);
  for (int k = 0; k < 3; ++k) {
    const std::int64_t before = NowNs();
    const std::int64_t there = ClockOf(hosts, "h" + std::to_string(k));
    EXPECT_GE(there - k * kSkewNs, before);
    EXPECT_LE(there - k * kSkewNs, NowNs());
  }
}

/// With so many microseconds of delay.
class WireTest : public ::testing::TestWithParam<int> {};

TEST_P(WireTest, CutsStopATransferAndMendResumesIt) {
  const TestHosts hosts(2);
  hosts.Delay(GetParam());
  for (const std::string host : {"h0", "h1"}) {
    const Connection connection(hosts, "h0", "h1");
    connection.RoundTripNs();
    hosts.Cut(host);
    Connection::Send(connection.from());
    EXPECT_FALSE(Connection::Arrives(connection.to())) << host;
    hosts.Mend(host);
    Connection::Receive(connection.to());
  }
}

TEST_P(WireTest, CarriesMuch) {
  const TestHosts hosts(3);
  hosts.Delay(GetParam());
  const Connection connection(hosts, "h1", "h2");
  std::string sent(8 << 20, 'x');
  for (std::size_t i = 0; i < sent.size(); ++i) {
    sent[i] = static_cast<char>(i * i >> 7);
  }
  const std::jthread sender([&] {
    for (std::size_t done = 0; done < sent.size();) {
      const ssize_t count = send(connection.from(), sent.data() + done,
                                 sent.size() - done, MSG_NOSIGNAL);
      if (count < 0) return;
      done += static_cast<std::size_t>(count);
    }
  });
  std::string received(sent.size(), ' ');
  ASSERT_EQ(
      recv(connection.to(), received.data(), received.size(), MSG_WAITALL),
      static_cast<ssize_t>(received.size()));
  EXPECT_TRUE(received == sent);
}

TEST_P(WireTest, AHostThatWasSwitchedOffIsThereAgainAfterBoot) {
  const TestHosts hosts(2, 5);
  hosts.Delay(GetParam());
  Connection(hosts, "h0", "h1").RoundTripNs();
  hosts.Power("h1");
  hosts.Boot("h1");
  Connection(hosts, "h0", "h1").RoundTripNs();
  EXPECT_GT(ClockOf(hosts, "h1"), NowNs());
  // And can be cut.
  const Connection connection(hosts, "h1", "h0");
  hosts.Cut("h1");
  Connection::Send(connection.from());
  EXPECT_FALSE(Connection::Arrives(connection.to()));
}

INSTANTIATE_TEST_SUITE_P(Delays, WireTest, ::testing::Values(0, 2000));

TEST(HostsTest, ADelayTakesAsLongEachWay) {
  const TestHosts hosts(2);
  const Connection connection(hosts, "h0", "h1");
  for (const std::int64_t delay_us : {20'000, 500}) {
    hosts.Delay(delay_us);
    for (int i = 0; i < 10; ++i) {
      EXPECT_GE(connection.RoundTripNs(), 2 * delay_us * 1000);
    }
  }
  hosts.Delay(0);
  connection.RoundTripNs();
}

// The first process of a host ends behind all that ran there, and that is
// reaped by who calls this and waits: as with bench, which adopts orphans.
TEST(HostsTest, PowerDoesNotWaitForWhoReaps) {
  const TestHosts hosts(2);
  ASSERT_TRUE(AdoptOrphans());
  RunTool(HYBRID_TEST_HOSTS "/hosts in h1 sleep 12345 >/dev/null 2>&1 &");
  Await([&] { return hosts.In("h1", {"pgrep", "-f", "12345"}).status == 0; });
  // Else it might reap it itself, in time.
  ASSERT_EQ(RunTool("pkill -STOP -x nsenter").status, 0);
  hosts.Power("h1");
  EXPECT_EQ(hosts.In("h1", {"true"}).status, 255);
  ReapOrphans(std::nullopt);
  DisownOrphans();
}

TEST(HostsTest, PowerKillsAllThatRanThere) {
  const TestHosts hosts(3);
  for (const std::string host : {"h2", "h0"}) {
    const fs::path network = NetworkOf(hosts, host);
    // One that somebody waits for, and one that has left its parent.
    const std::string file = hosts.folder() + "/runs";
    ChildProcess waiting = Start(hosts.CommandIn(
        host, {"sh", "-c",
               "setsid sleep 1d & mv $(mktemp) " + file + "; exec sleep 1d"}));
    Await([&] { return fs::remove(file); });
    EXPECT_TRUE(waiting.Running());
    hosts.Power(host);
    EXPECT_NE(waiting.Wait(), 0);
    EXPECT_EQ(CountOn(network), 0U);
    const ToolResult off = hosts.In(host, {"true"});
    EXPECT_EQ(off.status, 255);
    EXPECT_EQ(off.output, "tools/test_hosts/hosts: " + host + " is off\n");
  }
  EXPECT_EQ(hosts.In("h1", {"hostname"}).output, "h1\n");
  hosts.Boot("h0");
  EXPECT_EQ(hosts.In("h0", {"hostname"}).output, "h0\n");
}

TEST(HostsTest, NothingRunsAfterDown) {
  const std::set<std::string> before = Processes();
  {
    const TestHosts hosts(3);
    hosts.Delay(100);
    for (const std::string host : {"h0", "h1", "h2"}) {
      hosts.In(host, {"sh", "-c",
                      "setsid sh -c 'trap \"\" TERM; sleep 1d; sleep 1d' "
                      "</dev/null >/dev/null 2>&1 &"});
    }
    EXPECT_GT(Processes().size(), before.size() + 6);
  }
  EXPECT_EQ(Processes(), before);
  EXPECT_TRUE(HasNoChildren());
  EXPECT_EQ(RunTool("ip link | grep -c '^[0-9]'").output, "1\n");
}

/// What an `inside` within this one does, which may be killed.
class KilledTest : public ::testing::Test {
 protected:
  KilledTest() {
    // A test program with three hosts, on which something runs.
    folder_.Lay("/program", "HOSTS_DIR='" + folder_.File("hosts") +
                                "' HOSTS_SWITCH='" HYBRID_DELAYING_SWITCH
                                "'\nexport HOSTS_DIR HOSTS_SWITCH\n"
                                "hosts='" HYBRID_TEST_HOSTS
                                "/hosts'\n"
                                "$hosts up 3\n"
                                "for host in h0 h1 h2; do $hosts in $host "
                                "setsid sleep 1d & done\n"
                                "$hosts delay 100\n"
                                "echo > '" +
                                folder_.File("up") + "'\n");
  }

  Command Inside(const std::string& end) const {
    folder_.Lay("/end", end);
    return {
        HYBRID_TEST_HOSTS "/inside", "sh", "-c",
        ". '" + folder_.File("program") + "'; . '" + folder_.File("end") + "'"};
  }
  bool IsUp() const { return fs::exists(folder_.File("up")); }

  const TestFolder folder_;
  const std::set<std::string> before_ = Processes();
};

TEST_F(KilledTest, NothingIsLeftOfATestThatIsKilled) {
  ChildProcess inside = Start(Inside("kill -KILL $$"));
  EXPECT_EQ(DescribeWaitStatus(inside.Wait()), "exited with status 137");
  EXPECT_TRUE(IsUp());
  EXPECT_EQ(Processes(), before_);
}

TEST_F(KilledTest, NorOfOneWhoseInsideIs) {
  ChildProcess inside = Start(Inside("sleep 1d"));
  Await([this] { return IsUp(); });
  EXPECT_GT(Processes().size(), before_.size() + 10);
  inside.Kill();
  inside.Wait();
  Await([this] { return Processes() == before_; });
}

/// That each host's name is printed once.
void ExpectEveryHost(const ToolResult& result) {
  EXPECT_EQ(result.status, 0) << result.output;
  std::istringstream text(result.output);
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  for (const char* host : {"h0", "h1", "h2"}) {
    EXPECT_THAT(lines, Contains(host).Times(1)) << result.output;
  }
}

/// The first of these programs that is not installed; empty: all are.
std::string Missing(const std::vector<std::string>& programs) {
  for (const std::string& program : programs) {
    if (RunTool("command -v " + program).status != 0) {
      return program + " is not installed";
    }
  }
  return "";
}

TEST(LaunchersTest, RshStandIn) {
  const TestHosts hosts(3);
  ToolResult all{.status = 0, .output = ""};
  for (const std::string host : {"h0", "h1", "h2"}) {
    all.output += hosts.In("h0", {TestHosts::rsh(), host, "hostname"}).output;
  }
  ExpectEveryHost(all);
  // As ssh does: words are parsed again, variables are not passed on.
  EXPECT_EQ(
      hosts
          .In("h0", {"env", "A=1", "HOME=/", TestHosts::rsh(), "-x", "-o",
                     "B=2", "user@h1", "echo", "a   b;", "echo $A$HOME; pwd"})
          .output,
      "a b\n/\n/\n");
  EXPECT_EQ(hosts.In("h0", {TestHosts::rsh(), "h1", "exit 3"}).status, 3);
}

TEST(LaunchersTest, Ssh) {
  const std::string missing = Missing({"ssh", "ssh-keygen", "sshd"});
  if (!missing.empty()) GTEST_SKIP() << missing;
  const TestHosts hosts(3);
  hosts.StartSshd();
  for (const std::string from : {"h0", "h1"}) {
    ToolResult all{.status = 0, .output = ""};
    for (const std::string host : {"h0", "h1", "h2"}) {
      all.output +=
          hosts.In(from, {"ssh", "-F", hosts.ssh_config(), host, "hostname"})
              .output;
    }
    ExpectEveryHost(all);
  }
  EXPECT_EQ(
      hosts.In("h0", {"ssh", "-F", hosts.ssh_config(), "h1", "exit 3"}).status,
      3);
  // After a power cut, as the others did not need it.
  hosts.Power("h1");
  hosts.Boot("h1");
  hosts.StartSshd();
  EXPECT_EQ(hosts.In("h0", {"ssh", "-F", hosts.ssh_config(), "h1", "hostname"})
                .output,
            "h1\n");
}

TEST(LaunchersTest, Srun) {
  const std::string missing = Missing({"slurmctld", "slurmd", "srun"});
  if (!missing.empty()) GTEST_SKIP() << missing;
  const TestHosts hosts(3);
  hosts.StartSlurm();
  const Command srun{"srun", "--nodes=3", "--ntasks-per-node=1", "--mpi=none",
                     "hostname"};
  ExpectEveryHost(hosts.In("h0", srun));
  hosts.Power("h2");
  hosts.Boot("h2");
  hosts.StartSlurm();
  ExpectEveryHost(hosts.In("h1", srun));
}

TEST(LaunchersTest, OpenMpi) {
  const std::string missing = Missing({"mpirun.openmpi"});
  if (!missing.empty()) GTEST_SKIP() << missing;
  const TestHosts hosts(3);
  ExpectEveryHost(hosts.In(
      "h0",
      {"env", "OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
       "mpirun.openmpi", "--mca", "plm_rsh_agent", TestHosts::rsh(), "--host",
       "h0,h1,h2", "--map-by", "ppr:1:node", "--bind-to", "none", "hostname"}));
}

TEST(LaunchersTest, Mpich) {
  const std::string missing = Missing({"mpiexec.mpich"});
  if (!missing.empty()) GTEST_SKIP() << missing;
  const TestHosts hosts(3);
  ExpectEveryHost(
      hosts.In("h0", {"mpiexec.mpich", "-launcher", "ssh", "-launcher-exec",
                      TestHosts::rsh(), "-hosts", "h0,h1,h2", "-ppn", "1", "-n",
                      "3", "-bind-to", "none", "hostname"}));
}

}  // namespace
}  // namespace hybrid
