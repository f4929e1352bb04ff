#ifndef HYBRID_POOL_ENVIRONMENT_H_
#define HYBRID_POOL_ENVIRONMENT_H_

#include <string>
#include <vector>

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

/// `kept` with what a worker of `blas_threads` threads needs, and with
/// BLIS_ARCH_TYPE unless `blis_arch_type` is empty.
std::vector<std::string> WorkerEnvironment(const Environment& environment,
                                           unsigned blas_threads,
                                           const std::string& blis_arch_type);

}  // namespace hybrid

#endif  // HYBRID_POOL_ENVIRONMENT_H_
