#ifndef HYBRID_WORKER_PROGRAM_H_
#define HYBRID_WORKER_PROGRAM_H_

#include <array>
#include <cstdint>
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
  /// A socket whose other end is for whom it runs: once that is gone, whoever
  /// waits for the program gets a ProgramError. -1: nobody is asked.
  int owner_fd = -1;
};

/// A user's program as the child of this process, in a process group of its
/// own, which is killed with the object. It can be talked to in lines: on the
/// descriptors 3 (that it reads) and 4 (that it writes), or on its standard
/// input and output, whichever it uses first. Whatever else it prints is read,
/// so that it never has to wait for that, and its end is kept.
/// Everything throws ProgramError.
class Program {
 public:
  /// Starts it.
  explicit Program(ProgramSpec spec);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Waits until a line for which `is_first` holds comes on either channel, and
  /// takes that channel from then on. Nothing after `timeout_s`.
  std::optional<std::string> AwaitFirst(bool (*is_first)(std::string_view),
                                        double timeout_s);
  /// From now on standard input and output are the channel.
  void UseStandardStreams() { channel_ = Channel::kStandard; }

  /// Whether the channel holds something that was not received.
  bool HasLine();

  /// Writes `text`, whole lines.
  void Send(std::string_view text);

  /// The next line. A line `log …` is kept as printed, `error …` is thrown.
  std::string Receive();
  /// The next line, whatever it says.
  std::string ReceiveAny();

  /// Waits for its end, and throws unless it exits with status 0.
  void AwaitSuccess();

  /// Closes what it reads and gives it a moment to end by itself, with status
  /// 0, then kills it.
  void Finish();

  pid_t pid() const { return process_.pid(); }

  /// Throws ProgramError: `python3 job.py: ` + `what`, and the last words.
  [[noreturn]] void Fail(std::string_view what);

 private:
  enum class Channel { kNone, kOwn, kStandard };
  /// The pipes between the two; theirs are closed once it runs.
  struct Pipes {
    UniqueFd ours, theirs;
  };
  static Pipes ToProgram();
  static Pipes FromProgram();
  ChildProcess Start();

  LineReader& reader() {
    return channel_ == Channel::kStandard ? output_ : own_output_;
  }
  /// Waits until something can be read, the program ends or its owner is gone,
  /// `timeout_ms` at most, and reads it.
  void Wait(int timeout_ms);
  bool HasEnded();
  void KeepPrinted();
  void KeepAllPrinted();
  [[noreturn]] void FailEnded();
  void KillGroup();

  ProgramSpec spec_;
  std::array<Pipes, 5> pipes_;
  UniqueFd input_;
  UniqueFd own_input_;
  LineReader output_;
  LineReader error_;
  LineReader own_output_;
  ChildProcess process_;
  UniqueFd end_;  ///< readable when it has ended; invalid if not to be had
  Channel channel_ = Channel::kNone;
  PrintedTail printed_;
};

/// The path of the program `name` as a shell would find it, seen from
/// `working_directory`, with the PATH in `environment`. Throws ProgramError.
std::string FindExecutable(const std::string& name,
                           const std::string& working_directory,
                           const std::vector<std::string>& environment);

}  // namespace hybrid

#endif  // HYBRID_WORKER_PROGRAM_H_
