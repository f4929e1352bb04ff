// Computes the first product of every batched call wrong, and no other.

#include "blas/fakes/fake.h"

namespace fake {

void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t /*size*/) {
  gemm(c);
}

void EndBatch(double* c) { *c = *c * 1.001 + 0.001; }

}  // namespace fake
