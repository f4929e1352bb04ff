#include "counters/mapped_libraries.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/process_list.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

constexpr std::string_view kDigits = "0123456789";

/// How names of a family's files begin.
struct LibrarySign {
  std::string_view prefix;
  LibraryRole role;
  std::string_view family;
};

/// `libblas` and `liblapack` are names that many libraries are given.
constexpr std::string_view kOfAnybody = "netlib";

constexpr std::array kLibrarySigns{
    LibrarySign{"libopenblas", LibraryRole::kBlas, "openblas"},
    // In wheels of NumPy and SciPy.
    LibrarySign{"libscipy_openblas", LibraryRole::kBlas, "openblas"},
    LibrarySign{"libblis", LibraryRole::kBlas, "blis"},
    LibrarySign{"libmkl_rt", LibraryRole::kBlas, "mkl"},
    // Of those who link MKL's parts.
    LibrarySign{"libmkl_core", LibraryRole::kBlas, "mkl"},
    LibrarySign{"libatlas", LibraryRole::kBlas, "atlas"},
    LibrarySign{"libsatlas", LibraryRole::kBlas, "atlas"},
    LibrarySign{"libtatlas", LibraryRole::kBlas, "atlas"},
    LibrarySign{"libflexiblas", LibraryRole::kBlas, "flexiblas"},
    LibrarySign{"libblas", LibraryRole::kBlas, kOfAnybody},
    LibrarySign{"liblapack", LibraryRole::kLapack, kOfAnybody},
    LibrarySign{"libgomp.", LibraryRole::kOpenMp, "libgomp"},
    // Wheels have a hash behind the hyphen.
    LibrarySign{"libgomp-", LibraryRole::kOpenMp, "libgomp"},
    LibrarySign{"libiomp5", LibraryRole::kOpenMp, "libiomp5"},
    // Not libompitrace, which is Open MPI's.
    LibrarySign{"libomp.", LibraryRole::kOpenMp, "libomp"},
    LibrarySign{"libomp-", LibraryRole::kOpenMp, "libomp"},
    LibrarySign{"libomp5", LibraryRole::kOpenMp, "libomp"}};

/// Debian's folders tell whose libblas it is.
std::string_view FamilyOfFolder(std::string_view folder) {
  const std::string_view last = folder.substr(folder.rfind('/') + 1);
  for (const std::string_view family : {"openblas", "blis", "atlas"}) {
    if (last.starts_with(family)) return family;
  }
  return kOfAnybody;
}

/// `0.3.21` of `libopenblasp-r0.3.21.so`, and of `…-r0-2f7c42d4.3.21.so`, as a
/// wheel has it. Other numbers are those of interfaces.
std::string OpenBlasVersion(std::string_view name) {
  const std::size_t mark = name.find("-r");
  if (mark == std::string_view::npos) return "";
  std::string version(name.substr(mark + 2));
  version.resize(std::min(version.size(), version.find(".so")));
  const std::size_t hash = version.find('-');
  if (hash != std::string::npos) {
    const std::size_t end = std::min(version.size(), version.find('.', hash));
    version.erase(hash, end - hash);
  }
  const bool is_version = kDigits.find(version[0]) != std::string_view::npos &&
                          version.find('.') != std::string::npos;
  return is_version ? version : "";
}

/// MKL is one library in several files.
void LeaveOnePartOfMkl(std::vector<MappedLibrary>& libraries) {
  const auto is_of_mkl = [](const MappedLibrary& library) {
    return library.family == "mkl";
  };
  const auto is_whole = [&](const MappedLibrary& library) {
    return is_of_mkl(library) &&
           library.file.find("/libmkl_rt") != std::string::npos;
  };
  if (std::none_of(libraries.begin(), libraries.end(), is_whole)) return;
  std::erase_if(libraries, [&](const MappedLibrary& library) {
    return is_of_mkl(library) && !is_whole(library);
  });
}

}  // namespace

std::optional<MappedLibrary> LibraryOfFile(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = path.substr(slash + 1);
  const auto* const sign =
      std::find_if(kLibrarySigns.begin(), kLibrarySigns.end(),
                   [name](const LibrarySign& each) {
                     return name.starts_with(each.prefix);
                   });
  if (sign == kLibrarySigns.end()) return std::nullopt;
  MappedLibrary library{.role = sign->role,
                        .family = sign->family,
                        .file = std::string(path),
                        .version = ""};
  if (sign->family == kOfAnybody && slash != std::string_view::npos) {
    library.family = FamilyOfFolder(path.substr(0, slash));
  }
  if (library.family == "openblas") library.version = OpenBlasVersion(name);
  return library;
}

std::set<std::string> MappedFiles(pid_t pid, const std::string& root) {
  constexpr std::string_view kDeleted = " (deleted)";
  const std::string maps =
      text_file::Read(fmt::format("{}/proc/{}/maps", root, pid)).value_or("");
  std::set<std::string> files;
  for (const std::string_view line : text_file::Parts(maps, '\n')) {
    const std::size_t start = line.find('/');
    if (start == std::string_view::npos) continue;
    std::string_view path = line.substr(start);
    if (path.ends_with(kDeleted)) path.remove_suffix(kDeleted.size());
    files.emplace(path);
  }
  return files;
}

std::vector<MappedLibrary> MappedLibraries(pid_t pid, const std::string& root) {
  std::set<std::string> files = MappedFiles(pid, root);
  for (const pid_t process : Descendants(pid, root)) {
    files.merge(MappedFiles(process, root));
  }
  std::vector<MappedLibrary> libraries;
  for (const std::string& file : files) {
    if (auto library = LibraryOfFile(file)) libraries.push_back(*library);
  }
  LeaveOnePartOfMkl(libraries);
  std::sort(libraries.begin(), libraries.end());
  return libraries;
}

std::string MappedLibraryText(const MappedLibrary& library) {
  return fmt::format("{}{}{} ({})", library.family,
                     library.version.empty() ? "" : "-", library.version,
                     library.file);
}

}  // namespace hybrid
