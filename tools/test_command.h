#ifndef HYBRID_TOOLS_TEST_COMMAND_H_
#define HYBRID_TOOLS_TEST_COMMAND_H_

#include <sys/wait.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>

namespace hybrid {

/// How a command ended, and what it wrote to its standard output.
struct Outcome {
  int status = -1;
  std::string output;
};

/// Runs `command` through the shell; it may redirect.
inline Outcome RunCommand(const std::string& command) {
  Outcome outcome;
  std::FILE* const pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c)
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> chunk{};
  while (const std::size_t count =
             std::fread(chunk.data(), 1, chunk.size(), pipe)) {
    outcome.output.append(chunk.data(), count);
  }
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

}  // namespace hybrid

#endif  // HYBRID_TOOLS_TEST_COMMAND_H_
