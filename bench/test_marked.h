#ifndef HYBRID_BENCH_TEST_MARKED_H_
#define HYBRID_BENCH_TEST_MARKED_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace hybrid {

/// For tests: tells all that a bench starts, and what these start in turn, from
/// other processes, whatever their parents, groups and sessions are: by a
/// variable in their environment.
class Marked {
 public:
  struct Process {
    pid_t pid;
    std::string command;  ///< and its arguments, a blank behind each
  };

  /// Of all others', too.
  Marked();

  /// NAME=value, for the environment of the bench.
  const std::string& variable() const { return variable_; }

  /// Those that run, no zombies.
  std::vector<Process> Find() const;

  /// Waits until no bench and no worker runs any more, reaping what is this
  /// process's to reap. The commands that are left then, which have to be none;
  /// they are killed and reaped, too.
  std::vector<std::string> AwaitEnd() const;

 private:
  std::string variable_;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_TEST_MARKED_H_
