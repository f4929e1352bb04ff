#include "results/csv_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/sync_file.h"
#include "base/system_error.h"
#include "base/write_fully.h"
#include "results/results_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

constexpr int kOpenFlags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY;

/// Makes the folders that `path` needs. Those that were not there, the
/// innermost first.
std::vector<std::string> CreateFolders(const std::string& path) {
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code failure;
  std::vector<std::string> created;
  for (std::filesystem::path missing = folder;
       !missing.empty() && !std::filesystem::exists(missing, failure) &&
       !failure && missing != missing.parent_path();
       missing = missing.parent_path()) {
    created.push_back(missing.string());
  }
  if (created.empty()) return created;
  std::filesystem::create_directories(folder, failure);
  if (failure) ThrowSystemError(path, failure.value());
  return created;
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

}  // namespace

CsvWriter::CsvWriter(std::string path, Name name) : path_(std::move(path)) {
  Open(name);
  try {
    WriteAll(HeaderLine());
  } catch (const std::system_error&) {
    if (created_) Remove();
    throw;
  }
  if (!created_) return;
  SyncName(path_);
  for (const std::string& folder : created_folders_) SyncName(folder);
}

CsvWriter::CsvWriter(std::string path, const CsvPosition& position)
    : path_(std::move(path)),
      file_(open(path_.c_str(), kOpenFlags)),
      continued_(true),
      regular_(true),
      good_length_(position.kept) {
  if (!file_.valid()) ThrowSystemError(path_);
  Lock();
  struct stat status {};
  if (fstat(file_.get(), &status) != 0) ThrowSystemError(path_);
  if (status.st_dev != position.device || status.st_ino != position.inode ||
      status.st_size != position.size) {
    throw ResultsError(
        fmt::format("{} was changed by someone else just now", path_));
  }
}

void CsvWriter::CutTail() {
  if (ftruncate(file_.get(), good_length_) != 0) ThrowSystemError(path_);
  if (good_length_ == 0) WriteAll(HeaderLine());
}

void CsvWriter::Rewrite(std::span<const Row> rows) {
  std::string text = HeaderLine();
  for (const Row& row : rows) AppendRecord(row, text);
  // A name that leads to it stays what it is.
  const std::string real = std::filesystem::canonical(path_).string();
  std::string name = real + ".XXXXXX";
  UniqueFd whole(mkostemp(name.data(), O_APPEND | O_CLOEXEC));
  if (!whole.valid()) ThrowSystemError(name);
  struct stat former {};
  int error = 0;
  {
    const FileSizeSignalBlock block;
    error = WriteFully(whole.get(), text);
    if (error == 0) error = SyncFile(whole.get());
  }
  // Nobody else can have the lock of a file that was made just now.
  const bool is_there =
      error == 0 && fstat(file_.get(), &former) == 0 &&
      (fchown(whole.get(), former.st_uid, former.st_gid) == 0 ||
       geteuid() != 0) &&
      fchmod(whole.get(), former.st_mode & 07777) == 0 &&
      (flock(whole.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) &&
      rename(name.c_str(), real.c_str()) == 0;
  if (!is_there) {
    if (error == 0) error = errno;
    unlink(name.c_str());
    ThrowSystemError(path_, error);
  }
  SyncName(real);
  file_ = std::move(whole);
  good_length_ = static_cast<off_t>(text.size());
}

void CsvWriter::OpenNamed(Name name) {
  created_folders_ = CreateFolders(path_);
  // O_EXCL tells whether the file is ours to remove if the header fails.
  constexpr int kCreate = kOpenFlags | O_CREAT | O_EXCL;
  const std::filesystem::path asked(path_);
  for (int number = 2;; ++number) {
    file_ = UniqueFd(open(path_.c_str(), kCreate, 0666));
    created_ = file_.valid();
    if (created_ || errno != EEXIST || name == Name::kExact) break;
    path_ =
        asked.parent_path() / fmt::format("{}-{}{}", asked.stem().string(),
                                          number, asked.extension().string());
  }
  if (!created_ && errno == EEXIST) {
    file_ = UniqueFd(open(path_.c_str(), kOpenFlags));
  }
}

void CsvWriter::Open(Name name) {
  named_ = name != Name::kNone;
  if (named_) {
    OpenNamed(name);
  } else {
    file_ = UniqueFd(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
  }
  if (!file_.valid()) ThrowSystemError(path_);

  struct stat status {};
  if (fstat(file_.get(), &status) != 0) ThrowSystemError(path_);
  regular_ = S_ISREG(status.st_mode);
  if (!regular_) return;
  Lock();
  // Only now nobody else can fill it.
  if (fstat(file_.get(), &status) != 0) ThrowSystemError(path_);
  if (status.st_size > 0) {
    throw ResultsError(
        named_ ? fmt::format("{} exists and is not empty: choose another name "
                             "or remove it",
                             path_)
               : path_ + ": that file is not empty: choose another one");
  }
}

void CsvWriter::Lock() {
  // Where a file system has no locks, there is nothing to be had.
  if (flock(file_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw ResultsError(
        fmt::format("{}: another bench is still writing it", path_));
  }
}

void CsvWriter::Append(std::span<const Row> rows) {
  std::string text;
  for (const Row& row : rows) AppendRecord(row, text);
  WriteAll(text);
  rows_written_ += rows.size();
  struct stat status {};
  if (regular_ && named_ && fstat(file_.get(), &status) == 0 &&
      status.st_nlink == 0) {
    throw ResultsError(fmt::format(
        "{} was deleted while it was written: its rows are lost", path_));
  }
}

void CsvWriter::WriteAll(std::string_view text) {
  const FileSizeSignalBlock block;
  int error = WriteFully(file_.get(), text);
  // Some disks tell only now that they are full.
  if (error == 0 && regular_) error = SyncFile(file_.get());
  if (error == 0) {
    good_length_ += static_cast<off_t>(text.size());
    return;
  }
  // Shrinking needs no space, so this works on a full disk too.
  if (regular_ && ftruncate(file_.get(), good_length_) != 0) {
    ThrowSystemError(
        fmt::format("{}: its last line is torn (error {} on cutting it off)",
                    path_, errno),
        error);
  }
  ThrowSystemError(path_, error);
}

void CsvWriter::RemoveIfEmpty() {
  if (!regular_ || !named_ || continued_ || rows_written_ > 0) return;
  // Only if the name still means our file, and nobody added to it.
  struct stat ours {};
  struct stat named {};
  if (fstat(file_.get(), &ours) == 0 && stat(path_.c_str(), &named) == 0 &&
      ours.st_dev == named.st_dev && ours.st_ino == named.st_ino &&
      ours.st_size == good_length_) {
    Remove();
  }
}

void CsvWriter::Remove() {
  unlink(path_.c_str());
  // A folder stays if anything is in it.
  for (const std::string& folder : created_folders_) rmdir(folder.c_str());
}

}  // namespace hybrid
