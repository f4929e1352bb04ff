#ifndef HYBRID_BLAS_BLAS_FILES_H_
#define HYBRID_BLAS_BLAS_FILES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// The names that stand for several builds: of BLIS the serial one for workers
/// of one thread, where it is installed, and the OpenMP one for all others.
/// `blis-typed` calls BLIS by its own interface, without checks of arguments,
/// which is faster for small matrices and what no program gets through NumPy.
inline constexpr std::string_view kBlis = "blis";
inline constexpr std::string_view kTypedBlis = "blis-typed";

/// What a worker is to load, and what it must then report.
struct BlasFiles {
  std::string library;    ///< real path
  std::string lapack;     ///< real path; empty: none beside the library
  bool typed = false;     ///< BLIS's own interface
  std::string family;     ///< that it must be of; empty: any
  std::string threading;  ///< that it must have; empty: any
};

/// A file of each library is looked for below these, first come, first served:
/// the machine's folders of libraries.
std::vector<std::string> LibraryFolders();

/// LD_LIBRARY_PATH for who loads `files` and had `before` in it: their folder
/// comes first, so that a LAPACK finds its BLAS.
std::string LibraryPath(const BlasFiles& files, std::string_view before);

/// Whether `blas` (Key::blas) is the path of a library and not a name.
bool IsBlasPath(std::string_view blas);

/// The name of the family of `blas`, a name or a path; empty: not known.
std::string_view FamilyOf(std::string_view blas);

/// The width of the integers that `blas` counts in: 32 (LP64) for all names.
/// Of a path nobody knows it before a worker has loaded it: nothing, but where
/// it lies as a distribution's package lays it.
std::optional<int> IntegerBitsOf(std::string_view blas);

/// All names that --blas takes, `system`, `auto` and a path aside.
std::vector<std::string> BlasNames();

/// What workers of `blas_threads` threads load for `blas`, a name or a path.
/// Throws std::runtime_error ("openblas-serial is not installed (Debian:
/// libopenblas0-serial)") where there is no such file.
BlasFiles FilesOf(std::string_view blas, std::uint64_t blas_threads,
                  const std::vector<std::string>& folders = LibraryFolders());

/// The names of what is installed here, each file once: `blis` stands for
/// BLIS's OpenMP and serial builds.
std::vector<std::string> InstalledBlas(
    const std::vector<std::string>& folders = LibraryFolders());

/// The library that programs linked to libblas.so.3 load: its name, or its real
/// path where it has none; nothing if there is none.
std::optional<std::string> SystemBlas(
    const std::vector<std::string>& folders = LibraryFolders());

/// Why `blas` does not run as many threads as it is told to; nothing if it
/// does, or is a path of which nobody knows.
std::optional<std::string> WhyNotThreads(
    std::string_view blas, std::uint64_t blas_threads,
    const std::vector<std::string>& folders = LibraryFolders());

/// Why `callers` threads of one process can't each have `blas_threads` of
/// `blas`; nothing if they can, or nobody knows.
std::optional<std::string> WhyNotCallers(std::string_view blas,
                                         std::uint64_t callers,
                                         std::uint64_t blas_threads);

/// Why `blas` can't do what needs a LAPACK; nothing if it can, or nobody knows.
std::optional<std::string> WhyNotLapack(
    std::string_view blas,
    const std::vector<std::string>& folders = LibraryFolders());

/// Bytes that the BLAS of one process takes for packed parts of its operands,
/// at most.
double PackingBytes(std::uint64_t blas_threads);

}  // namespace hybrid

#endif  // HYBRID_BLAS_BLAS_FILES_H_
