#include "report/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/launcher.h"
#include "base/text_file.h"
#include "base/unique_fd.h"
#include "report/report_error.h"

namespace hybrid {
namespace {

bool IsProgram(const std::string& path) {
  return access(path.c_str(), X_OK) == 0 &&
         !std::filesystem::is_directory(path);
}

/// Where a shell would find `name`; nothing if it would not.
std::optional<std::string> FindProgram(const std::string& name) {
  const char* const variable = std::getenv("PATH");
  const std::string folders = variable != nullptr ? variable : "/bin:/usr/bin";
  for (const std::string_view folder : text_file::Parts(folders, ':')) {
    std::string path =
        fmt::format("{}/{}", folder.empty() ? "." : folder, name);
    if (IsProgram(path)) return path;
  }
  return std::nullopt;
}

/// `: ` and the last line of an open file that says something; empty if there
/// is none. Of an uncaught error in JavaScript that is the line which names it,
/// since Node says more behind it.
std::string Complaint(int fd) {
  const std::string text =
      text_file::Read(fmt::format("/proc/self/fd/{}", fd)).value_or("");
  std::string complaint;
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    if (text_file::Words(line).empty() || line.starts_with("Node.js v") ||
        line.starts_with("    at ")) {
      continue;
    }
    complaint = line;
  }
  return complaint.empty() ? "" : ": " + complaint;
}

}  // namespace

void RunProgram(const std::vector<std::string>& command,
                const std::string& advice) {
  const std::string& name = command.front();
  const std::optional<std::string> path = FindProgram(name);
  if (!path) {
    throw ReportError(fmt::format("{} was not found; {}", name, advice));
  }
  const UniqueFd nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
  // A file: a pipe would have to be read while the child runs.
  const UniqueFd complaints(memfd_create("stderr", MFD_CLOEXEC));
  if (!nowhere.valid() || !complaints.valid()) {
    throw ReportError(
        fmt::format("{} can't be run: {}", name, std::strerror(errno)));
  }
  LaunchSpec spec;
  spec.executable = *path;
  spec.arguments.assign(command.begin() + 1, command.end());
  spec.output_fd = nowhere.get();
  spec.error_fd = complaints.get();
  int status = 0;
  try {
    status = LaunchProcess(spec).Wait();
  } catch (const LaunchError& error) {
    throw ReportError(error.what());
  }
  if (WIFSIGNALED(status)) {
    throw ReportError(fmt::format("{} was killed by signal {}{}", name,
                                  WTERMSIG(status),
                                  Complaint(complaints.get())));
  }
  if (WEXITSTATUS(status) != 0) {
    throw ReportError(fmt::format("{} failed with status {}{}", name,
                                  WEXITSTATUS(status),
                                  Complaint(complaints.get())));
  }
}

}  // namespace hybrid
