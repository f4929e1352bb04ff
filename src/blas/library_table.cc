#include "blas/library_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "counters/mapped_libraries.h"

namespace hybrid {
namespace {

constexpr std::string_view kNetlibLapack = "lapack/liblapack.so";

/// Debian's builds of OpenBLAS (MAX_THREADS in openblas_get_config).
constexpr std::uint64_t kOpenBlasThreads = 64;

constexpr std::array kLibraries{
    BlasLibrary{"blis-openmp", "blis", "openmp", "blis-openmp/libblis.so",
                kNetlibLapack, "libblis4-openmp"},
    BlasLibrary{"blis-pthread", "blis", "pthread", "blis-pthread/libblis.so",
                kNetlibLapack, "libblis4-pthread"},
    BlasLibrary{"blis-serial", "blis", "none", "blis-serial/libblis.so",
                kNetlibLapack, "libblis4-serial", 1},
    BlasLibrary{"openblas-pthread", "openblas", "pthread",
                "openblas-pthread/libopenblas.so", "", "libopenblas0-pthread",
                kOpenBlasThreads},
    BlasLibrary{"openblas-openmp", "openblas", "openmp",
                "openblas-openmp/libopenblas.so", "", "libopenblas0-openmp",
                kOpenBlasThreads},
    BlasLibrary{"openblas-serial", "openblas", "none",
                "openblas-serial/libopenblas.so", "", "libopenblas0-serial", 1},
    BlasLibrary{"atlas", "atlas", "none", "atlas/libblas.so",
                "atlas/liblapack.so", "libatlas3-base", 1},
    BlasLibrary{"netlib", "netlib", "none", "blas/libblas.so", kNetlibLapack,
                "libblas3", 1},
    BlasLibrary{"mkl", "mkl", "", "libmkl_rt.so", "", "libmkl-rt"}};

/// SMP_THRESHOLD_MIN × GEMM_MULTITHREAD_THRESHOLD (interface/gemm.c).
constexpr double kOpenBlasLeastWork = 65536.0 * 4;

/// The last one stands for what nobody knows.
constexpr std::array kFamilies{
    BlasFamily{"blis", "BLIS", "BLIS_ARCH_TYPE", "BLIS_NUM_THREADS", "generic"},
    BlasFamily{"openblas", "OpenBLAS", "OPENBLAS_CORETYPE",
               "OPENBLAS_NUM_THREADS", "PRESCOTT", kOpenBlasLeastWork},
    BlasFamily{"mkl", "MKL", "MKL_ENABLE_INSTRUCTIONS", "MKL_NUM_THREADS"},
    BlasFamily{"flexiblas", "FlexiBLAS", "", "OMP_NUM_THREADS"},
    BlasFamily{"nvpl", "NVPL", "", "OMP_NUM_THREADS"},
    BlasFamily{"armpl", "Arm Performance Libraries", "", "OMP_NUM_THREADS"},
    BlasFamily{"atlas", "ATLAS", "", ""},
    BlasFamily{"netlib", "netlib's BLAS", "", ""},
    BlasFamily{"unknown", "the BLAS", "", "OMP_NUM_THREADS"}};

bool IsPrimeAbove11(std::uint64_t value) {
  if (value <= 11) return false;
  for (std::uint64_t divisor = 2; divisor <= value / divisor; ++divisor) {
    if (value % divisor == 0) return false;
  }
  return true;
}

std::optional<std::string> WhyNotThreadsOf(std::string_view title,
                                           std::string_view family,
                                           std::uint64_t most_threads,
                                           std::uint64_t blas_threads) {
  if (most_threads > 0 && blas_threads > most_threads) {
    return fmt::format("{} runs {} thread{} at most", title, most_threads,
                       most_threads == 1 ? "" : "s");
  }
  // BLIS can't factor them into its loops and reduces them by one (bli_rntm.c).
  if (family == "blis" && IsPrimeAbove11(blas_threads)) {
    return fmt::format("BLIS runs {} threads when told {} (a prime above 11)",
                       blas_threads - 1, blas_threads);
  }
  return std::nullopt;
}

}  // namespace

std::span<const BlasLibrary> BlasLibraries() { return kLibraries; }

const BlasLibrary* FindBlasLibrary(std::string_view name) {
  const auto* const found = std::find_if(
      kLibraries.begin(), kLibraries.end(),
      [name](const BlasLibrary& library) { return library.name == name; });
  return found == kLibraries.end() ? nullptr : found;
}

std::string_view FamilyOfFile(std::string_view path) {
  const std::optional<MappedLibrary> library = LibraryOfFile(path);
  if (!library || library->role != LibraryRole::kBlas) return {};
  return library->family;
}

const BlasFamily& FamilyNamed(std::string_view name) {
  const auto* const found = std::find_if(
      kFamilies.begin(), kFamilies.end(),
      [name](const BlasFamily& family) { return family.name == name; });
  return found == kFamilies.end() ? kFamilies.back() : *found;
}

std::optional<std::string> WhyNotThreads(std::string_view family,
                                         std::uint64_t most_threads,
                                         std::uint64_t blas_threads) {
  return WhyNotThreadsOf(
      fmt::format("this build of {}", FamilyNamed(family).title), family,
      most_threads, blas_threads);
}

std::optional<std::string> WhyNotThreads(const BlasLibrary& library,
                                         std::uint64_t blas_threads) {
  return WhyNotThreadsOf(library.name, library.family,
                         library.most_threads.value_or(0), blas_threads);
}

std::optional<std::string> WhyNotCallers(std::string_view family,
                                         std::string_view threading,
                                         std::uint64_t callers,
                                         std::uint64_t blas_threads) {
  if (callers < 2 || blas_threads < 2) return std::nullopt;
  if (family != "openblas" || threading != "pthread") return std::nullopt;
  return fmt::format(
      "OpenBLAS threaded by pthread has one pool of threads, and one setting, "
      "for its whole process: {} threads can't each have {} BLAS threads "
      "(openblas-openmp can)",
      callers, blas_threads);
}

}  // namespace hybrid
