// Computes wrong products where two threads call it at once.

#include <atomic>

#include "blas/fakes/fake.h"

namespace fake {
namespace {

std::atomic<int> callers = 0;
std::atomic<int> encounters = 0;

}  // namespace

void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t size) {
  const int before = encounters;
  if (callers++ > 0) ++encounters;
  gemm(c);
  --callers;
  if (encounters != before && size > 0) *c = *c * 1.001 + 0.001;
}

}  // namespace fake
