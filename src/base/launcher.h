#ifndef HYBRID_BASE_LAUNCHER_H_
#define HYBRID_BASE_LAUNCHER_H_

#include <signal.h>
#include <sys/types.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace hybrid {

/// A process that could not be started; what() names it and the cause.
class LaunchError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A descriptor that a child gets under a number of its own choice.
struct PlacedFd {
  int fd;
  int number;  ///< from 3 on
};

/// A process to start, and what it is started with.
struct LaunchSpec {
  /// A path, seen from the working directory; PATH is not searched.
  std::string executable;
  std::vector<std::string> arguments;  ///< without the executable
  /// NAME=value, the whole of it; absent: the parent's.
  std::optional<std::vector<std::string>> environment;
  std::vector<int> inherited_fds;  ///< kept open at their own numbers; every
                                   ///< other one from 3 on is closed
  std::vector<PlacedFd> placed_fds{};
  int input_fd = -1;              ///< stdin, -1: /dev/null
  int output_fd = -1;             ///< stdout, -1: the parent's
  int error_fd = -1;              ///< stderr, -1: the parent's
  std::vector<int> cpus;          ///< affinity mask, empty: the parent's
  bool core_dumps = true;         ///< false: a crash leaves no core file
  std::string working_directory;  ///< empty: the parent's
  bool own_group = false;         ///< the child leads a process group
  /// What the kernel sends the child at the end of the thread that started it.
  /// SIGCONT: it has to find out and end by itself, and is only continued if
  /// it was stopped.
  int parent_death_signal = SIGKILL;
};

/// `exited with status 3`, `was killed by signal 9 (Killed)`, from a status as
/// waitpid gives it.
std::string DescribeWaitStatus(int wait_status);

/// Owns a running child: killed and reaped with the object, so that no process
/// and no zombie outlives it.
class ChildProcess {
 public:
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  pid_t pid() const { return pid_; }
  /// False once it has ended (and was reaped).
  bool Running();
  /// Blocks until it has ended; its status as waitpid gives it.
  int Wait();
  void Kill();

 private:
  friend ChildProcess LaunchProcess(const LaunchSpec& spec);
  explicit ChildProcess(pid_t pid) : pid_(pid) {}
  pid_t pid_;                       // -1: moved away
  std::optional<int> wait_status_;  // there once it was reaped
};

/// Starts a process through Boost.Process with vfork, whose cost does not grow
/// with the parent's memory. The child ignores SIGINT
/// and SIGHUP (a terminal sends them to the parent too, which decides) but not
/// SIGPIPE. The kernel sends it `spec.parent_death_signal` when the calling
/// thread ends: call it from the main thread only.
/// Throws LaunchError.
ChildProcess LaunchProcess(const LaunchSpec& spec);

}  // namespace hybrid

#endif  // HYBRID_BASE_LAUNCHER_H_
