#ifndef HYBRID_WORKER_BLAS_TEXT_H_
#define HYBRID_WORKER_BLAS_TEXT_H_

#include <string>

#include "blas/loaded_blas.h"

namespace hybrid {

/// What `blas` is, a line for each thing.
std::string BlasText(const LoadedBlas& blas);

/// The same as JSON: a list of one object, as threadpoolctl's
/// `threadpool_info()` gives it, with `lapack` and `integer_bits` more.
std::string BlasJson(const LoadedBlas& blas);

}  // namespace hybrid

#endif  // HYBRID_WORKER_BLAS_TEXT_H_
