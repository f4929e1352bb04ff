#ifndef HYBRID_BASE_RUN_PROGRAM_H_
#define HYBRID_BASE_RUN_PROGRAM_H_

#include <string>
#include <vector>

#include "base/launcher.h"
#include "base/unique_fd.h"

namespace hybrid {

/// How a program ended, and what it wrote until then.
struct ProgramOutcome {
  int wait_status = 0;  ///< as waitpid gives it
  std::string output;   ///< on standard output
  std::string errors;   ///< on standard error
};

/// A program that runs, and writes however much it likes.
class RunningProgram {
 public:
  /// Starts it with further descriptors under numbers of their own. Throws
  /// LaunchError. Like LaunchProcess for the main thread only.
  RunningProgram(const std::string& executable,
                 const std::vector<std::string>& arguments,
                 std::vector<PlacedFd> descriptors = {});

  /// Waits for its end.
  ProgramOutcome Wait();

 private:
  // Files: pipes would have to be read while it runs.
  UniqueFd output_;
  UniqueFd errors_;
  ChildProcess process_;
};

/// Runs a program, a path, to its end, however much it writes. Throws
/// LaunchError. Like LaunchProcess for the main thread only.
ProgramOutcome RunToEnd(const std::string& executable,
                        const std::vector<std::string>& arguments);

}  // namespace hybrid

#endif  // HYBRID_BASE_RUN_PROGRAM_H_
