#include "results/input_file.h"

#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <string>
#include <string_view>

namespace hybrid {
namespace {

/// What a stream has: nobody knows.
constexpr std::uint64_t kEndless = std::numeric_limits<std::uint64_t>::max();

}  // namespace

InputFile::InputFile(const std::string& path, OpenFunction open_file)
    : name_(InputName(path)), chunk_(kChunkBytes), size_(kEndless) {
  struct stat status {};
  file_ = open_file(path, status);
  if (!S_ISREG(status.st_mode)) return;
  // Somebody else may have read a part of standard input.
  const off_t read_before = lseek(file_.get(), 0, SEEK_CUR);
  size_ = static_cast<std::uint64_t>(
      std::max(off_t{0}, status.st_size - read_before));
}

std::string_view InputFile::Start() {
  if (kept_.empty()) kept_ = ReadNext(chunk_.size());
  return kept_;
}

std::string_view InputFile::Read(std::uint64_t most) {
  if (kept_.empty()) return ReadNext(most);
  const std::string_view part = kept_.substr(0, most);
  kept_.remove_prefix(part.size());
  return part;
}

std::string_view InputFile::ReadNext(std::uint64_t most) {
  ssize_t count = 0;
  do {
    count = read(file_.get(), chunk_.data(),
                 std::min<std::uint64_t>(most, chunk_.size()));
  } while (count < 0 && (errno == EINTR || (errno == EAGAIN && Await())));
  if (count < 0) ThrowFileError(name_, errno);
  return {chunk_.data(), static_cast<std::size_t>(count)};
}

/// Whoever shares standard input with us may have set O_NONBLOCK.
bool InputFile::Await() {
  pollfd readable{.fd = file_.get(), .events = POLLIN, .revents = 0};
  return poll(&readable, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace hybrid
