#include "blas/debian_folder.h"

#include <fmt/format.h>

#include <cstddef>

namespace hybrid {
namespace {

/// "blis-openmp" of "blis-openmp/libblis.so"; empty for a file without one.
std::string_view FolderIn(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  return slash == std::string_view::npos ? std::string_view()
                                         : file.substr(0, slash);
}

/// Whether Debian keeps libraries in `folder`, or in one like it that packages
/// were unpacked into: `/usr/lib/x86_64-linux-gnu`.
bool IsRoot(std::string_view folder) {
  const std::string_view parent = FolderIn(folder);
  return parent.ends_with("/usr/lib") && folder.size() > parent.size() + 1;
}

}  // namespace

std::vector<std::string> DebianFolder::paths() const {
  const std::string_view own = FolderIn(library->file);
  std::vector<std::string> paths{fmt::format("{}/{}", root, own)};
  const std::string_view lapack = FolderIn(library->lapack);
  if (!lapack.empty() && lapack != own) {
    paths.push_back(fmt::format("{}/{}", root, lapack));
  }
  return paths;
}

std::optional<DebianFolder> FindDebianFolder(std::string_view path) {
  const std::string_view folder = FolderIn(path);
  const std::string_view root = FolderIn(folder);
  if (!IsRoot(root)) return std::nullopt;
  for (const BlasLibrary& library : BlasLibraries()) {
    const std::string_view own = FolderIn(library.file);
    if (!own.empty() && folder.substr(root.size() + 1) == own) {
      return DebianFolder{&library, std::string(root)};
    }
  }
  return std::nullopt;
}

}  // namespace hybrid
