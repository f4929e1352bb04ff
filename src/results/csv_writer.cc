#include "results/csv_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <ctime>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "results/results_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

[[noreturn]] void ThrowSystemError(int error, const std::string& path) {
  throw std::system_error(error, std::generic_category(), path);
}

/// Holds SIGXFSZ back while it lives. A write past RLIMIT_FSIZE raises it, and
/// its default action would kill the process in the middle of a line; the
/// write's EFBIG says the same and can be handled.
class FileSizeSignalBlock {
 public:
  FileSizeSignalBlock() {
    sigemptyset(&signal_);
    sigaddset(&signal_, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &signal_, &before_);
  }
  ~FileSizeSignalBlock() {
    const timespec at_once{};
    while (sigtimedwait(&signal_, nullptr, &at_once) < 0 && errno == EINTR) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  FileSizeSignalBlock(const FileSizeSignalBlock&) = delete;
  FileSizeSignalBlock& operator=(const FileSizeSignalBlock&) = delete;

 private:
  sigset_t signal_;
  sigset_t before_;
};

/// Returns 0, or the error of the write that failed.
int WriteFully(int fd, std::string_view text) {
  const FileSizeSignalBlock block;
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

CsvWriter::CsvWriter(std::string path) : path_(std::move(path)) {
  Open();
  std::string header;
  AppendHeader(header);
  try {
    WriteAll(header);
  } catch (const std::system_error&) {
    if (created_) unlink(path_.c_str());
    throw;
  }
}

void CsvWriter::Open() {
  const std::filesystem::path folder =
      std::filesystem::path(path_).parent_path();
  std::error_code failure;
  if (!folder.empty() && !std::filesystem::exists(folder, failure)) {
    created_folder_ = std::filesystem::create_directories(folder, failure);
    if (failure) ThrowSystemError(failure.value(), path_);
  }
  // O_EXCL tells whether the file is ours to remove if the header fails.
  constexpr int kFlags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY;
  file_ = UniqueFd(open(path_.c_str(), kFlags | O_CREAT | O_EXCL, 0666));
  created_ = file_.valid();
  if (!created_ && errno == EEXIST) {
    file_ = UniqueFd(open(path_.c_str(), kFlags));
  }
  if (!file_.valid()) ThrowSystemError(errno, path_);

  struct stat status {};
  if (fstat(file_.get(), &status) != 0) ThrowSystemError(errno, path_);
  regular_ = S_ISREG(status.st_mode);
  if (regular_ && status.st_size > 0) {
    throw ResultsError(fmt::format(
        "{} exists and is not empty: choose another name or remove it", path_));
  }
}

void CsvWriter::Append(std::span<const Row> rows) {
  std::string text;
  for (const Row& row : rows) AppendRecord(row, text);
  WriteAll(text);
  rows_written_ += rows.size();
}

void CsvWriter::WriteAll(std::string_view text) {
  const int error = WriteFully(file_.get(), text);
  if (error == 0) {
    good_length_ += static_cast<off_t>(text.size());
    return;
  }
  // Shrinking needs no space, so this works on a full disk too.
  if (regular_ && ftruncate(file_.get(), good_length_) != 0) {
    throw std::system_error(
        error, std::generic_category(),
        fmt::format("{}: its last line is torn (error {} on cutting it off)",
                    path_, errno));
  }
  ThrowSystemError(error, path_);
}

void CsvWriter::RemoveIfEmpty() {
  if (!regular_ || rows_written_ > 0) return;
  // Only if the name still means our file, and nobody added to it.
  struct stat ours {};
  struct stat named {};
  if (fstat(file_.get(), &ours) == 0 && stat(path_.c_str(), &named) == 0 &&
      ours.st_dev == named.st_dev && ours.st_ino == named.st_ino &&
      ours.st_size == good_length_) {
    unlink(path_.c_str());
    // The last of the folders that were made for it; stays if anything is in
    // it.
    if (created_folder_) {
      rmdir(std::filesystem::path(path_).parent_path().c_str());
    }
  }
}

}  // namespace hybrid
