#ifndef HYBRID_BENCH_TEST_BENCH_H_
#define HYBRID_BENCH_TEST_BENCH_H_

#include <gtest/gtest.h>
#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "results/row.h"
#include "results/test_files.h"

namespace hybrid {

/// The system's Python, which has Debian's NumPy; not there everywhere.
inline constexpr const char* kPython = "/usr/bin/python3";

/// How a run of bench ended and what it printed.
struct BenchResult {
  int wait_status = 0;  ///< as waitpid gives it
  std::string out;
  std::string err;

  /// -1 if a signal ended it.
  int exit_code() const;
};

/// What a run of bench gets beside its arguments.
struct BenchSettings {
  std::vector<std::string> environment{};  ///< NAME=value, over ours
  std::size_t largest_file_bytes = 0;      ///< RLIMIT_FSIZE, 0: unlimited
  int cpus = 0;       ///< affinity mask of so many CPUs, 0: ours
  std::string out{};  ///< stdout is appended to this file, empty: BenchResult
  std::string err{};  ///< stderr is appended to this file, empty: BenchResult
  bool ignores_hang_up = false;  ///< as nohup starts a program
  int terminal_fd = -1;  ///< its terminal and standard streams, -1: none
  /// Runs in the process that becomes bench, to change the world it sees.
  std::function<void()> prepare{};
};

/// Standard streams of a run; empty as in BenchSettings.
BenchSettings WithStreams(const std::string& out, const std::string& err = "");

/// Owns one running bench, in a process group of its own. It waits for nobody's
/// CPUs, unless the settings' HYBRIDBENCH_LOCKS says where. Whatever bench
/// leaves behind becomes a child of this process, which is how BenchTest finds
/// it. There is no time limit anywhere: CTest has one.
class BenchProcess {
 public:
  BenchProcess(const std::string& folder, std::vector<std::string> arguments,
               const BenchSettings& settings = {});
  BenchProcess(const BenchProcess&) = delete;
  BenchProcess& operator=(const BenchProcess&) = delete;
  /// Kills the whole group.
  ~BenchProcess();

  pid_t pid() const { return pid_; }
  /// Returns when `condition` holds; throws if bench ends before it does.
  void Await(const std::function<bool()>& condition);
  /// A worker that is at work: it keeps on using CPU time. To be called when
  /// the configuration that is to be disturbed is the next one to be measured.
  pid_t AwaitBusyWorker();
  /// All processes that bench has started, zombies included.
  std::vector<pid_t> Children() const;
  BenchResult Wait();
  bool Running();

 private:
  [[noreturn]] void Exec(const std::string& folder,
                         const std::vector<std::string>& arguments,
                         const BenchSettings& settings) const;

  TestFolder locks_;
  int out_fd_;
  int err_fd_;
  pid_t pid_ = -1;
  std::optional<int> wait_status_;
};

/// A test of the real bench in an empty folder of its own. At its end no
/// process of bench may be left, not even a zombie.
class BenchTest : public ::testing::Test {
 protected:
  void TearDown() override;

  /// Runs bench in the folder, to its end.
  BenchResult Run(const std::vector<std::string>& arguments,
                  const BenchSettings& settings = {}) const;
  /// Runs what Quick makes of `arguments`, with one split only.
  BenchResult RunOneSplit(const std::vector<std::string>& arguments) const;
  std::string File(const std::string& name) const { return folder_.File(name); }
  std::string folder() const { return folder_.File(""); }
  /// Everything in the folder, sorted, relative to it.
  std::vector<std::string> Files() const;

 private:
  TestFolder folder_;
};

/// `arguments` (NAME=value each), and of `base` what they do not set.
std::vector<std::string> Override(std::vector<std::string> base,
                                  const std::vector<std::string>& arguments);

/// A quick sweep of the family Hybrid where `arguments` don't say otherwise:
/// n=16, batch=4, 1×1 and 2×1, two repetitions, no cap that a slow machine
/// could reach, and nothing measured beforehand.
std::vector<std::string> Quick(const std::vector<std::string>& arguments);

/// Rows in the result file so far.
std::size_t CountRows(const std::string& path);

/// Whether no repetition of a configuration is among `rows` twice.
bool AreDistinct(const std::vector<Row>& rows);

/// Whether any measurement, a column that may be empty, is not.
bool HasMeasurement(const Row& row);

/// The lines of `text`, which has to end with a line end if it is not empty.
std::vector<std::string> Lines(const std::string& text);

/// Path of the worker whose faults HYBRID_TEST_FAULT chooses.
std::string FaultyWorker();

}  // namespace hybrid

#endif  // HYBRID_BENCH_TEST_BENCH_H_
