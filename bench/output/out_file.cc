#include "output/out_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "base/standard_streams.h"
#include "base/write_fully.h"

namespace hybrid {
namespace {

std::string Failure(const std::string& path, const std::string& cause) {
  return fmt::format("--benchmark_out: {}: {}", path, cause);
}

std::string Failure(const std::string& path, int error) {
  return Failure(path, std::generic_category().message(error));
}

}  // namespace

OutFile::OutFile(std::string path) : path_(std::move(path)) {
  constexpr int kFlags = O_WRONLY | O_CLOEXEC | O_NOCTTY;
  file_ = UniqueFd(open(path_.c_str(), kFlags | O_CREAT | O_EXCL, 0666));
  created_ = file_.valid();
  if (!created_ && errno == EEXIST) {
    file_ = UniqueFd(open(path_.c_str(), kFlags));
  }
  if (!file_.valid()) throw std::runtime_error(Failure(path_, errno));
  // Where a file system has no locks, there is nothing to be had.
  if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw std::runtime_error(
        Failure(path_, "another bench is still writing it"));
  }
}

OutFile::~OutFile() {
  if (created_ && !written_) unlink(path_.c_str());
}

bool OutFile::Write(std::string_view text) {
  if (failed_) return false;
  int error = std::exchange(written_, true) ? 0 : Empty();
  if (error == 0) error = WriteFully(file_.get(), text);
  if (error == 0) return true;
  failed_ = true;
  PrintError(
      fmt::format("bench: {}; the file is not whole\n", Failure(path_, error)));
  return false;
}

/// 0 or an errno.
int OutFile::Empty() {
  struct stat status {};
  if (fstat(file_.get(), &status) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return 0;
  return ftruncate(file_.get(), 0) == 0 ? 0 : errno;
}

}  // namespace hybrid
