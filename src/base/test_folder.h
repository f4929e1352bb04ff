#ifndef HYBRID_BASE_TEST_FOLDER_H_
#define HYBRID_BASE_TEST_FOLDER_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace hybrid {

/// For tests: owns a temporary folder, which may stand in for `/`.
class TestFolder {
 public:
  TestFolder() {
    path_ = (std::filesystem::temp_directory_path() / "hybrid-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) {
      throw std::runtime_error("mkdtemp failed: " + path_);
    }
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::string& path() const { return path_; }

  /// The path of `name` in the folder.
  std::string File(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

  /// Writes a file, in place of what was there; `file` starts with a slash.
  void Lay(const std::string& file, std::string_view content) const {
    const std::filesystem::path target = path_ + file;
    std::filesystem::create_directories(target.parent_path());
    std::ofstream(target, std::ios::binary) << content;
  }

 private:
  std::string path_;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_TEST_FOLDER_H_
