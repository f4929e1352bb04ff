#include "base/run_program.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>

#include "base/launcher.h"
#include "base/text_file.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

std::string WrittenTo(const UniqueFd& file) {
  return text_file::Read(fmt::format("/proc/self/fd/{}", file.get()))
      .value_or("");
}

}  // namespace

ProgramOutcome RunToEnd(const std::string& executable,
                        const std::vector<std::string>& arguments) {
  // Files: pipes would have to be read while the child runs.
  const UniqueFd output(memfd_create("stdout", MFD_CLOEXEC));
  const UniqueFd errors(memfd_create("stderr", MFD_CLOEXEC));
  if (!output.valid() || !errors.valid()) {
    throw LaunchError(
        fmt::format("{} can't be run: {}", executable, std::strerror(errno)));
  }
  LaunchSpec spec;
  spec.executable = executable;
  spec.arguments = arguments;
  spec.output_fd = output.get();
  spec.error_fd = errors.get();
  const int wait_status = LaunchProcess(spec).Wait();
  return {wait_status, WrittenTo(output), WrittenTo(errors)};
}

}  // namespace hybrid
