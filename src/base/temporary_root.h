#ifndef HYBRID_BASE_TEMPORARY_ROOT_H_
#define HYBRID_BASE_TEMPORARY_ROOT_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>

namespace hybrid {

/// For tests: owns a temporary directory that stands in for `/`, with the
/// kernel's files as a test lays them.
class TemporaryRoot {
 public:
  TemporaryRoot() {
    path_ = (std::filesystem::temp_directory_path() / "root.XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) {
      throw std::runtime_error("mkdtemp failed: " + path_);
    }
  }
  ~TemporaryRoot() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryRoot(const TemporaryRoot&) = delete;
  TemporaryRoot& operator=(const TemporaryRoot&) = delete;

  const std::string& path() const { return path_; }

  /// Writes a file, in place of what was there; `file` starts with a slash.
  void Lay(const std::string& file, const std::string& content) const {
    const std::filesystem::path target = path_ + file;
    std::filesystem::create_directories(target.parent_path());
    std::ofstream(target) << content;
  }

 private:
  std::string path_;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_TEMPORARY_ROOT_H_
