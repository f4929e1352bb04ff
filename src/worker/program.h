#ifndef HYBRID_WORKER_PROGRAM_H_
#define HYBRID_WORKER_PROGRAM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/launcher.h"
#include "base/unique_fd.h"
#include "worker/program_output.h"

namespace hybrid {

/// A user's program failed; what() is one line that names it, what became of
/// it, and the last that it printed.
class ProgramError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a program is started with.
struct ProgramSpec {
  std::vector<std::string> words;        ///< the program and its arguments
  std::vector<std::string> environment;  ///< NAME=value, the whole of it
  std::string working_directory;         ///< empty: this process's
  /// For each channel that it is talked to on a socket whose other end is for
  /// whom it runs: once that is gone, whoever waits there for the program gets
  /// a ProgramError. -1: nobody is asked.
  std::vector<int> owner_fds{-1};
};

/// A user's program as the child of this process, in a process group of its
/// own, which is killed with the object. It can be talked to in lines: on the
/// descriptors 3 (that it reads) and 4 (that it writes), or on its standard
/// input and output, whichever it uses first. Further lanes are 5 and 6, 7 and
/// 8, …; each may be used by a thread of its own from AwaitFirst on, and the
/// first failure is then all threads'. Whatever else it prints is read, so that
/// it never has to wait for that, and its end is kept.
/// Everything throws ProgramError.
class Program {
 public:
  /// Starts it.
  explicit Program(ProgramSpec spec);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Waits until a line for which `is_first` holds comes on either channel of
  /// the first lane, and takes that channel from then on. Nothing after
  /// `timeout_s`.
  std::optional<std::string> AwaitFirst(bool (*is_first)(std::string_view),
                                        double timeout_s);
  /// From now on standard input and output are the channel.
  void UseStandardStreams() { channel_ = Channel::kStandard; }

  /// Whether the channel holds something that was not received.
  bool HasLine();

  /// Writes `text`, whole lines.
  void Send(std::string_view text, std::size_t lane = 0);

  /// The next line. A line `log …` is kept as printed, `error …` is thrown.
  std::string Receive(std::size_t lane = 0);
  /// The next line, whatever it says.
  std::string ReceiveAny();

  /// Waits for its end, and throws unless it exits with status 0. Meanwhile it
  /// calls `look`, `first_look_ns` after its start and then whenever it has run
  /// for a quarter longer, but no sooner after a look than that returned, in
  /// nanoseconds.
  void AwaitSuccess(const std::function<std::int64_t()>& look = {},
                    std::int64_t first_look_ns = 0);

  /// Closes what it reads on `lane` and, when that was the last one, gives it a
  /// moment to end by itself, then kills it.
  void Finish(std::size_t lane = 0);

  pid_t pid() const { return process_.pid(); }

  /// Throws ProgramError: `python3 job.py: ` + `what`, and the last words.
  [[noreturn]] void Fail(std::string_view what);

 private:
  using Lock = std::unique_lock<std::mutex>;
  enum class Channel { kNone, kOwn, kStandard };
  /// The pipes between the two; theirs are closed once it runs.
  struct Pipes {
    UniqueFd ours, theirs;
  };
  /// A channel on descriptors of its own.
  struct Lane {
    Pipes input;
    UniqueFd its_output;
    LineReader output;
  };
  static Pipes ToProgram();
  static Pipes FromProgram();
  static std::vector<Lane> MakeLanes(std::size_t count);
  ChildProcess Start();

  UniqueFd& InputOf(std::size_t lane) {
    return IsStandard(lane) ? pipes_[0].ours : lanes_[lane].input.ours;
  }
  LineReader& ReaderOf(std::size_t lane) {
    return IsStandard(lane) ? output_ : lanes_[lane].output;
  }
  bool IsStandard(std::size_t lane) const {
    return lane == 0 && channel_ == Channel::kStandard;
  }
  /// Waits, without the lock, until something can be read that is printed or
  /// said on `lane`, the program ends or the lane's owner is gone, `timeout_ms`
  /// at most, and reads it. What is said on another lane stays where it is.
  void Wait(Lock& lock, int timeout_ms, std::size_t lane = 0);
  bool HasEnded(Lock& lock, std::size_t lane = 0);
  std::string ReceiveAny(Lock& lock, std::size_t lane);
  void AwaitEnd(Lock& lock);
  std::optional<std::string> TakeError();
  void KeepPrinted();
  void KeepAllPrinted();
  [[noreturn]] void FailEnded(Lock& lock);
  [[noreturn]] void FailOnce(std::string_view what);
  void KillGroup();

  ProgramSpec spec_;
  std::array<Pipes, 3> pipes_;  ///< its standard streams
  std::vector<Lane> lanes_;
  LineReader output_;
  LineReader error_;
  ChildProcess process_;
  UniqueFd end_;  ///< readable when it has ended; invalid if not to be had
  /// Held by who uses what is below or above, but for the descriptors.
  std::mutex mutex_;
  Channel channel_ = Channel::kNone;
  PrintedTail printed_;
  std::optional<std::string> failure_;
};

/// The path of the program `name` as a shell would find it, seen from
/// `working_directory`, with the PATH in `environment`. Throws ProgramError.
std::string FindExecutable(const std::string& name,
                           const std::string& working_directory,
                           const std::vector<std::string>& environment);

}  // namespace hybrid

#endif  // HYBRID_WORKER_PROGRAM_H_
