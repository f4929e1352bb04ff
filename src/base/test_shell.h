#ifndef HYBRID_BASE_TEST_SHELL_H_
#define HYBRID_BASE_TEST_SHELL_H_

#include <sys/wait.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>

namespace hybrid {

/// For tests: how a tool ended, and what it wrote to stdout.
struct ToolResult {
  int status = -1;  ///< its exit status; -1 if a signal killed it
  std::string output;
};

/// For tests: runs a command line through the shell; it may redirect.
inline ToolResult RunTool(const std::string& command_line) {
  ToolResult result;
  std::FILE* const pipe =
      popen(command_line.c_str(), "r");  // NOLINT(cert-env33-c)
  if (pipe == nullptr) return result;
  std::array<char, 4096> chunk{};
  while (const std::size_t count =
             std::fread(chunk.data(), 1, chunk.size(), pipe)) {
    result.output.append(chunk.data(), count);
  }
  const int status = pclose(pipe);
  if (WIFEXITED(status)) result.status = WEXITSTATUS(status);
  return result;
}

}  // namespace hybrid

#endif  // HYBRID_BASE_TEST_SHELL_H_
