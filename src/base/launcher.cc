#include "base/launcher.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/process/v2/posix/vfork_launcher.hpp>
#include <boost/process/v2/process.hpp>
#include <cerrno>
#include <optional>
#include <utility>

#include "base/unique_fd.h"

namespace hybrid {
namespace {

namespace process = boost::process::v2;
using boost::system::error_code;
using Executor = boost::asio::io_context::executor_type;

/// An affinity mask of any size, made before the fork: between vfork and exec
/// nothing may allocate.
class CpuMask {
 public:
  explicit CpuMask(const std::vector<int>& cpus) {
    if (cpus.empty()) return;
    const auto count = static_cast<std::size_t>(
        *std::max_element(cpus.begin(), cpus.end()) + 1);
    words_.resize(CPU_ALLOC_SIZE(count) / sizeof(unsigned long));
    for (const int cpu : cpus)
      CPU_SET_S(static_cast<size_t>(cpu), bytes(), set());
  }
  bool Apply() const {
    return words_.empty() || sched_setaffinity(0, bytes(), set()) == 0;
  }

 private:
  std::size_t bytes() const { return words_.size() * sizeof(unsigned long); }
  cpu_set_t* set() const { return reinterpret_cast<cpu_set_t*>(words_.data()); }
  mutable std::vector<unsigned long> words_;
};

error_code LastError() { return {errno, boost::system::system_category()}; }

/// Everything that happens to a child between vfork and exec. It runs in the
/// parent's memory, so it makes system calls and nothing else.
struct ChildSetUp {
  const LaunchSpec* spec;
  const char* const* environment;
  CpuMask mask;
  std::vector<UniqueFd> placed;  // those of spec->placed_fds, out of their way
  UniqueFd null;
  pid_t parent;
  const char** refused;  // the parent's: gets the call that the system refuses

  error_code Refuse(const char* call) const {
    const error_code error = LastError();
    *refused = call;
    return error;
  }

  template <typename Launcher>
  error_code on_setup(Launcher& launcher, const process::filesystem::path&,
                      const char* const*&) {
    launcher.env = environment;
    launcher.fd_whitelist.insert(launcher.fd_whitelist.end(),
                                 spec->inherited_fds.begin(),
                                 spec->inherited_fds.end());
    for (const PlacedFd& place : spec->placed_fds) {
      launcher.fd_whitelist.push_back(place.number);
    }
    return {};
  }

  template <typename Launcher>
  error_code on_exec_setup(Launcher&, const process::filesystem::path&,
                           const char* const*&) {
    if (prctl(PR_SET_PDEATHSIG, spec->parent_death_signal) != 0) {
      return Refuse("prctl");
    }
    // The parent may have died before this process asked for the signal.
    if (getppid() != parent) _exit(127);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_DFL);
    if (!mask.Apply()) return Refuse("sched_setaffinity");
    const rlimit none{};
    if (!spec->core_dumps && setrlimit(RLIMIT_CORE, &none) != 0) {
      return Refuse("setrlimit");
    }
    if (spec->own_group && setpgid(0, 0) != 0) return Refuse("setpgid");
    if (!spec->working_directory.empty() &&
        chdir(spec->working_directory.c_str()) != 0) {
      return Refuse("chdir");
    }
    const int input_fd = spec->input_fd >= 0 ? spec->input_fd : null.get();
    if (dup2(input_fd, STDIN_FILENO) < 0) return Refuse("dup2");
    if (spec->output_fd >= 0 && dup2(spec->output_fd, STDOUT_FILENO) < 0) {
      return Refuse("dup2");
    }
    if (spec->error_fd >= 0 && dup2(spec->error_fd, STDERR_FILENO) < 0) {
      return Refuse("dup2");
    }
    // Descriptors that a library opened without close-on-exec (Google
    // Benchmark's output file) must not live on in a worker.
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    for (const int fd : spec->inherited_fds) {
      if (fcntl(fd, F_SETFD, 0) != 0) return Refuse("fcntl");
    }
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const int number = spec->placed_fds[i].number;
      if (dup2(placed[i].get(), number) < 0) return Refuse("dup2");
    }
    return {};
  }

  /// Boost would go on to exit(), which runs the parent's handlers and flushes
  /// its buffers a second time. Variadic: its 1.81 looks for one signature and
  /// calls another.
  template <typename... Arguments>
  void on_exec_error(Arguments&&...) {
    _exit(127);
  }
};

