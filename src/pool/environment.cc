#include "pool/environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace hybrid {
namespace {

// libgomp, LLVM's and Intel's OpenMP, the BLAS libraries NumPy may be built
// with, and Google Benchmark, each of whose flags is also a variable.
constexpr std::array<std::string_view, 13> kRemovedPrefixes{
    "BLIS_", "OMP_", "GOMP_",   "KMP_",  "LIBOMP",     "OPENBLAS_", "GOTOBLAS_",
    "GOTO_", "MKL_", "VECLIB_", "AOCL_", "BENCHMARK_", "FLEXIBLAS"};

bool IsRemoved(std::string_view variable) {
  return std::any_of(
      kRemovedPrefixes.begin(), kRemovedPrefixes.end(),
      [&](std::string_view prefix) { return variable.starts_with(prefix); });
}

}  // namespace

Environment ScrubEnvironment(const std::vector<std::string>& variables) {
  Environment environment;
  for (const std::string& variable : variables) {
    (IsRemoved(variable) ? environment.removed : environment.kept)
        .push_back(variable);
  }
  return environment;
}

std::vector<std::string> ProcessEnvironment() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    variables.emplace_back(*variable);
  }
  return variables;
}

std::vector<std::string> WorkerEnvironment(const Environment& environment,
                                           unsigned blas_threads,
                                           const BlasFiles& blas,
                                           const std::string& kernels_setting) {
  constexpr std::string_view kLibraryPath = "LD_LIBRARY_PATH=";
  // Some libraries read them when they are loaded, before any call, and
  // OpenBLAS's OpenMP build nothing but OpenMP's.
  std::vector<std::string> variables{"MKL_DYNAMIC=FALSE", "OMP_DYNAMIC=FALSE"};
  for (const char* library : {"BLIS", "OPENBLAS", "GOTO", "MKL", "OMP"}) {
    variables.push_back(
        fmt::format("{}_NUM_THREADS={}", library, blas_threads));
  }
  std::string_view path;
  for (const std::string& variable : environment.kept) {
    if (!blas.library.empty() && variable.starts_with(kLibraryPath)) {
      path = std::string_view(variable).substr(kLibraryPath.size());
    } else {
      variables.push_back(variable);
    }
  }
  if (!blas.library.empty()) {
    variables.push_back(
        fmt::format("{}{}", kLibraryPath, LibraryPath(blas, path)));
  }
  if (!kernels_setting.empty()) variables.push_back(kernels_setting);
  return variables;
}

}  // namespace hybrid
