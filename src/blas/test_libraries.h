#ifndef HYBRID_BLAS_TEST_LIBRARIES_H_
#define HYBRID_BLAS_TEST_LIBRARIES_H_

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace hybrid {

/// For tests: a library of Debian's BLAS packages.
struct DebianLibrary {
  std::string_view name;
  std::string_view file;  ///< below the folder of all libraries
};

inline constexpr std::array<DebianLibrary, 12> kDebianLibraries{{
    {"openblas-pthread", "openblas-pthread/libopenblas.so.0"},
    {"openblas-openmp", "openblas-openmp/libopenblas.so.0"},
    {"openblas-serial", "openblas-serial/libopenblas.so.0"},
    {"openblas64-pthread", "openblas64-pthread/libopenblas64.so.0"},
    {"blis-openmp", "blis-openmp/libblis.so.4"},
    {"blis-pthread", "blis-pthread/libblis.so.4"},
    {"blis-serial", "blis-serial/libblis.so.4"},
    {"blis64-openmp", "blis64-openmp/libblis64.so.4"},
    {"atlas", "atlas/libblas.so.3"},
    {"netlib", "blas/libblas.so.3"},
    {"lapack", "lapack/liblapack.so.3"},
    {"lapack-atlas", "atlas/liblapack.so.3"},
}};

/// For tests: the real path of the library of that name, the one in the build
/// tree before the installed one. Nothing where there is neither: a test then
/// skips, with NoTestLibrary as its reason.
inline std::optional<std::string> TestLibrary(std::string_view name) {
  for (const DebianLibrary& library : kDebianLibraries) {
    if (library.name != name) continue;
    for (const char* root : {HYBRID_BLAS_BUILDS, ""}) {
      std::error_code absent;
      const std::filesystem::path path = std::filesystem::canonical(
          std::string(root) + HYBRID_LIBRARY_FOLDER "/" +
              std::string(library.file),
          absent);
      if (!absent) return path.string();
    }
  }
  return std::nullopt;
}

/// For tests: why they skip where TestLibrary has nothing.
inline std::string NoTestLibrary(std::string_view name) {
  return std::string(name) +
         " is neither installed nor in " HYBRID_BLAS_BUILDS
         ": the build could not fetch it (target hybrid_debian_blas)";
}

/// For tests: whether the library's own batched call ends the process with
/// SIGSEGV where it has several threads, as OpenBLAS 0.3.29's was seen to do.
inline bool CrashesInBatchedCalls(const std::string& file) {
  return file.find("-r0.3.29.so") != std::string::npos;
}

/// For tests: the path of a fake library, made to record calls or to be faulty.
/// fake_blas.cmake has their names.
inline std::string FakeLibrary(std::string_view name) {
  return HYBRID_FAKE_BLAS "/" + std::string(name) + ".so";
}

}  // namespace hybrid

#endif  // HYBRID_BLAS_TEST_LIBRARIES_H_
