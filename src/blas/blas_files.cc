#include "blas/blas_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "blas/library_table.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

constexpr double kMiB = 1024.0 * 1024.0;

/// BLIS packs a panel of B that all threads of a process share (KC × NC, at
/// most 256 × 8160 doubles over the sub-configurations of 0.9.0) and a block
/// of A for each thread (MC × KC, at most 2 MiB). Source: BLIS, docs/
/// Multithreading.md and config/*/bli_cntx_init_*.c. OpenBLAS's buffers are of
/// the same size (32 MiB per process and 2 per thread).
constexpr double kPackedPanelBytes = 16 * kMiB;
constexpr double kPackedBlockBytes = 2 * kMiB;

/// The real path of a file in `folder` that is `name` (libblis.so) with or
/// without a version, the shortest first.
std::optional<std::string> FindVersion(const fs::path& folder,
                                       const std::string& name) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end;
       !failure && entry != end; entry.increment(failure)) {
    const std::string file = entry->path().filename().string();
    if (file == name || file.starts_with(name + ".")) names.push_back(file);
  }
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) {
              return a.size() != b.size() ? a.size() < b.size() : a < b;
            });
  for (const std::string& file : names) {
    const fs::path real = fs::canonical(folder / file, failure);
    if (!failure && fs::is_regular_file(real, failure)) return real.string();
  }
  return std::nullopt;
}

std::optional<std::string> Find(std::string_view file,
                                const std::vector<std::string>& folders) {
  if (file.empty()) return std::nullopt;
  for (const std::string& folder : folders) {
    const fs::path path = fs::path(folder) / file;
    if (auto found = FindVersion(path.parent_path(), path.filename().string()))
      return found;
  }
  return std::nullopt;
}

/// The library of the table that `blas` stands for with so many threads.
const BlasLibrary* LibraryFor(std::string_view blas, std::uint64_t blas_threads,
                              const std::vector<std::string>& folders) {
  if (blas != kBlis && blas != kTypedBlis) return FindBlasLibrary(blas);
  const BlasLibrary* const serial = FindBlasLibrary("blis-serial");
  return blas_threads == 1 && Find(serial->file, folders)
             ? serial
             : FindBlasLibrary("blis-openmp");
}

/// A file that lies where a library of the table would, below some folder.
struct Placed {
  const BlasLibrary* library = nullptr;
  std::string folder;  ///< of libraries
};

Placed FindPlace(const std::string& real) {
  for (const BlasLibrary& library : BlasLibraries()) {
    if (library.file.find('/') == std::string_view::npos) continue;
    // Without the ending: the real file may be libopenblasp-r0.3.21.so.
    const std::string_view start =
        library.file.substr(0, library.file.rfind(".so"));
    const std::size_t place = real.rfind(fmt::format("/{}", start));
    if (place != std::string::npos) return {&library, real.substr(0, place)};
  }
  return {};
}

/// Whether what lies in `folder` is what distributions put there: it is one of
/// the machine's `folders`, or a package was unpacked around it. Anywhere else
/// a folder's name says nothing of how a library was built.
bool IsDistributions(const std::string& folder,
                     const std::vector<std::string>& folders) {
  return std::find(folders.begin(), folders.end(), folder) != folders.end() ||
         folder.ends_with("/usr/lib/" HYBRID_LIBRARY_ARCHITECTURE);
}

/// The library of the table that the file `real` is; null if nobody knows.
const BlasLibrary* KnownByPlace(const std::string& real,
                                const std::vector<std::string>& folders) {
  const Placed placed = FindPlace(real);
  return placed.library != nullptr && IsDistributions(placed.folder, folders)
             ? placed.library
             : nullptr;
}

/// The library of the table at `path`; null if nobody knows, or none is there.
const BlasLibrary* KnownAt(std::string_view path,
                           const std::vector<std::string>& folders) {
  std::error_code failure;
  const fs::path real = fs::canonical(fs::path(path), failure);
  return failure ? nullptr : KnownByPlace(real.string(), folders);
}

/// What is known of `blas`, a name or a path, with several threads; null if
/// nothing is.
const BlasLibrary* OfSeveralThreads(std::string_view blas,
                                    const std::vector<std::string>& folders) {
  if (IsBlasPath(blas)) return KnownAt(blas, folders);
  return FindBlasLibrary(blas == kBlis || blas == kTypedBlis ? "blis-openmp"
                                                             : blas);
}

BlasFiles FilesOfPath(std::string_view path,
                      const std::vector<std::string>& folders) {
  std::error_code failure;
  const fs::path real = fs::canonical(fs::path(path), failure);
  if (failure) {
    throw std::runtime_error(fmt::format("{}: {}", path, failure.message()));
  }
  if (!fs::is_regular_file(real)) {
    throw std::runtime_error(
        fmt::format("{}: is no shared library", real.string()));
  }
  BlasFiles files;
  files.library = real.string();
  if (const auto* const known = KnownByPlace(files.library, folders)) {
    files.family = known->family;
    files.threading = known->threading;
  }
  // Debian puts the LAPACK of a BLAS near it.
  if (const Placed placed = FindPlace(files.library); placed.library) {
    files.lapack = Find(placed.library->lapack, {placed.folder}).value_or("");
  }
  if (files.lapack.empty() &&
      real.filename().string().starts_with("libblas.so")) {
    files.lapack = FindVersion(real.parent_path(), "liblapack.so").value_or("");
  }
  return files;
}

}  // namespace

