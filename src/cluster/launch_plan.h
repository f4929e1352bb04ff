#ifndef HYBRID_CLUSTER_LAUNCH_PLAN_H_
#define HYBRID_CLUSTER_LAUNCH_PLAN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// The variable in which an agent finds what it is told.
inline constexpr std::string_view kAgentVariable = "HYBRID_AGENT";

/// Where agents are to be started, and how.
struct LaunchRequest {
  std::vector<std::string> hosts{};  ///< as the user names them; none: no names
  std::size_t host_count = 0;        ///< the first so many; 0: all there are
  /// `srun`, `mpirun`, `mpiexec`, `ssh` (or a path of one of these), or a
  /// prefix in words of a shell, with {host}, {hosts} and {host_count} in it;
  /// empty: what fits.
  std::string launcher{};
  std::string agent{};  ///< its path, the same on all hosts
};

/// A launcher to start.
struct LauncherCommand {
  std::vector<std::string> words;    ///< the first is the path of the program
  std::vector<std::string> hosts{};  ///< it is for; none: it knows their names
  /// The variable does not reach the host, but stdin does: what it holds is
  /// also stdin's first line.
  bool is_told_by_stdin = false;
};

/// The launchers that start one agent on each host.
struct LaunchPlan {
  std::string launcher;  ///< its name, or the prefix
  std::size_t host_count = 0;
  std::vector<std::string> hosts{};  ///< none: only the launcher has names
  std::vector<LauncherCommand> commands;
  std::vector<std::string> environment;  ///< theirs, without kAgentVariable
};

/// What to start for `request` in `environment` (NAME=value each). Throws
/// FlagError, which says what to do, where nobody says which hosts or how many,
/// there are fewer, or the launcher is not installed or can't be told.
LaunchPlan PlanLaunch(const LaunchRequest& request,
                      const std::vector<std::string>& environment);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_LAUNCH_PLAN_H_
