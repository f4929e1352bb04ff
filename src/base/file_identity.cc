#include "base/file_identity.h"

#include <sys/stat.h>

#include <filesystem>
#include <system_error>

namespace hybrid {
namespace {

namespace fs = std::filesystem;

bool AreSame(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && !S_ISCHR(a.st_mode);
}

/// Where a file would be made that is opened by this name: a link that leads
/// nowhere yet is followed, too.
fs::path PlaceOf(fs::path path) {
  constexpr int kMostLinks = 40;  // as in the kernel
  std::error_code failure;
  for (int links = 0; links < kMostLinks && fs::is_symlink(path, failure);
       ++links) {
    path = path.parent_path() / fs::read_symlink(path, failure);
  }
  return fs::weakly_canonical(fs::absolute(path, failure), failure);
}

}  // namespace

bool LeadToSameFile(const std::string& a, const std::string& b) {
  struct stat status_a {};
  struct stat status_b {};
  const bool a_exists = stat(a.c_str(), &status_a) == 0;
  const bool b_exists = stat(b.c_str(), &status_b) == 0;
  if (a_exists && b_exists) return AreSame(status_a, status_b);
  if (a_exists || b_exists) return false;
  const fs::path place = PlaceOf(a);
  return !place.empty() && place == PlaceOf(b);
}

bool LeadToSameFile(int a, int b) {
  struct stat status_a {};
  struct stat status_b {};
  return fstat(a, &status_a) == 0 && fstat(b, &status_b) == 0 &&
         AreSame(status_a, status_b);
}

bool LeadsInto(int fd, const std::string& path) {
  struct stat open_file {};
  struct stat named {};
  return fstat(fd, &open_file) == 0 && stat(path.c_str(), &named) == 0 &&
         AreSame(open_file, named);
}

}  // namespace hybrid
