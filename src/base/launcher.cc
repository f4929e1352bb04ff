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
  UniqueFd null;
  pid_t parent;

  template <typename Launcher>
  error_code on_setup(Launcher& launcher, const process::filesystem::path&,
                      const char* const*&) {
    launcher.env = environment;
    launcher.fd_whitelist.insert(launcher.fd_whitelist.end(),
                                 spec->inherited_fds.begin(),
                                 spec->inherited_fds.end());
    return {};
  }

  template <typename Launcher>
  error_code on_exec_setup(Launcher&, const process::filesystem::path&,
                           const char* const*&) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return LastError();
    // The parent may have died before this process asked for the signal.
    if (getppid() != parent) _exit(127);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_DFL);
    if (!mask.Apply()) return LastError();
    const rlimit none{};
    if (!spec->core_dumps && setrlimit(RLIMIT_CORE, &none) != 0) {
      return LastError();
    }
    if (dup2(null.get(), STDIN_FILENO) < 0) return LastError();
    if (spec->output_fd >= 0 && dup2(spec->output_fd, STDOUT_FILENO) < 0) {
      return LastError();
    }
    if (spec->error_fd >= 0 && dup2(spec->error_fd, STDERR_FILENO) < 0) {
      return LastError();
    }
    // Descriptors that a library opened without close-on-exec (Google
    // Benchmark's output file) must not live on in a worker.
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    for (const int fd : spec->inherited_fds) {
      if (fcntl(fd, F_SETFD, 0) != 0) return LastError();
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

struct ChildProcess::Impl {
  // Its own context, and one without a reactor until the child runs: Boost 1.81
  // tells the context about the fork from inside the child, in memory that a
  // vfork shares, and a child killed just then would leave the reactor torn.
  boost::asio::io_context context;
  std::optional<process::basic_process<Executor>> process;
  bool reaped = false;
};

ChildProcess::ChildProcess(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
ChildProcess::ChildProcess(ChildProcess&&) noexcept = default;
ChildProcess& ChildProcess::operator=(ChildProcess&&) noexcept = default;
ChildProcess::~ChildProcess() {
  if (impl_ == nullptr) return;
  Kill();
  Wait();
}

pid_t ChildProcess::pid() const { return impl_->process->id(); }

bool ChildProcess::Running() {
  if (impl_->reaped) return false;
  error_code ec;
  impl_->reaped = !impl_->process->running(ec);
  return !impl_->reaped;
}

int ChildProcess::Wait() {
  if (!impl_->reaped) {
    error_code ec;
    impl_->process->wait(ec);
    impl_->reaped = true;
  }
  return impl_->process->native_exit_code();
}

void ChildProcess::Kill() {
  if (Running()) kill(pid(), SIGKILL);
}

ChildProcess Launch(const LaunchSpec& spec) {
  std::vector<const char*> environment;
  if (spec.environment) {
    for (const std::string& variable : *spec.environment) {
      environment.push_back(variable.c_str());
    }
    environment.push_back(nullptr);
  }
  ChildSetUp set_up{
      .spec = &spec,
      .environment = spec.environment ? environment.data() : environ,
      .mask = CpuMask(spec.cpus),
      .null = UniqueFd(open("/dev/null", O_RDWR | O_CLOEXEC)),
      .parent = getpid()};
  if (!set_up.null.valid() || !HasDescriptorsForBoost(set_up.null)) {
    throw LaunchError(fmt::format("{} can't be started: {}", spec.executable,
                                  LastError().message()));
  }

  std::unique_ptr<ChildProcess::Impl> impl;
  process::posix::vfork_launcher launcher;
  std::string failure;
  try {
    impl = std::make_unique<ChildProcess::Impl>();
    error_code ec;
    impl->process.emplace(launcher(impl->context.get_executor(), ec,
                                   spec.executable, spec.arguments, set_up));
    if (ec) failure = ec.message();
  } catch (const boost::system::system_error& error) {
    // Where the child already runs Boost can't watch it, but does not say why.
    failure = launcher.pid > 0 ? "pidfd_open failed (Linux before 5.3?)"
                               : error.code().message();
  }
  if (!failure.empty()) {
    // Boost 1.81 leaves the child of a failed exec to be reaped by its caller.
    if (launcher.pid > 0) {
      kill(launcher.pid, SIGKILL);
      while (waitpid(launcher.pid, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
    throw LaunchError(
        fmt::format("{} can't be started: {}", spec.executable, failure));
  }
  return ChildProcess(std::move(impl));
}

}  // namespace hybrid
