#ifndef HYBRID_POOL_ENVIRONMENT_H_
#define HYBRID_POOL_ENVIRONMENT_H_

#include <string>
#include <vector>

#include "blas/blas_files.h"

namespace hybrid {

/// What a worker's environment is made of.
struct Environment {
  std::vector<std::string> kept;     ///< NAME=value
  std::vector<std::string> removed;  ///< NAME=value of what was taken out
};

/// Takes out of `variables` (NAME=value each) all that steers a BLAS library,
/// an OpenMP runtime or Google Benchmark, so that a stray variable in the
/// user's shell can't change what is measured.
Environment ScrubEnvironment(const std::vector<std::string>& variables);

/// The variables of this process.
std::vector<std::string> ProcessEnvironment();

/// `kept` with what a worker of `blas_threads` threads needs whichever library
/// it loads, with the folder of `blas` before all others that libraries are
/// loaded from, so that a LAPACK finds it, and with `kernels_setting`
/// (NAME=value) unless that is empty.
std::vector<std::string> WorkerEnvironment(const Environment& environment,
                                           unsigned blas_threads,
                                           const BlasFiles& blas,
                                           const std::string& kernels_setting);

/// What a user's program gets beside its threads and its library.
struct CommandVariables {
  /// Names of variables of the user's that it gets whatever they steer.
  std::vector<std::string> keep;
  /// NAME=value NAME2=value2: set last (Key::environment).
  std::string set;
  std::string python_helper;  ///< PythonHelperFolder; empty: none
  /// One start for all workers: what limits how many processes a program makes
  /// is left as the user has it.
  bool whole = false;
};

/// The environment of a user's program of `blas_threads` threads, whatever
/// libraries it loads, as `kept`: each variable once, those that limit threads
/// set, and `removed` those that would undo that, move threads about, or make
/// it a rank of what this process may be a rank of (RankVariables).
Environment CommandEnvironment(const Environment& environment,
                               unsigned blas_threads, const BlasFiles& blas,
                               const CommandVariables& command);

}  // namespace hybrid

#endif  // HYBRID_POOL_ENVIRONMENT_H_
