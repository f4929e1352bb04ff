#include "results/open_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/stream_names.h"
#include "results/results_error.h"

namespace hybrid {

UniqueFd OpenRegularFile(const std::string& path, struct stat& status) {
  // O_NONBLOCK so that a pipe without a writer is refused, not waited for.
  UniqueFd file(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.valid() || fstat(file.get(), &status) != 0) {
    ThrowFileError(path, errno);
  }
  if (S_ISDIR(status.st_mode)) ThrowFileError(path, EISDIR);
  if (!S_ISREG(status.st_mode)) {
    throw ResultsError(fmt::format("{}: not a regular file", path));
  }
  return file;
}

std::string InputName(const std::string& path) {
  return NamesStandardInput(path) ? "standard input" : path;
}

UniqueFd OpenInput(const std::string& path, struct stat& status) {
  UniqueFd file(NamesStandardInput(path)
                    ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                    : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.valid() || fstat(file.get(), &status) != 0) {
    ThrowFileError(InputName(path), errno);
  }
  if (S_ISDIR(status.st_mode)) ThrowFileError(InputName(path), EISDIR);
  return file;
}

void ThrowFileError(const std::string& path, int error) {
  throw ResultsError(
      fmt::format("{}: {}", path, std::generic_category().message(error)));
}

}  // namespace hybrid
