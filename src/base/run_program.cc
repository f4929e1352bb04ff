#include "base/run_program.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/text_file.h"

namespace hybrid {
namespace {

std::string WrittenTo(const UniqueFd& file) {
  return text_file::Read(fmt::format("/proc/self/fd/{}", file.get()))
      .value_or("");
}

UniqueFd NewFile(const char* name, const std::string& executable) {
  UniqueFd file(memfd_create(name, MFD_CLOEXEC));
  if (file.valid()) return file;
  throw LaunchError(
      fmt::format("{} can't be run: {}", executable, std::strerror(errno)));
}

ChildProcess Start(const std::string& executable,
                   const std::vector<std::string>& arguments,
                   std::vector<PlacedFd> descriptors, int output_fd,
                   int error_fd) {
  LaunchSpec spec;
  spec.executable = executable;
  spec.arguments = arguments;
  spec.placed_fds = std::move(descriptors);
  spec.output_fd = output_fd;
  spec.error_fd = error_fd;
  return LaunchProcess(spec);
}

}  // namespace

RunningProgram::RunningProgram(const std::string& executable,
                               const std::vector<std::string>& arguments,
                               std::vector<PlacedFd> descriptors)
    : output_(NewFile("stdout", executable)),
      errors_(NewFile("stderr", executable)),
      process_(Start(executable, arguments, std::move(descriptors),
                     output_.get(), errors_.get())) {}

ProgramOutcome RunningProgram::Wait() {
  const int wait_status = process_.Wait();
  return {wait_status, WrittenTo(output_), WrittenTo(errors_)};
}

ProgramOutcome RunToEnd(const std::string& executable,
                        const std::vector<std::string>& arguments) {
  return RunningProgram(executable, arguments).Wait();
}

}  // namespace hybrid
