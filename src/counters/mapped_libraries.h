#ifndef HYBRID_COUNTERS_MAPPED_LIBRARIES_H_
#define HYBRID_COUNTERS_MAPPED_LIBRARIES_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace hybrid {

/// What a library is for, as far as threads go. A BLAS may hold LAPACK too.
enum class LibraryRole : std::uint8_t { kBlas, kLapack, kOpenMp };

/// A library with threads of its own, or one that calls such.
struct MappedLibrary {
  LibraryRole role = LibraryRole::kBlas;
  /// `openblas`, `blis`, `mkl`, `atlas`, `flexiblas`, `netlib`; of OpenMP
  /// `libgomp`, `libomp`, `libiomp5`.
  std::string_view family;
  std::string file;     ///< real path
  std::string version;  ///< `0.3.21`; mostly empty: few names tell it

  bool operator==(const MappedLibrary&) const = default;
  /// By role and file.
  bool operator<(const MappedLibrary& other) const {
    return std::tie(role, file) < std::tie(other.role, other.file);
  }
};

/// The files that a process has mapped; none where the system doesn't tell.
std::set<std::string> MappedFiles(pid_t pid, const std::string& root = "");

/// What the name of a file, and of its folder, tell; nothing of one that is no
/// such library.
std::optional<MappedLibrary> LibraryOfFile(std::string_view path);

/// The libraries that a process or any below it has mapped, each file once:
/// those of BLAS, of LAPACK, of OpenMP. A library that is linked statically has
/// no file, and is not found. None where the system doesn't tell.
std::vector<MappedLibrary> MappedLibraries(pid_t pid,
                                           const std::string& root = "");

/// `openblas-0.3.21 (/usr/lib/…/libopenblasp-r0.3.21.so)`
std::string MappedLibraryText(const MappedLibrary& library);

}  // namespace hybrid

#endif  // HYBRID_COUNTERS_MAPPED_LIBRARIES_H_