/// Waits for the end of a child; its status as waitpid gives it.
int Reap(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// Whether there are descriptors for all that Boost opens for a child: pidfd,
/// epoll, eventfd and timerfd. If it ran out of them half-way, its 1.81 would
/// leak the pidfd.
bool HasDescriptorsForBoost(const UniqueFd& any) {
  std::array<UniqueFd, 4> reserve;
  for (UniqueFd& fd : reserve) {
    fd = UniqueFd(fcntl(any.get(), F_DUPFD_CLOEXEC, 0));
    if (!fd.valid()) return false;
  }
  return true;
}

/// Copies of the descriptors that a child gets under other numbers, above all
/// of these, so that placing one overwrites none. Invalid ones where there are
/// too many open.
std::vector<UniqueFd> CopiesAbove(const std::vector<PlacedFd>& places) {
  int above = STDERR_FILENO + 1;
  for (const PlacedFd& place : places) {
    above = std::max(above, place.number + 1);
  }
  std::vector<UniqueFd> copies;
  copies.reserve(places.size());
  for (const PlacedFd& place : places) {
    copies.emplace_back(fcntl(place.fd, F_DUPFD_CLOEXEC, above));
  }
  return copies;
}

}  // namespace

std::string DescribeWaitStatus(int wait_status) {
  if (WIFSIGNALED(wait_status)) {
    const int number = WTERMSIG(wait_status);
    const char* name = sigdescr_np(number);
    return fmt::format("was killed by signal {} ({})", number,
                       name != nullptr ? name : "unknown");
  }
  return fmt::format("exited with status {}", WEXITSTATUS(wait_status));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), wait_status_(other.wait_status_) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(wait_status_, other.wait_status_);
  return *this;
}

ChildProcess::~ChildProcess() {
  if (pid_ < 0) return;
  Kill();
  Wait();
}

bool ChildProcess::Running() {
  int status = 0;
  if (!wait_status_ && waitpid(pid_, &status, WNOHANG) != 0) {
    wait_status_ = status;
  }
  return !wait_status_;
}

int ChildProcess::Wait() {
  if (!wait_status_) wait_status_ = Reap(pid_);
  return *wait_status_;
}

void ChildProcess::Kill() {
  if (Running()) kill(pid_, SIGKILL);
}

ChildProcess LaunchProcess(const LaunchSpec& spec) {
  std::vector<const char*> environment;
  if (spec.environment) {
    for (const std::string& variable : *spec.environment) {
      environment.push_back(variable.c_str());
    }
    environment.push_back(nullptr);
  }
  const char* refused = nullptr;
  ChildSetUp set_up{
      .spec = &spec,
      .environment = spec.environment ? environment.data() : environ,
      .mask = CpuMask(spec.cpus),
      .placed = CopiesAbove(spec.placed_fds),
      .null = UniqueFd(open("/dev/null", O_RDWR | O_CLOEXEC)),
      .parent = getpid(),
      .refused = &refused};
  if (!set_up.null.valid() || !HasDescriptorsForBoost(set_up.null)) {
    const std::string cause = LastError().message();
    throw LaunchError(
        fmt::format("{} can't be started: {}{}", spec.executable,
                    set_up.null.valid() ? "" : "/dev/null: ", cause));
  }

  // A context of its own, and one without a reactor until the child runs: Boost
  // 1.81 tells the context about the fork from inside the child, in memory that
  // a vfork shares, and a child killed just then would leave the reactor torn.
  boost::asio::io_context context;
  process::posix::vfork_launcher launcher;
  std::string failure;
  try {
    error_code ec;
    process::basic_process<Executor> started = launcher(
        context.get_executor(), ec, spec.executable, spec.arguments, set_up);
    if (ec) failure = ec.message();
    if (!ec) started.detach();  // from here on its pid is enough
  } catch (const boost::system::system_error& error) {
    // A child that runs all the same is one that Boost can't watch: it asks for
    // a pidfd, which old kernels lack and some sandboxes refuse.
    if (launcher.pid <= 0) failure = error.code().message();
  }
  if (failure.empty()) return ChildProcess(launcher.pid);
  // Boost 1.81 leaves the child of a failed exec to be reaped by its caller.
  if (launcher.pid > 0) {
    kill(launcher.pid, SIGKILL);
    Reap(launcher.pid);
  }
  if (refused != nullptr) {
    failure = fmt::format("the system refuses {}: {}", refused, failure);
  }
  throw LaunchError(
      fmt::format("{} can't be started: {}", spec.executable, failure));
}

}  // namespace hybrid
