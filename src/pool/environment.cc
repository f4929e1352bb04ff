#include "pool/environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/contains.h"
#include "base/text_file.h"
#include "base/variables.h"
#include "pool/rank_variables.h"

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

// What binds threads, or says how many there are where nobody says otherwise.
constexpr std::array<std::string_view, 3> kRemovedSuffixes{
    "_BIND", "_AFFINITY", "_DEFAULT_NUM_THREADS"};

bool HasRemovedSuffix(std::string_view name) {
  return std::any_of(
      kRemovedSuffixes.begin(), kRemovedSuffixes.end(),
      [&](std::string_view suffix) { return name.ends_with(suffix); });
}

// A limit of threads each, read when a library is loaded, before any call, and
// by OpenBLAS's OpenMP build nothing but OpenMP's.
constexpr std::array<std::string_view, 5> kBlasLimits{
    "BLIS_NUM_THREADS", "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS",
    "MKL_NUM_THREADS", "OMP_NUM_THREADS"};

// Those of what else programs may compute with.
constexpr std::array<std::string_view, 8> kProgramLimits{
    "NUMEXPR_NUM_THREADS",    "NUMBA_NUM_THREADS",      "RAYON_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS", "NUMEXPR_MAX_THREADS",    "POLARS_MAX_THREADS",
    "TF_NUM_INTRAOP_THREADS", "R_DATATABLE_NUM_THREADS"};

// How many CPUs Python and joblib take the machine to have, and so how many
// processes they make.
constexpr std::array<std::string_view, 2> kProcessLimits{"LOKY_MAX_CPU_COUNT",
                                                         "PYTHON_CPU_COUNT"};

bool IsSet(const std::vector<std::string>& variables, std::string_view name) {
  return std::any_of(variables.begin(), variables.end(),
                     [&](std::string_view variable) {
                       return VariableName(variable) == name;
                     });
}

template <typename Names>
void Limit(const Names& names, unsigned threads,
           std::vector<std::string>& variables) {
  for (const std::string_view name : names) {
    SetVariable(variables, fmt::format("{}={}", name, threads));
  }
}

/// What limits a BLAS to that many threads, whichever it is.
std::vector<std::string> BlasLimits(unsigned blas_threads) {
  std::vector<std::string> variables{"MKL_DYNAMIC=FALSE", "OMP_DYNAMIC=FALSE"};
  Limit(kBlasLimits, blas_threads, variables);
  return variables;
}

/// And everything else in a program.
std::vector<std::string> CommandLimits(unsigned blas_threads, bool whole) {
  std::vector<std::string> variables = BlasLimits(blas_threads);
  Limit(kProgramLimits, blas_threads, variables);
  if (!whole) Limit(kProcessLimits, blas_threads, variables);
  for (const char* variable :
       {"JULIA_NUM_THREADS=1", "TF_NUM_INTEROP_THREADS=1",
        "OMP_MAX_ACTIVE_LEVELS=1"}) {
    variables.emplace_back(variable);
  }
  return variables;
}

/// Puts the folder of `blas` before all others that libraries are loaded from.
void SetLibraryPath(const BlasFiles& blas,
                    std::vector<std::string>& variables) {
  constexpr std::string_view kLibraryPath = "LD_LIBRARY_PATH";
  if (blas.library.empty()) return;
  SetVariable(
      variables,
      fmt::format("{}={}", kLibraryPath,
                  LibraryPath(blas, VariableValue(variables, kLibraryPath))));
}

void SetPythonPath(const std::string& helper,
                   std::vector<std::string>& variables) {
  // Its log is read while it runs.
  SetVariable(variables, "PYTHONUNBUFFERED=1");
  if (helper.empty()) return;
  constexpr std::string_view kPath = "PYTHONPATH";
  const std::string_view before = VariableValue(variables, kPath);
  SetVariable(variables, fmt::format("{}={}{}{}", kPath, helper,
                                     before.empty() ? "" : ":", before));
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
  std::vector<std::string> variables = environment.kept;
  for (std::string& limit : BlasLimits(blas_threads)) {
    SetVariable(variables, std::move(limit));
  }
  SetLibraryPath(blas, variables);
  if (!kernels_setting.empty()) SetVariable(variables, kernels_setting);
  return variables;
}

Environment CommandEnvironment(const Environment& environment,
                               unsigned blas_threads, const BlasFiles& blas,
                               const CommandVariables& command) {
  std::vector<std::string> limits = CommandLimits(blas_threads, command.whole);
  const std::vector<std::string_view> of_a_rank =
      RankVariables(environment.kept);
  const auto is_removed = [&](std::string_view name) {
    if (Contains(command.keep, name)) return false;
    if (Contains(of_a_rank, name)) return true;
    return IsRemoved(name) || HasRemovedSuffix(name) || IsSet(limits, name);
  };
  Environment result;
  for (const auto* variables : {&environment.kept, &environment.removed}) {
    for (const std::string& variable : *variables) {
      (is_removed(VariableName(variable)) ? result.removed : result.kept)
          .push_back(variable);
    }
  }
  for (std::string& limit : limits) {
    // What is left of that name is what the user wants kept.
    if (!IsSet(result.kept, VariableName(limit))) {
      result.kept.push_back(std::move(limit));
    }
  }
  SetLibraryPath(blas, result.kept);
  SetPythonPath(command.python_helper, result.kept);
  for (const std::string_view variable : text_file::Words(command.set)) {
    SetVariable(result.kept, std::string(variable));
  }
  return result;
}

}  // namespace hybrid
