#ifndef HYBRID_BENCH_LIST_BLAS_H_
#define HYBRID_BENCH_LIST_BLAS_H_

#include <string>

namespace hybrid {

/// A line for each library that has a name: where it is, or the package that it
/// is in; and which one is the system's.
std::string BlasListText();

}  // namespace hybrid

#endif  // HYBRID_BENCH_LIST_BLAS_H_
