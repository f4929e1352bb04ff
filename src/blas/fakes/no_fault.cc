#include "blas/fakes/fake.h"

namespace fake {

void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t /*size*/) {
  gemm(c);
}

void EndBatch(double* /*c*/) {}

}  // namespace fake
