#ifndef HYBRID_BASE_TEST_CHILD_H_
#define HYBRID_BASE_TEST_CHILD_H_

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace hybrid {

/// For tests: a forked child that runs `body` and then stops itself until it
/// is killed at the end of the scope.
class TestChild {
 public:
  template <typename Body>
  explicit TestChild(const Body& body) : pid_(fork()) {
    if (pid_ < 0) throw std::runtime_error("fork failed");
    if (pid_ == 0) {
      body();
      for (;;) raise(SIGSTOP);
    }
  }
  ~TestChild() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  TestChild(const TestChild&) = delete;
  TestChild& operator=(const TestChild&) = delete;

  pid_t pid() const { return pid_; }

  /// Blocks until the child has stopped itself by SIGSTOP.
  void AwaitStop() const { waitpid(pid_, nullptr, WUNTRACED); }
  void Continue() const { kill(pid_, SIGCONT); }

 private:
  pid_t pid_;
};

/// In a TestChild: forks a process that runs `body`, and is killed when the
/// calling thread ends.
template <typename Body>
pid_t ForkBelow(const Body& body) {
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid != 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() == parent) body();
  _exit(0);
}

/// A body of a TestChild: uses CPU time for ever.
[[noreturn]] inline void Burn() {
  for (volatile unsigned i = 0;;) i = i + 1;
}

/// So many busy loops for each core, as long as it lives.
class BusyLoops {
 public:
  explicit BusyLoops(unsigned per_core) {
    for (unsigned i = 0; i < per_core * std::thread::hardware_concurrency();
         ++i) {
      loops_.push_back(std::make_unique<TestChild>(Burn));
    }
  }

 private:
  std::vector<std::unique_ptr<TestChild>> loops_;
};

/// Binds the calling process to one of the CPUs it may use.
inline void PinToOneCpu() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  std::size_t cpu = 0;
  while (cpu < CPU_SETSIZE - 1 && !CPU_ISSET(cpu, &allowed)) ++cpu;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(cpu, &one);
  sched_setaffinity(0, sizeof one, &one);
}

}  // namespace hybrid

#endif  // HYBRID_BASE_TEST_CHILD_H_
