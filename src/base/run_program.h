#ifndef HYBRID_BASE_RUN_PROGRAM_H_
#define HYBRID_BASE_RUN_PROGRAM_H_

#include <string>
#include <vector>

namespace hybrid {

/// How a program ended, and what it wrote until then.
struct ProgramOutcome {
  int wait_status = 0;  ///< as waitpid gives it
  std::string output;   ///< on standard output
  std::string errors;   ///< on standard error
};

/// Runs a program, a path, to its end, however much it writes. Throws
/// LaunchError. Like LaunchProcess for the main thread only.
ProgramOutcome RunToEnd(const std::string& executable,
                        const std::vector<std::string>& arguments);

}  // namespace hybrid

#endif  // HYBRID_BASE_RUN_PROGRAM_H_
