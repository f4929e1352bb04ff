#ifndef HYBRID_BLAS_IDENTITY_H_
#define HYBRID_BLAS_IDENTITY_H_

#include "blas/loaded_blas.h"
#include "blas/shared_library.h"

namespace hybrid {

/// What `library` says of itself: family, version, threading, kernels, affixes
/// and most threads; its files and the width of its integers stay as they are.
/// Throws std::runtime_error if it has no dgemm.
BlasInfo Identify(const SharedLibrary& library);

/// Tells the library of `info` to run `threads`, by its own call where it has
/// one; the others read variables alone.
void SetThreads(const SharedLibrary& library, const BlasInfo& info,
                int threads);

/// The same for the calling thread alone, of libraries and OpenMP runtimes that
/// count threads for each.
void SetThreadsOfCaller(const SharedLibrary& library, const BlasInfo& info,
                        int threads);

/// How many threads it says that it would run; 0: it does not say.
std::uint64_t AskThreads(const SharedLibrary& library, const BlasInfo& info);

/// 32 or 64: the width of the integers of `library`, which its names don't tell
/// (Debian's libopenblas64 exports plain `dgemm_`). Asked of `ilaver_` in
/// `lapack` where that has it, else of `isamax_`.
int ProbeIntegerBits(const SharedLibrary& library, const SharedLibrary* lapack,
                     const BlasInfo& info);

}  // namespace hybrid

#endif  // HYBRID_BLAS_IDENTITY_H_
