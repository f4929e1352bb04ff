#ifndef HYBRID_CLUSTER_AGENT_LAUNCH_H_
#define HYBRID_CLUSTER_AGENT_LAUNCH_H_

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/launcher.h"
#include "cluster/launch_plan.h"
#include "pool/child_output.h"

namespace hybrid {

/// Owns the launchers of one group of agents: processes of this machine, each
/// with a process group of its own, which Ctrl-C does not reach. What they
/// print is kept, the first 16 KiB of each, and shown on failure alone, without
/// what agents were told. How they end
/// proves nothing: mpiexec says 0 after it was killed, mpirun may say 1 after
/// agents that ended well. While there is one, this process is the parent of
/// orphans below it, and whatever it starts counts as theirs: one at a time,
/// and no others beside it.
class AgentLaunch {
 public:
  /// Starts them; `told` is for the agents: one line, shorter than 512 bytes,
  /// which no command line shows. From the main thread only, with whose end
  /// they get a SIGTERM. Throws LaunchError.
  AgentLaunch(const LaunchPlan& plan, const std::string& told);
  AgentLaunch(const AgentLaunch&) = delete;
  AgentLaunch& operator=(const AgentLaunch&) = delete;
  /// End(0).
  ~AgentLaunch();

  /// `ssh for host b exited with status 255; it printed: …`: a launcher that
  /// has ended, before End(), and was not told of yet; nothing if there is
  /// none. Takes about a microsecond for each.
  std::optional<std::string> Look();

  /// `; ssh for host b printed: …` of each that has printed anything.
  std::string LastWords() const;

  /// Returns when all that was started on this machine is gone and reaped: the
  /// launchers have `patience_s` to end by themselves, as they do after their
  /// agents, then all that is left has 5 s after a SIGTERM, and is killed.
  void End(double patience_s);

 private:
  struct Launcher {
    std::string title;  ///< `ssh for host b`
    ChildOutput output;
    ChildProcess process;
    bool is_told_of = false;
  };

  AgentLaunch();

  void Start(const LauncherCommand& command, std::string title, LaunchSpec spec,
             const std::string& told);
  template <typename Condition>
  void Await(double limit_s, Condition is_met);
  std::vector<pid_t> Left();
  std::string PrintedBy(std::string_view it, const Launcher& launcher) const;
  bool IsLauncher(pid_t pid) const;

  std::string told_;         ///< a secret
  std::vector<pid_t> kept_;  ///< what was there before
  std::vector<Launcher> launchers_;
};

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_AGENT_LAUNCH_H_
