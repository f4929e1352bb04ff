#ifndef HYBRID_BLAS_LIBRARY_TABLE_H_
#define HYBRID_BLAS_LIBRARY_TABLE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hybrid {

/// A BLAS library that has a name on the command line.
struct BlasLibrary {
  std::string_view name;
  std::string_view family;  ///< BlasFamily::name
  /// What it must report: `openmp`, `pthread`, `none`; empty: anything.
  std::string_view threading;
  /// Below a folder of libraries, up to its version: `blis-openmp/libblis.so`.
  std::string_view file;
  /// The LAPACK that belongs to it; empty: it holds one itself.
  std::string_view lapack;
  std::string_view package;  ///< Debian's
  /// Most threads of one process that it runs, if it has a limit.
  std::optional<std::uint64_t> most_threads{};
};

/// What all builds of one library have in common.
struct BlasFamily {
  std::string_view name;   ///< as its workers report it: `openblas`
  std::string_view title;  ///< for people: `OpenBLAS`
  /// The variable that chooses its kernels when it is loaded; empty: none does.
  std::string_view kernels_variable;
  std::string_view threads_variable;
  /// Its slow kernels for CPUs that it does not know; empty: nobody knows.
  std::string_view portable_kernels{};
  /// m·n·k of a gemm below which it gives a thread no part; 0: not known.
  double least_work = 0;
};

/// All libraries by name, in the order in which users see them.
std::span<const BlasLibrary> BlasLibraries();

/// The library of that name, or null.
const BlasLibrary* FindBlasLibrary(std::string_view name);

/// The name of the family that a file's name is a sign of; empty: of none.
std::string_view FamilyOfFile(std::string_view path);

/// The family of that name; of one that nobody knows, what is true of all.
const BlasFamily& FamilyNamed(std::string_view name);

/// Why a library of this family that runs `most_threads` at most (0: nobody
/// knows) does not run as many threads as it is told to; nothing if it does.
std::optional<std::string> WhyNotThreads(std::string_view family,
                                         std::uint64_t most_threads,
                                         std::uint64_t blas_threads);

/// The same of `library`.
std::optional<std::string> WhyNotThreads(const BlasLibrary& library,
                                         std::uint64_t blas_threads);

/// Why `callers` threads of one process can't each have `blas_threads` of a
/// library of this family and threading; nothing if they can, as far as anybody
/// knows.
std::optional<std::string> WhyNotCallers(std::string_view family,
                                         std::string_view threading,
                                         std::uint64_t callers,
                                         std::uint64_t blas_threads);

}  // namespace hybrid

#endif  // HYBRID_BLAS_LIBRARY_TABLE_H_
