#ifndef HYBRID_BLAS_BLAS_H_
#define HYBRID_BLAS_BLAS_H_

#include <functional>
#include <string>

#include "blas/blas_calls.h"

namespace hybrid {

/// What the BLAS of this process is, in its own words.
struct BlasInfo {
  std::string version;    ///< e.g. `0.9.0`
  std::string threading;  ///< `openmp`, `pthreads` or `none`
  std::string kernels;    ///< the sub-configuration in use, e.g. `haswell`
};

/// Initialises BLIS, lets it take its arguments on trust from now on (those of
/// BlasCalls are right by construction; the checks are up to a third of a call
/// at n = 16), and asks it what it is.
BlasInfo QueryBlas();

/// The names in BLIS's own table of sub-configurations, by number, built in or
/// not. Reads up to and past the table's end, as there is no call that tells
/// its length: call it in a process that may die of it, and use each name as
/// soon as it is there.
void ForEachKernelsName(
    const std::function<void(int number, const char* name)>& visit);

/// The calls into this process's BLAS.
const BlasCalls& BlasEntryPoints();

}  // namespace hybrid

#endif  // HYBRID_BLAS_BLAS_H_
