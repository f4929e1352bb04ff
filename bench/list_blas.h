#ifndef HYBRID_BENCH_LIST_BLAS_H_
#define HYBRID_BENCH_LIST_BLAS_H_

#include <string>
#include <vector>

#include "blas/blas_files.h"
#include "flags/options.h"

namespace hybrid {

/// A line for each library that has a name: where it is, or the package that it
/// is in; and which one is the system's.
std::string BlasListText();

/// Throws FlagError for a library of --blas, or of its default, that is not
/// there.
void CheckInstalled(const Options& options,
                    const std::vector<std::string>& folders = LibraryFolders());

}  // namespace hybrid

#endif  // HYBRID_BENCH_LIST_BLAS_H_