std::vector<std::string> LibraryFolders() {
  const std::string own = "/usr/lib/" HYBRID_LIBRARY_ARCHITECTURE;
  return {own, "/usr/lib64", "/usr/lib", "/usr/local/lib",
          "/opt/intel/oneapi/mkl/latest/lib"};
}

std::string LibraryPath(const BlasFiles& files, std::string_view before) {
  const std::string folder = files.library.substr(0, files.library.rfind('/'));
  return before.empty() ? folder : fmt::format("{}:{}", folder, before);
}

bool IsBlasPath(std::string_view blas) {
  return blas.find('/') != std::string_view::npos;
}

std::string_view FamilyOf(std::string_view blas) {
  if (IsBlasPath(blas)) return FamilyOfFile(blas);
  if (blas == kBlis || blas == kTypedBlis) return "blis";
  const BlasLibrary* const library = FindBlasLibrary(blas);
  return library == nullptr ? std::string_view() : library->family;
}

std::optional<int> IntegerBitsOf(std::string_view blas) {
  constexpr int kLp64 = 32;
  if (!IsBlasPath(blas) || KnownAt(blas, LibraryFolders())) return kLp64;
  return std::nullopt;
}

std::vector<std::string> BlasNames() {
  std::vector<std::string> names{std::string(kBlis)};
  for (const BlasLibrary& library : BlasLibraries()) {
    names.emplace_back(library.name);
  }
  names.insert(names.begin() + 4, std::string(kTypedBlis));
  return names;
}

BlasFiles FilesOf(std::string_view blas, std::uint64_t blas_threads,
                  const std::vector<std::string>& folders) {
  if (IsBlasPath(blas)) return FilesOfPath(blas, folders);
  const BlasLibrary* const library = LibraryFor(blas, blas_threads, folders);
  if (library == nullptr) {
    throw std::runtime_error(fmt::format("there is no library '{}'", blas));
  }
  const std::optional<std::string> file = Find(library->file, folders);
  if (!file) {
    throw std::runtime_error(fmt::format("{} is not installed (Debian: {})",
                                         blas, library->package));
  }
  return {.library = *file,
          .lapack = Find(library->lapack, folders).value_or(""),
          .typed = blas == kTypedBlis,
          .family = std::string(library->family),
          .threading = std::string(library->threading)};
}

std::vector<std::string> InstalledBlas(
    const std::vector<std::string>& folders) {
  std::vector<std::string> names;
  const bool blis =
      Find(FindBlasLibrary("blis-openmp")->file, folders).has_value();
  if (blis) names.emplace_back(kBlis);
  for (const BlasLibrary& library : BlasLibraries()) {
    const bool in_blis =
        library.name == "blis-openmp" || library.name == "blis-serial";
    if (blis && in_blis) continue;
    if (Find(library.file, folders)) names.emplace_back(library.name);
  }
  return names;
}

std::optional<std::string> SystemBlas(const std::vector<std::string>& folders) {
  std::error_code failure;
  for (const std::string& folder : folders) {
    const fs::path real =
        fs::canonical(fs::path(folder) / "libblas.so.3", failure);
    if (failure) continue;
    for (const BlasLibrary& library : BlasLibraries()) {
      const std::optional<std::string> file = Find(library.file, folders);
      if (!file) continue;
      // Debian's OpenBLAS and BLIS have a libblas of their own beside them, in
      // a folder of their own.
      const bool has_folder = library.file.find('/') != std::string_view::npos;
      if (has_folder ? fs::path(*file).parent_path() == real.parent_path()
                     : *file == real) {
        return std::string(library.name);
      }
    }
    return real.string();
  }
  return std::nullopt;
}

std::optional<std::string> WhyNotThreads(
    std::string_view blas, std::uint64_t blas_threads,
    const std::vector<std::string>& folders) {
  const BlasLibrary* const library = OfSeveralThreads(blas, folders);
  if (library == nullptr) return std::nullopt;
  const bool stands_for_builds = blas == kBlis || blas == kTypedBlis;
  if (stands_for_builds && blas_threads > 1 && !Find(library->file, folders)) {
    return fmt::format("{} is not installed (Debian: {}): {} runs 1 thread",
                       library->name, library->package, blas);
  }
  return WhyNotThreads(*library, blas_threads);
}

std::optional<std::string> WhyNotCallers(std::string_view blas,
                                         std::uint64_t callers,
                                         std::uint64_t blas_threads) {
  const BlasLibrary* const library = OfSeveralThreads(blas, LibraryFolders());
  return library == nullptr ? std::nullopt
                            : WhyNotCallers(library->family, library->threading,
                                            callers, blas_threads);
}

std::optional<std::string> WhyNotLapack(
    std::string_view blas, const std::vector<std::string>& folders) {
  if (IsBlasPath(blas)) return std::nullopt;
  if (blas == kTypedBlis) return "blis-typed has no LAPACK: --blas=blis has";
  const BlasLibrary* const library = LibraryFor(blas, 1, folders);
  if (library == nullptr || library->lapack.empty() ||
      Find(library->lapack, folders)) {
    return std::nullopt;
  }
  return fmt::format(
      "needs a LAPACK beside {}, which is not installed (Debian: liblapack3)",
      blas);
}

double PackingBytes(std::uint64_t blas_threads) {
  return kPackedPanelBytes +
         static_cast<double>(blas_threads) * kPackedBlockBytes;
}

}  // namespace hybrid
