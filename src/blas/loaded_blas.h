#ifndef HYBRID_BLAS_LOADED_BLAS_H_
#define HYBRID_BLAS_LOADED_BLAS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "blas/blas_calls.h"
#include "blas/blas_files.h"

namespace hybrid {

/// What the BLAS of this process is, in its own words as far as it has any.
struct BlasInfo {
  std::string family;     ///< BlasFamily::name
  std::string version;    ///< `0.3.21`; empty if it does not say
  std::string threading;  ///< `openmp`, `pthread`, `none`; empty: not known
  std::string kernels;    ///< in use: `haswell`, `SkylakeX`; empty: not known
  std::string file;       ///< real path
  std::string lapack;     ///< real path of the LAPACK beside it; empty: none
  std::string prefix;     ///< of its entry points: `scipy_`
  std::string suffix;     ///< of its entry points: `_`, `_64_`
  int integer_bits = 0;   ///< 32 (LP64) or 64 (ILP64)
  std::uint64_t most_threads = 0;  ///< that it can run; 0: not known
  /// For how long its threads spin at most when they have no work.
  std::int64_t longest_spin_ns = 0;
};

/// The one BLAS that this process loads, with the LAPACK beside it. It stays
/// loaded until the process ends.
class LoadedBlas {
 public:
  /// Loads `files`, finds out what they are, and tells the library to run
  /// `threads`. Throws std::runtime_error, which names the file, for what can't
  /// be loaded, has no dgemm, is not what `files` say, or brought a BLAS of
  /// another family along.
  LoadedBlas(const BlasFiles& files, int threads);

  const BlasCalls& calls() const { return *calls_; }
  const BlasInfo& info() const { return info_; }

  /// How many threads the library says that it would run; 0: it does not say.
  std::uint64_t threads() const;

  /// Whether it, or what lies beside it, has the routines of LAPACK.
  bool has_lapack() const;

  /// Throws std::runtime_error, which says why, if `callers` threads of this
  /// process can't each have `threads` threads of the library.
  void CheckCallers(std::uint64_t callers, std::uint64_t threads) const;

  /// Tells the library to run `threads` where the calling thread calls it, if
  /// it can be told that.
  void SetThreadsOfCaller(int threads) const;

  /// The values that choose its kernels, by the names that it reports, usable
  /// here or not. Of BLIS it reads up to and past the end of a table, as no
  /// call tells its length: call it in a process that may die of it, and use
  /// each name as soon as it is there.
  void ForEachKernels(
      const std::function<void(const std::string& value,
                               const std::string& name)>& visit) const;

 private:
  BlasInfo info_;
  std::unique_ptr<BlasCalls> calls_;
};

}  // namespace hybrid

#endif  // HYBRID_BLAS_LOADED_BLAS_H_
