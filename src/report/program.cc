#include "report/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/text_file.h"
#include "base/unique_fd.h"
#include "report/report_error.h"

// posix_spawn and not Boost.Process: a program that runs to its end needs no
// io_context, and glibc tells a failed exec by its error.

namespace hybrid {
namespace {

/// Redirections of a child.
class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  void Open(int target, const char* path, int flags) {
    posix_spawn_file_actions_addopen(&actions_, target, path, flags, 0);
  }
  void Duplicate(int source, int target) {
    posix_spawn_file_actions_adddup2(&actions_, source, target);
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// The last line in a file that says something; of an uncaught error in
/// JavaScript that is the one which names it, since Node says more behind it.
std::string Complaint(int fd) {
  const std::string text =
      text_file::Read(fmt::format("/proc/self/fd/{}", fd)).value_or("");
  std::string complaint;
  for (const std::string_view line : text_file::Split(text, '\n')) {
    if (text_file::Words(line).empty() || line.starts_with("Node.js v") ||
        line.starts_with("    at ")) {
      continue;
    }
    complaint = line;
  }
  return complaint.empty() ? "" : ": " + complaint;
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

void RunProgram(const std::vector<std::string>& command,
                const std::string& advice) {
  std::vector<std::string> storage = command;
  std::vector<char*> arguments;
  arguments.reserve(storage.size() + 1);
  for (std::string& argument : storage) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const std::string& name = command.front();

  // A file: a pipe would have to be read while the child runs.
  const UniqueFd output(memfd_create("stderr", MFD_CLOEXEC));
  if (!output.valid()) {
    throw ReportError(
        fmt::format("{} can't be run: {}", name, std::strerror(errno)));
  }
  FileActions actions;
  actions.Open(STDIN_FILENO, "/dev/null", O_RDONLY);
  actions.Open(STDOUT_FILENO, "/dev/null", O_WRONLY);
  actions.Duplicate(output.get(), STDERR_FILENO);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, name.c_str(), actions.get(), nullptr,
                                 arguments.data(), environ);
  if (error == ENOENT) {
    throw ReportError(fmt::format("{} was not found; {}", name, advice));
  }
  if (error != 0) {
    throw ReportError(
        fmt::format("{} can't be run: {}", name, std::strerror(error)));
  }
  const int status = WaitFor(pid);
  if (WIFSIGNALED(status)) {
    throw ReportError(fmt::format("{} was killed by signal {}{}", name,
                                  WTERMSIG(status), Complaint(output.get())));
  }
  if (WEXITSTATUS(status) != 0) {
    throw ReportError(fmt::format("{} failed with status {}{}", name,
                                  WEXITSTATUS(status),
                                  Complaint(output.get())));
  }
}

}  // namespace hybrid
