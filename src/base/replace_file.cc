#include "base/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "base/sync_file.h"
#include "base/system_error.h"
#include "base/unique_fd.h"
#include "base/write_fully.h"

namespace hybrid {
namespace {

constexpr mode_t kPermissions = 07777;

void WriteInto(const std::string& path, std::string_view text) {
  const UniqueFd file(open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.valid()) ThrowSystemError(path);
  if (const int error = WriteFully(file.get(), text))
    ThrowSystemError(path, error);
}

/// What `path` leads to, if it is a link to something.
std::string Resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> target(
      realpath(path.c_str(), nullptr), &std::free);
  return target == nullptr ? path : std::string(target.get());
}

int WriteBeside(const std::string& path, const std::string& beside,
                const struct stat* before, std::string_view text) {
  const UniqueFd file(
      open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file.valid()) return errno;
  int error = WriteFully(file.get(), text);
  if (error == 0 && before != nullptr &&
      fchmod(file.get(), before->st_mode & kPermissions) != 0) {
    error = errno;
  }
  // Otherwise a power cut could leave the new name with nothing behind it.
  if (error == 0) error = SyncFile(file.get());
  if (error == 0 && std::rename(beside.c_str(), path.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) unlink(beside.c_str());
  return error;
}

}  // namespace

void ReplaceFile(const std::string& path, std::string_view text) {
  const std::string target = Resolved(path);
  struct stat before {};
  const bool exists = stat(target.c_str(), &before) == 0;
  if (exists && S_ISDIR(before.st_mode)) ThrowSystemError(path, EISDIR);
  // What may not be written may not be replaced either.
  if (exists && access(target.c_str(), W_OK) != 0) ThrowSystemError(path);
  if (exists && !S_ISREG(before.st_mode)) return WriteInto(path, text);
  const std::string beside = target + ".part-" + std::to_string(getpid());
  if (const int error =
          WriteBeside(target, beside, exists ? &before : nullptr, text)) {
    ThrowSystemError(path, error);
  }
}

}  // namespace hybrid
