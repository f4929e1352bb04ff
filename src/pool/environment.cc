#include "pool/environment.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace hybrid {
namespace {

// libgomp, LLVM's and Intel's OpenMP, the BLAS libraries NumPy may be built
// with, and Google Benchmark, each of whose flags is also a variable.
constexpr std::array<std::string_view, 12> kRemovedPrefixes{
    "BLIS_",     "OMP_",  "GOMP_", "KMP_",    "LIBOMP", "OPENBLAS_",
    "GOTOBLAS_", "GOTO_", "MKL_",  "VECLIB_", "AOCL_",  "BENCHMARK_"};

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
                                           const std::string& blis_arch_type) {
  std::vector<std::string> variables = environment.kept;
  variables.push_back("BLIS_NUM_THREADS=" + std::to_string(blas_threads));
  if (!blis_arch_type.empty()) {
    variables.push_back("BLIS_ARCH_TYPE=" + blis_arch_type);
  }
  return variables;
}

}  // namespace hybrid
