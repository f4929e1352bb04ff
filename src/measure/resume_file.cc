#include "measure/resume_file.h"

#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/stream_names.h"
#include "base/unique_fd.h"
#include "results/csv_reader.h"
#include "results/open_file.h"
#include "results/results_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

/// The file's first bytes, as many as the header has or fewer.
std::string ReadStart(int file, const std::string& path) {
  std::string start(HeaderLine().size(), '\0');
  std::size_t size = 0;
  while (size < start.size()) {
    const ssize_t count = pread(file, start.data() + size, start.size() - size,
                                static_cast<off_t>(size));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) ThrowFileError(path, errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  start.resize(size);
  return start;
}

[[noreturn]] void RefuseOtherVersion(const std::string& path,
                                     std::uint64_t version) {
  throw ResultsError(
      fmt::format("{}: rows of schema version {} can't be gone on with, those "
                  "from {} on can; start a new file",
                  path, version, kOldestToResume));
}

}  // namespace

CsvPosition ResumeFile::After(std::size_t rows) const {
  CsvPosition after = position;
  if (rows < contents.rows.size()) {
    after.kept = static_cast<off_t>(rows == 0 ? HeaderLine().size()
                                              : contents.row_ends[rows - 1]);
  }
  return after;
}

ResumeFile ReadResumeFile(const std::string& path) {
  struct stat status {};
  if (NamesStandardInput(path) ||
      (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
       !S_ISDIR(status.st_mode))) {
    throw ResultsError(fmt::format(
        "{}: no file but a stream, to which no rows can be added; save it as a "
        "file first",
        InputName(path)));
  }
  const UniqueFd file = OpenRegularFile(path, status);
  // Where a file system has no locks, there is nothing to be had.
  if (flock(file.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw ResultsError(path + ": another bench is still writing it");
  }
  ResumeFile resume{.path = path,
                    .contents = {},
                    .position = {.device = status.st_dev,
                                 .inode = status.st_ino,
                                 .size = status.st_size,
                                 .kept = 0}};
  const std::string start = ReadStart(file.get(), path);
  if (start.size() < HeaderLine().size() && HeaderLine().starts_with(start)) {
    return resume;
  }
  resume.contents = ReadTornCsv(path);
  bool is_known_former = false;
  for (const Row& row : resume.contents.rows) {
    if (row.schema_version < kOldestToResume) {
      RefuseOtherVersion(path, row.schema_version);
    }
    is_known_former |= row.schema_version < kSchemaVersion;
  }
  resume.is_former = start != HeaderLine() && is_known_former;
  if (start != HeaderLine() && !resume.is_former) {
    throw ResultsError(path +
                       ": its header is not the one that this bench writes");
  }
  resume.position.kept = static_cast<off_t>(resume.contents.whole_bytes);
  return resume;
}

}  // namespace hybrid
