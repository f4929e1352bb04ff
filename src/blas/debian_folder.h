#ifndef HYBRID_BLAS_DEBIAN_FOLDER_H_
#define HYBRID_BLAS_DEBIAN_FOLDER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blas/library_table.h"

namespace hybrid {

/// Where Debian keeps a library: in a folder of its own, which holds a
/// libblas.so.3, too. Programs linked to that name load it once the folder is
/// in LD_LIBRARY_PATH.
struct DebianFolder {
  const BlasLibrary* library = nullptr;
  std::string root;  ///< the folder of libraries: `/usr/lib/x86_64-linux-gnu`

  /// What LD_LIBRARY_PATH has to begin with: the library's folder and, where
  /// that is another, its LAPACK's.
  std::vector<std::string> paths() const;
};

/// The one that the file `path` lies in; nothing if it lies elsewhere. Its name
/// alone decides: the file may be another machine's.
std::optional<DebianFolder> FindDebianFolder(std::string_view path);

}  // namespace hybrid

#endif  // HYBRID_BLAS_DEBIAN_FOLDER_H_
