#ifndef HYBRID_BLAS_TEST_BLAS_H_
#define HYBRID_BLAS_TEST_BLAS_H_

#include "blas/blas_files.h"
#include "blas/loaded_blas.h"

namespace hybrid {

/// For tests: BLIS without a LAPACK, which would bring another BLAS along.
inline BlasFiles TestBlasFiles() {
  BlasFiles files = FilesOf("blis-openmp", 1);
  files.lapack.clear();
  return files;
}

/// For tests: the calls into BLIS, which this process loads once, with one
/// thread.
inline const BlasCalls& TestBlas() {
  static const LoadedBlas blas(TestBlasFiles(), 1);
  return blas.calls();
}

}  // namespace hybrid

#endif  // HYBRID_BLAS_TEST_BLAS_H_
