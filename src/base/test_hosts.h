#ifndef HYBRID_BASE_TEST_HOSTS_H_
#define HYBRID_BASE_TEST_HOSTS_H_

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/scoped_environment.h"
#include "base/shell_words.h"
#include "base/test_folder.h"
#include "base/test_shell.h"

namespace hybrid {

/// For tests that hybrid_hosts_tests runs: a cluster on one machine
/// (tools/test_hosts/README.md), hosts h0, h1, …, which are there as long as
/// the object lives, and nothing of what runs on them is afterwards. Only one
/// at a time. All throw std::runtime_error, with what the tool said, where it
/// failed.
class TestHosts {
 public:
  using Command = std::vector<std::string>;

  /// The monotonic clock of hK is `skew_s` × K seconds ahead.
  explicit TestHosts(int count, int skew_s = 0)
      : environment_({{"HOSTS_DIR", folder_.File("hosts")},
                      {"HOSTS_SWITCH", HYBRID_DELAYING_SWITCH},
                      {"SLURM_CONF", folder_.File("hosts/slurm/slurm.conf")}}) {
    try {
      Run("hosts", {"up", std::to_string(count), std::to_string(skew_s)});
    } catch (...) {
      Down();
      throw;
    }
  }
  ~TestHosts() { Down(); }
  TestHosts(const TestHosts&) = delete;
  TestHosts& operator=(const TestHosts&) = delete;

  /// Runs a program on a host, which PATH finds: its exit status, and what it
  /// wrote to stdout and stderr. 255 from a host that is off.
  ToolResult In(const std::string& host, const Command& command) const {
    return RunTool(Words(CommandIn(host, command)) + "2>&1");
  }
  /// What to start for that, by its path, in this process's environment.
  Command CommandIn(const std::string& host, const Command& command) const {
    Command arguments{"in", host};
    arguments.insert(arguments.end(), command.begin(), command.end());
    return ToolCommand("hosts", arguments);
  }

  /// Cuts the wire of a host: nothing that is sent arrives, nobody is told.
  void Cut(const std::string& host) const { Run("hosts", {"cut", host}); }
  void Mend(const std::string& host) const { Run("hosts", {"mend", host}); }
  /// Switches a host off, which kills all that runs there; Boot switches it on.
  void Power(const std::string& host) const { Run("hosts", {"power", host}); }
  void Boot(const std::string& host) const { Run("hosts", {"boot", host}); }
  /// From now on every frame takes so many microseconds more, each way.
  void Delay(std::int64_t delay_us) const {
    Run("hosts", {"delay", std::to_string(delay_us)});
  }

  /// On h0, what stands in for ssh: `rsh() hK COMMAND`.
  static std::string rsh() { return HYBRID_TEST_HOSTS "/rsh"; }
  /// A real sshd on every host; on each of them `ssh -F ssh_config() hK
  /// COMMAND` then works.
  void StartSshd() const { Run("sshd", {"up"}); }
  std::string ssh_config() const { return folder() + "/ssh_config"; }
  /// A real Slurm; on each host srun then works.
  void StartSlurm() const { Run("slurm", {"up"}); }

  /// With the files of all hosts.
  std::string folder() const { return folder_.File("hosts"); }

 private:
  static Command ToolCommand(const std::string& tool, const Command& rest) {
    Command all{HYBRID_TEST_HOSTS "/" + tool};
    all.insert(all.end(), rest.begin(), rest.end());
    return all;
  }

  static std::string Words(const Command& command) {
    std::string words;
    for (const std::string& word : command) {
      words += (word.empty() ? "''" : Quote(word)) + " ";
    }
    return words;
  }

  static void Run(const std::string& tool, const Command& arguments) {
    const ToolResult result =
        RunTool(Words(ToolCommand(tool, arguments)) + "2>&1");
    if (result.status != 0) throw std::runtime_error(result.output);
  }

  static void Down() noexcept {
    RunTool(Words(ToolCommand("hosts", {"down"})));
  }

  const TestFolder folder_;
  const ScopedEnvironment environment_;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_TEST_HOSTS_H_
